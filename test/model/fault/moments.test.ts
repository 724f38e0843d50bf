/** Faults: when they come, how long they hold, what overlaps, what ends them. */
import { expect } from 'chai';
import { micro, scenario, simulate, simulateAll, withCluster, withSql } from '../support.js';

const direct = (faults: string, more = ''): string => scenario({
  topology: `  erp: { kind: application, work: 1s, restart: 3s }${more}`,
  flows: '  orders: { arrivals: { every: 10s }, route: [erp] }', faults, run: '{ horizon: 10m }',
});
const spans = (run: ReturnType<typeof simulate>, fn = 'erp.serve'): readonly (readonly number[])[] => run.ledger.down(fn).map(({ from, to }) => [from, to]);

describe('faults: moment and end', () => {
  it('two faults on one target: it is held until the last ends, then its own recovery starts', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }',
      faults: `
  - { id: long, kind: crash, target: process@bts1, at: 10m, for: 5m }
  - { id: short, kind: crash, target: process@bts1, at: 12m, for: 1m }
  - { id: other, kind: crash, target: process@bts2, at: 10m, for: 3m }
  - { id: later, kind: crash, target: process@bts2, at: 12m, for: 4m }`,
    }));
    // Held until 900 s and 960 s; then 60 s + 20 s.
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[600, 980]]);
    expect(spans(run, 'process@bts2.run')).to.deep.equal([[600, 1040]]);
    expect(run.fault('short')).to.deep.include({ effective: 0, end_s: 780 });
    expect(run.fault('long').end_s).to.equal(900);
  });

  it('two faults on one application, the second the longer', () => {
    const run = simulate(direct('  - { id: a, kind: crash, target: erp, at: 15s, for: 30s }\n  - { id: b, kind: outage, target: erp, at: 25s, for: 60s }'));
    expect(run.ledger.down('erp.serve')).to.deep.equal([{ from: 15, to: 85, causes: ['a', 'b'] }]);
  });

  it('a hang within a crash, and a crash within a hang', () => {
    const run = simulate(direct('  - { id: a, kind: hang, target: erp, at: 15s, for: 30s }\n  - { id: b, kind: crash, target: erp, at: 25s, for: 5s }'));
    expect(spans(run)).to.deep.equal([[15, 45]]);
  });

  it('without a duration: until the own recovery; a component that has none is down to the end', () => {
    const own = simulate(direct('  - { id: a, kind: crash, target: erp, at: 15s }'));
    expect(spans(own)).to.deep.equal([[15, 18]]);
    expect(own.fault('a').end_s).to.equal(18);
    const none = simulate(direct('  - { id: a, kind: hang, target: erp, at: 15s }'));
    expect(spans(none)).to.deep.equal([[15, Infinity]]);
    expect(none.fault('a').end_s).to.equal(null);
    const site = simulate(scenario({
      topology: '  dc1: { kind: datacenter }\n  erp: { kind: application, in: dc1 }', run: '{ horizon: 10m }',
      flows: '  orders: { arrivals: { every: 10s }, route: [erp] }', faults: '  - { id: a, kind: outage, target: dc1, at: 15s }',
    }));
    expect(spans(site)).to.deep.equal([[15, Infinity]]);
    expect(site.fault('a').open).to.equal('restore_s full_s recover_s');
  });

  it('every: one interval after the start and again and again, numbered', () => {
    const run = simulate(direct('  - { id: a, kind: crash, target: erp, every: 2m, for: 10s }'));
    expect(spans(run)).to.deep.equal([[120, 130], [240, 250], [360, 370], [480, 490]]);
    expect(run.result.faults.map(({ occurrence, start_s, end_s }) => [occurrence, start_s, end_s])).to.deep.equal([[1, 120, 130], [2, 240, 250], [3, 360, 370], [4, 480, 490]]);
  });

  it('after: so long after the start of another fault', () => {
    const run = simulate(direct('  - { id: a, kind: crash, target: erp, every: 2m, for: 10s }\n  - { id: b, kind: crash, target: erp, after: { fault: a, by: 30s }, for: 5s }'));
    expect(run.result.faults.filter(({ fault }) => fault === 'b').map(({ start_s }) => start_s)).to.deep.equal([150, 270, 390, 510]);
  });

  it('when: immediately after the nth step, once', () => {
    const run = simulate(direct('  - { id: a, kind: crash, target: erp, when: { component: erp, step: taken, nth: 3 } }'));
    expect(run.fault('a').start_s).to.equal(30);
    expect(run.result.faults).to.have.length(1);
    expect(run.flow('orders').rejected).to.equal(1);
  });

  it('when: the step of one member', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 10 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: a, kind: crash, target: receive@bts2, when: { component: "http-in@bts2", step: taken, nth: 2 } }',
    }));
    const second = run.ledger.stepsOf('http-in@bts2', 'taken')[1];
    expect(run.fault('a').start_s).to.equal(second.time);
  });

  it('random moments and durations are drawn anew in each replication', () => {
    const runs = simulateAll(direct('  - { id: a, kind: crash, target: erp, at: { uniform: [1m, 2m] }, for: { exponential: 20s } }'), { replications: 20 });
    const starts = runs.map((run) => Number(run.fault('a').start_s));
    for (const start of starts) expect(start).to.be.at.least(60).and.at.most(120);
    expect(new Set(starts).size).to.equal(20);
    expect(new Set(runs.map((run) => run.ledger.downtimes('erp.serve')[0])).size).to.equal(20);
  });

  it('a failure beats the work of the same instant', () => {
    // The work of message 0 ends at 11 s; so does the application.
    const run = simulate(direct('  - { id: a, kind: crash, target: erp, at: 11s }'));
    expect(run.ledger.effectsOf(0)).to.deep.equal([]);
  });

  it('one fault on a list of targets, a member, a glob', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: a, kind: crash, target: [process@bts1, erp], at: 10m, for: 1m }\n  - { id: b, kind: crash, target: "bts*", at: 20m, for: 1m }',
    }));
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[600, 740], [1200, 1280]]);
    expect(spans(run, 'process@bts2.run')).to.deep.equal([[1200, 1280]]);
    expect(spans(run)).to.deep.equal([[600, 660]]);
    expect(run.fault('b').scope).to.equal('group');
  });
});

