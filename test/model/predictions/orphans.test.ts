/** Predictions about host instances: locks of the dead, clean stops, persistence points, the gap between sending and deleting. */
import { expect } from 'chai';
import { meanInterval } from '../../../src/stats/index.js';
import { micro, simulate, simulateAll, withSql } from '../support.js';

const seconds = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

describe('prediction 7: one of two instances crashes and its server stays dead', () => {
  it('7. unlocked queue has no gap beyond the 0.5 s poll', () => {
    const run = simulate(withSql({
      topology: '\n  nlb: { kind: load-balancer, on: [bts2] }',
      faults: '  - { id: bts1-dies, kind: crash, target: bts1, at: 10m }',
    }), { set: ['topology.http-in.host=receive', 'topology.receive.on=[bts2]', 'run.drain=0s'] });
    // From the commit of the receive location (20 ms of work) to the take of the orchestration: one poll of the living instance.
    const done = new Map(run.ledger.stepsOf(/^http-in/, 'settled').map(({ n, time }) => [n, time]));
    const taken = run.ledger.stepsOf(/^fulfil/, 'taken').filter(({ n }) => (done.get(n) ?? 0) > 600);
    expect(taken).to.have.length.above(1150);
    for (const { n, time } of taken) expect(time - done.get(n)!, `message ${n}`).to.be.at.least(0).and.at.most(0.5);
  });

  it('7. the dead one holds at most 100 + 1000 x CPUs', () => {
    // One processor each: 1100. Of 3000 messages the first instance to look locks 1100, the other 1100, and 800 are left over.
    const text = withSql({
      run: '{ horizon: 10m }',
      flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: bts1-dies, kind: crash, target: bts1, at: 30s, for: 1d }',
    });
    const run = simulate(text, { set: ['topology.bts1.cpus=1', 'topology.bts2.cpus=1', 'topology.process.initial=3000', 'topology.fulfil.steps=[{work: 1h}]'] });
    const locked = run.ledger.gauges.filter(({ member, gauge }) => member === 'process@bts1' && gauge === 'locked').map(({ value }) => value);
    expect(Math.max(...locked)).to.equal(1100);
    expect(locked.at(-1)).to.equal(1100);
    expect(run.ledger.takes).to.have.length(2200);
    expect(run.flow('orders')).to.deep.include({ offered: 3000, accepted: 3000, in_flight: 3000, lost: 0, stranded: 1100 });
  });

  it('7. messages locked by the dead one wait 540-660 s, 600 s in the mean (How does BizTalk detect if a host instance is dead)', () => {
    const text = withSql({
      run: '{ horizon: 5m, drain: 20m, replications: 60 }',
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: dies, kind: crash, target: [bts1, bts2], at: 60s, for: 2h }',
    });
    const waits = simulateAll(text, { set: ['topology.fulfil.steps=[{work: 100s}]'] }).map(({ ledger }) => {
      const freed = ledger.gauges.filter(({ member, gauge, value, time }) => member.startsWith('process') && gauge === 'locked' && value === 0 && time > 60);
      expect(freed).to.have.length(1);
      return freed[0].time - 60;
    });
    // 600 - U(0, 60) + U(0, 60): triangular on [540, 660] with mean 600 and variance 2 * 60^2 / 12.
    for (const wait of waits) expect(wait).to.be.at.least(540).and.at.most(660);
    const { low, high } = meanInterval(waits, 0.99);
    expect(low).to.be.below(600);
    expect(high).to.be.above(600);
    expect(high - low, 'waits vary').to.be.above(5);
  });

  it('7. an instance that comes back on its server frees its own locks at its start: 60 s + start-up (bt:host-instance-service-properties-in-services)', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 100s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: crash, kind: crash, target: process, at: 110s }',
    }), { set: ['topology.fulfil.steps=[{work: 100s}]'] });
    // Back at 110 + 60 + 20 = 190 s; taken within 0.5 s; 100 s of work; the send adds a poll and 50 ms.
    expect(run.ledger.down('process@bts1.run')).to.deep.equal([{ from: 110, to: 190, causes: ['crash'] }]);
    expect(run.ledger.effects[0].time).to.be.above(290.05).and.at.most(291.05);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
  });

  it('9. a clean stop instead of a crash: no orphan delay', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 20 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: stops, kind: stop, target: process@bts1, at: 105s, for: 1h }',
    }), { set: ['topology.fulfil.steps=[{work: 30s}]'] });
    // What the stopping instance held goes back at once, is taken by the other within 0.5 s and worked on anew for 30 s.
    const again = run.ledger.stepsOf('fulfil@bts2', 'taken').filter(({ n }) => run.ledger.stepsOf('fulfil@bts1', 'taken').some((first) => first.n === n));
    expect(again.length).to.be.above(0);
    for (const { time } of again) expect(time).to.be.at.least(105).and.at.most(105.5);
    expect(Number(run.flow('orders').delay_max_s)).to.be.below(30 + 30 + 2);
    expect(run.ledger.effects.filter(({ time }) => time > 240)).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ delivered: 20, lost: 0, duplicates: 0 });
  });

  it('9. a clean stop ends the send under way and begins no other; what waits is taken elsewhere, nothing twice (bt:persistence-in-orchestrations)', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 5 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: stops, kind: stop, target: transmit, at: 25s, for: 1m }',
    }), { set: ['topology.erp.work=20s', 'topology.transmit.threads=1'] });
    // Called before 25 s: answered 20 s after the call, and done. Called afterwards: only from 85 + 20 s on, when the host is up again.
    const calls = run.ledger.stepsOf('erp', 'taken');
    const before = calls.filter(({ time }) => time < 25);
    expect(before.map(({ n }) => n)).to.include(0);
    expect(run.ledger.effects.slice(0, before.length).map(({ time }) => micro(time - 20))).to.deep.equal(before.map(({ time }) => time));
    for (const { time } of calls.slice(before.length)) expect(time).to.be.at.least(105);
    expect(run.flow('orders')).to.deep.include({ delivered: 5, lost: 0, duplicates: 0 });
  });

  it('9. a restart waits for the send under way: the start follows its end', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: restarts, kind: restart, target: transmit, at: 20s }',
    }), { set: ['topology.erp.work=30s'] });
    const [effect] = run.ledger.effects;
    const instance = run.ledger.stepsOf(/erp-port@/, 'taken')[0].member.replace('erp-port', 'transmit');
    const start = run.ledger.lives.find(({ member, to }) => member === instance && to === 'starting')!;
    expect(start.time).to.equal(effect.time);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
  });

  it('9. an orchestration saves how far it came when its host is stopped: the steps that are done are not done again (bt:persistence-in-orchestrations)', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: stops, kind: stop, target: process, at: 45s, for: 1m }',
    }), { set: ['topology.fulfil.steps=[{work: 10s}, {work: 10s}, {work: 10s}, {work: 10s}]'] });
    // Taken by 10.52 s: at 45 s steps 1 to 3 are done and the fourth is under way; it alone begins anew.
    expect(run.component('fulfil')).to.deep.include({ operations: 4, reworked: 0 });
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
  });

  it('9. a clean shutdown of the server gives locks back, too', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 5 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: maintenance, kind: stop, target: bts1, at: 55s, for: 1h }',
    }), { set: ['topology.fulfil.steps=[{work: 60s}]', 'topology.receive.on=[bts2]'] });
    expect(run.flow('orders')).to.deep.include({ delivered: 5, lost: 0, duplicates: 0 });
    expect(Number(run.flow('orders').delay_max_s)).to.be.below(45 + 60 + 2);
  });
});