describe('faults: restart, stop, hang of hosts and ports', () => {
  it('restart of a host instance: start-up only', () => {
    const run = simulate(withSql({ faults: '  - { id: a, kind: restart, target: process@bts1, at: 10m }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }' }));
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[600, 620]]);
    expect(run.fault('a').end_s).to.equal(620);
  });

  it('restart of a server: its reboot, then each thing by itself', () => {
    const run = simulate(withSql({ faults: '  - { id: a, kind: restart, target: bts1, at: 10m }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }' }));
    expect(spans(run, 'bts1.run')).to.deep.equal([[600, 900]]);
    expect(spans(run, 'receive@bts1.run')).to.deep.equal([[600, 900]]);
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[600, 920]]);
  });

  it('crash of a host instance without a duration: 60 s + start-up', () => {
    const run = simulate(withSql({ faults: '  - { id: a, kind: crash, target: process@bts1, at: 10m }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }' }));
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[600, 680]]);
  });

  it('hang of a host instance: takes nothing, its work stands still and goes on', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 6 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: hang, kind: hang, target: process, at: 35s, for: 2m }',
    }), { set: ['topology.fulfil.steps=[{work: 8s}]'] });
    expect(run.ledger.stepsOf(/^fulfil/, 'taken').filter(({ time }) => time >= 35 && time < 155)).to.deep.equal([]);
    expect(run.ledger.stepsOf(/^fulfil/, 'worked').filter(({ time }) => time >= 35 && time < 155)).to.deep.equal([]);
    // Message 2 was taken at 30.02-30.52 s: 8 s of work and 120 s of standing still.
    const [worked] = run.ledger.stepsOf(/^fulfil/, 'worked').filter(({ n }) => n === 2);
    expect(worked.time).to.be.at.least(158.02).and.at.most(158.52);
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 0, lost: 0 });
  });

  it('hang of a send host while the destination works: it hears the answer afterwards, and nothing is sent twice', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: hang, kind: hang, target: transmit, when: { component: erp, step: taken }, for: 1m }',
    }), { set: ['topology.erp.work=5s'] });
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0, in_flight: 0 });
  });

  it('stop of a send port: messages wait in the MessageBox and go when it is back', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s }, route: [http-in, fulfil, erp-port] }', run: '{ horizon: 20m, drain: 1m }',
      faults: '  - { id: stop, kind: stop, target: erp-port, at: 5m, for: 5m }',
    }));
    expect(run.ledger.effectsIn(300.06, 600)).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ delivered: 119, lost: 0, duplicates: 0, suspended: 0, rejected: 0, accept_availability: 1 });
    expect(run.ledger.stops('orders')).to.deep.equal([{ from: 300, to: 600, causes: ['stop'] }]);
    // Offered at 300 s, gone at 600 s + a poll + 50 ms.
    expect(Number(run.flow('orders').delay_max_s)).to.be.at.least(299).and.at.most(301);
  });

  it('stop of a receive location: refused', () => {
    const run = simulate(withSql({ flows: '  orders: { arrivals: { every: 10s }, route: [http-in, fulfil, erp-port] }', faults: '  - { id: stop, kind: stop, target: http-in, at: 295s, for: 5m }' }));
    expect(run.flow('orders')).to.deep.include({ rejected: 30, lost: 0 });
  });
});