describe('prediction 13: persistence points', () => {
  const steps = 'topology.fulfil.steps=[{work: 10s}, {work: 10s, persist: true}, {work: 10s}, {work: 10s}]';
  const text = withSql({
    flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
    faults: '  - { id: crash, kind: crash, target: process, when: { component: fulfil, step: worked } }',
  });

  it('13. persistence point after step 2 of 4, crash at the end of step 4: steps 3-4 twice, 1-2 once (bt:persistence-in-orchestrations)', () => {
    const run = simulate(text, { set: [steps] });
    // 1, 2, 3, 4 and again 3, 4.
    expect(run.component('fulfil')).to.deep.include({ operations: 6, reworked: 2 });
    expect(run.ledger.work.filter(({ member }) => member.startsWith('fulfil')).map(({ again }) => again)).to.deep.equal([false, false, false, false, true, true]);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, lost: 0, duplicates: 0 });
  });

  it('13. crash in the middle of step 4: step 3 is done twice, step 4 begun twice and ended once', () => {
    // Offered at 10 s, committed at 10.02 s, taken by 10.52 s: step 4 runs from 40.02-40.52 s to 50.02-50.52 s.
    const run = simulate(text, { set: [steps, 'faults.crash.when=null', 'faults.crash.at=45s'] });
    expect(run.component('fulfil')).to.deep.include({ operations: 5, reworked: 1 });
    // Back at 45 + 60 + 20 s; a poll, 20 s for steps 3 and 4, a poll and 50 ms.
    expect(run.ledger.effects[0].time).to.be.above(145).and.at.most(146.1);
  });

  it('13. without a persistence point everything is done again', () => {
    const run = simulate(text, { set: ['topology.fulfil.steps=[{work: 10s}, {work: 10s}, {work: 10s}, {work: 10s}]'] });
    expect(run.component('fulfil')).to.deep.include({ operations: 8, reworked: 4 });
  });
});

describe('predictions 14 and 48: between sending and deleting', () => {
  it('14. crash after the destination accepted and before the delete: exactly 1 duplicate, 0 lost, with its cause', () => {
    for (const nth of [1, 7]) {
      const run = simulate(withSql({
        flows: '  orders: { arrivals: { every: 30s, limit: 10 }, route: [http-in, fulfil, erp-port] }',
        faults: `  - { id: crash, kind: crash, target: transmit, when: { component: erp-port, step: put, nth: ${nth} } }`,
      }));
      expect(run.flow('orders')).to.deep.include({ offered: 10, delivered: 10, duplicates: 1, lost: 0, suspended: 0, rejected: 0 });
      expect(run.ledger.effects.filter((effect) => effect.nth > 1).map(({ n, cause }) => [n, cause.replace(/@bts[12]/, '')])).to.deep.equal([[nth - 1, 'crash > erp-port > put, not settled']]);
      expect(run.fault('crash')).to.deep.include({ duplicates: 1, lost: 0 });
    }
  });

  it('14. crash while the destination works: it accepts all the same, and the message is sent again', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: crash, kind: crash, target: transmit, when: { component: erp, step: taken } }',
    }), { set: ['topology.erp.work=10s'] });
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 1, lost: 0 });
    expect(Object.keys(run.causes('duplicate'))[0]).to.match(/^crash > erp-port@bts[12] > put, not settled$/);
  });

  it('14. a crash before the destination is called costs no duplicate', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: crash, kind: crash, target: transmit, when: { component: erp-port, step: worked } }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('14. the SQL Server goes after the destination accepted: the message cannot be deleted and is sent again', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: sql-down, kind: outage, target: sql, when: { component: erp, step: put }, for: 10s }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 1, lost: 0 });
    expect(Object.keys(run.causes('duplicate'))[0]).to.match(/^sql-down > erp-port@bts[12] > put, not settled$/);
  });

  it('48. crash while a message waits for its retry: no attempt is lost, the other instance retries at the due time', () => {
    const run = simulate(withSql({
      run: '{ horizon: 1h, drain: 1h }',
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: `
  - { id: erp-down, kind: outage, target: erp, at: 20s, for: 12m }
  - { id: crash, kind: crash, target: [transmit@bts1], after: { fault: erp-down, by: 7m }, for: 1h }`,
    }));
    const tries = run.ledger.stepsOf(/^erp-port/, 'taken').map(({ time }) => time);
    // 30 s + 2 polls at most; then every 5 min (and a poll): 4 attempts, the last one at +15 min finds the destination.
    expect(tries).to.have.length(4);
    for (const k of seconds(3)) expect(tries[k + 1] - tries[k]).to.be.at.least(300).and.at.most(300.5);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, suspended: 0 });
  });
});