describe('faults: sites and data', () => {
  const site = (faults: string): string => withCluster({
    faults, run: '{ horizon: 30m, drain: 30m }',
    topology: '\n  dc1: { kind: datacenter }\n  outside: { kind: application }',
  }).replace(/(sql1|sql2|bts1|bts2): \{ kind: server,/g, '$1: { kind: server, in: dc1,').replace('kind: shared-disk,', 'kind: shared-disk, in: dc1,').replace('to: erp }', 'to: outside }');

  it('outage of the datacenter: all stops, everything stored is kept and goes on', () => {
    const run = simulate(site('  - { id: blackout, kind: outage, target: dc1, at: 10m, for: 5m }'));
    expect(run.fault('blackout').scope).to.equal('datacenter');
    expect(run.ledger.effectsIn(600.05, 900)).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ lost: 0, suspended: 0, in_flight: 0 });
    // 900 s: servers, disk and instance are back together; hosts need 20 s.
    expect(run.ledger.down('process@bts1.run')[0].to).to.be.at.least(920);
  });

  it('disaster of the datacenter: for good, and what was stored in it is lost', () => {
    const run = simulate(site('  - { id: fire, kind: disaster, target: dc1, at: 10m }'), { set: ['topology.fulfil.steps=[{work: 10s}]'] });
    expect(run.ledger.down('cluster.sql')).to.deep.equal([{ from: 600, to: Infinity, causes: ['fire'] }]);
    // One message a second, about 10 s in work: those accepted within the last 10.02 to 11.1 s.
    expect(Number(run.flow('orders').lost)).to.be.at.least(10).and.at.most(12);
    expect(Object.keys(run.causes('lost'))).to.deep.equal(['fire > cluster > stored, data gone']);
    expect(run.flow('orders')).to.deep.include({ in_flight: 0, rejected: 1200 });
    expect(run.fault('fire')).to.deep.include({ scope: 'datacenter', lost: run.flow('orders').lost });
  });

  it('disk loss of a single SQL Server: empty when it is back', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 1s, limit: 30 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: gone, kind: disk-loss, target: sql, at: 20.5s, for: 1m }',
    }), { set: ['topology.fulfil.steps=[{work: 1m}]'] });
    // 20 messages accepted; 10 more are refused.
    expect(run.flow('orders')).to.deep.include({ accepted: 20, lost: 20, rejected: 10, delivered: 0 });
    expect(run.flow('orders')).to.deep.include({ rpa_msgs: 20, rpa_s: 19.5 });
    expect(micro(run.ledger.end)).to.equal(3600);
  });

  it('a database of its own in an instance: its loss takes its messages only', () => {
    const run = simulate(withSql({
      topology: '\n  box: { kind: sql-database, in: sql, restart: 20s }\n  ssodb: { kind: sql-database, in: sql }',
      flows: '  orders: { arrivals: { every: 1s, limit: 30 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: gone, kind: disk-loss, target: ssodb, at: 10.5s, for: 1m }\n  - { id: offline, kind: outage, target: box, at: 60s, for: 1m }',
    }).replace('message-box: sql,', 'message-box: box,'));
    expect(run.flow('orders')).to.deep.include({ delivered: 30, lost: 0 });
    expect(run.ledger.down('group.messages').map(({ from, to }) => [from, to])).to.deep.equal([[60, 120]]);
    expect(run.ledger.downtimes('process@bts1.run')).to.deep.equal([90]);
  });
});

describe('starts: components that are there later', () => {
  it('a member that starts at 10 min takes nothing before', () => {
    const run = simulate(withSql({ flows: '  orders: { arrivals: { poisson: 1/s }, route: [http-in, fulfil, erp-port] }' }), { set: ['topology.process.starts={bts2: 10m}'] });
    expect(run.ledger.down('process@bts2.run').map(({ from, to }) => [from, to])).to.deep.equal([[0, 600]]);
    expect(run.ledger.stepsOf('fulfil@bts2', 'taken')[0].time).to.be.at.least(600).and.at.most(660);
    expect(run.flow('orders')).to.deep.include({ lost: 0, in_flight: 0, availability: 1 });
  });

  it('a whole application that starts later refuses until then', () => {
    const run = simulate(direct('  - { id: none, kind: crash, target: erp, at: 9m }'), { set: ['topology.erp.starts=95s', 'faults.none.at=599s'] });
    expect(run.flow('orders').rejected).to.equal(9);
    expect(spans(run)[0]).to.deep.equal([0, 95]);
  });

  it('a member whose time comes while its server is down appears only after the server is back', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: bts2-dies, kind: crash, target: bts2, at: 5m, for: 10m }',
    }), { set: ['topology.process.starts={bts2: 10m}'] });
    // The server is back at 900 s; a start takes 20 s.
    expect(run.ledger.down('process@bts2.run').map(({ from, to }) => [from, to])).to.deep.equal([[0, 920]]);
  });
});