describe('predictions 43-46: the send ladder', () => {
  const text = (minutes: string): string => withSql({
    run: '{ horizon: 1h, drain: 1h }',
    flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
    faults: `  - { id: erp-down, kind: outage, target: erp, at: 20s, for: ${minutes} }`,
  });

  it('43. destination down 12 min, defaults, no backup: delivered by the retry at +15 min, not suspended', () => {
    const run = simulate(text('12m'));
    expect(run.flow('orders')).to.deep.include({ delivered: 1, suspended: 0 });
    // 15 min, and: receive 20 ms, fulfil 100 ms, erp 50 ms, and at most 5 polls of 0.5 s.
    expect(Number(run.flow('orders').delay_max_s)).to.be.at.least(900.17).and.at.most(902.67);
  });

  it('44. destination down 20 min, no backup: suspended at +15 min after 4 attempts; an operator is needed', () => {
    const run = simulate(text('20m'));
    expect(run.flow('orders')).to.deep.include({ delivered: 0, suspended: 1, lost: 0 });
    expect(run.ledger.stepsOf(/^erp-port/, 'taken')).to.have.length(4);
    expect(run.ledger.suspensions).to.have.length(1);
    expect(run.ledger.suspensions[0].time - 30).to.be.at.least(900).and.at.most(902.67);
    expect(run.causes('suspended')).to.deep.equal({ 'erp-down > erp > refused': 1 });
    expect(run.fault('erp-down').suspended).to.equal(1);
  });

  it('44. an operator resumes it: it starts anew, and is delivered', () => {
    const run = simulate(`${text('20m')}operator: { reaction: 10m }\n`);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, suspended: 0, duplicates: 0 });
    const [held, resumed] = run.ledger.suspensions;
    expect(micro(resumed.time - held.time)).to.equal(600);
    expect(run.ledger.effects[0].time - resumed.time).to.be.at.most(0.55);
  });

  it('44. while the destination is away a resumed message climbs the whole ladder again', () => {
    const run = simulate(`${text('26m')}operator: { reaction: 1m }\n`);
    // Suspended at +15 min, resumed at +16, +21, +26: attempts 5, 6, 7; the outage ends at 20 s + 26 min, before +26 min.
    expect(run.ledger.stepsOf(/^erp-port/, 'taken')).to.have.length(7);
    expect(run.flow('orders').delivered).to.equal(1);
  });

  it('44. the operator comes within his hours: mon-fri 08:00-17:00', () => {
    const run = simulate(`${text('20m')}operator: { reaction: 1m, hours: "mon-fri 08:00-17:00" }\n`, { set: ['run.drain=9h'] });
    // Time 0 is midnight of a Monday; suspended at about 00:15:30.
    expect(run.ledger.suspensions.map(({ suspended }) => suspended)).to.deep.equal([true, false]);
    expect(run.ledger.suspensions[1].time).to.equal(8 * 3600);
  });

  it('46. both transports down for ever: 8 attempts, suspended at about +30 min', () => {
    const run = simulate(withSql({
      run: '{ horizon: 1h, drain: 1h }',
      topology: '\n  spare: { kind: application }',
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: both-down, kind: outage, target: [erp, spare], at: 20s, for: 3h }',
    }), { set: ['topology.erp-port.backup={to: spare}'] });
    const tries = run.ledger.stepsOf(/^erp-port/, 'taken').map(({ time }) => time);
    expect(tries).to.have.length(8);
    // 0, 5, 10, 15 on the primary; the backup at once, then +20, +25, +30.
    const planned = [0, 300, 600, 900, 900, 1200, 1500, 1800];
    tries.forEach((time, k) => expect(time - tries[0], `attempt ${k + 1}`).to.be.at.least(planned[k]).and.at.most(planned[k] + 0.5 * k));
    expect(run.ledger.suspensions[0].time - tries[0]).to.be.at.least(1800).and.at.most(1804);
    expect(run.flow('orders')).to.deep.include({ suspended: 1, lost: 0 });
  });

  it('82-like. primary down for ever, backup well: every message pays about 15 min and is delivered once', () => {
    const run = simulate(withSql({
      run: '{ horizon: 10m, drain: 1h }',
      topology: '\n  spare: { kind: application }',
      flows: '  orders: { arrivals: { every: 30s }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: erp-down, kind: outage, target: erp, at: 20s, for: 3h }',
    }), { set: ['topology.erp-port.backup={to: spare}'] });
    expect(run.flow('orders')).to.deep.include({ offered: 19, delivered: 19, suspended: 0, duplicates: 0 });
    expect(Number(run.flow('orders').delay_p50_s)).to.be.at.least(895).and.at.most(910);
    expect(run.ledger.stepsOf('spare', 'put')).to.have.length(19);
    expect(run.ledger.stepsOf('erp', 'put')).to.have.length(0);
  });
});
