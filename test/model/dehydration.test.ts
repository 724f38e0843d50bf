/** Waits of an orchestration: short ones in the memory of an instance, long ones in the MessageBox. */
import { expect } from 'chai';
import { micro, read, simulate, withSql } from './support.js';
import type { Replication } from './support.js';

const ONE = '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }';
const steps = (wait: string): string => `topology.fulfil.steps=[{work: 1s}, {wait: ${wait}}, {work: 2s}]`;
const run = (wait: string, faults?: string, set: readonly string[] = []): Replication =>
  simulate(withSql({ run: '{ horizon: 1h, drain: 2h }', flows: ONE, ...(faults === undefined ? {} : { faults }) }), { set: [steps(wait), ...set] });

const gauge = (one: Replication, name: string, member: RegExp): readonly number[] => one.ledger.gauges.filter((each) => each.gauge === name && member.test(each.member)).map(({ value }) => value);

// Offered at 10 s, committed at 10.02 s, taken within 0.5 s, first step until 11.02-11.52 s.
const BEGUN = 11.02;

describe('dehydration', () => {
  it('a wait longer than 1800 s is spent in the MessageBox: saved, locked by nobody, and any instance goes on (bt:dehydration-default-properties)', () => {
    const one = run('40m');
    expect(gauge(one, 'dehydrated', /^fulfil/)).to.deep.equal([0, 1, 0]);
    const [first, second] = one.ledger.stepsOf(/^fulfil/, 'taken');
    // A poll to go on, 2 s of work, a poll of the sender, 50 ms.
    expect(second.time - first.time).to.be.at.least(2401).and.at.most(2401.5);
    expect(one.ledger.effects[0].time).to.be.at.least(BEGUN + 2400 + 2.05).and.at.most(BEGUN + 2400 + 2.05 + 1.5);
    expect(one.component('fulfil')).to.deep.include({ operations: 2, reworked: 0 });
  });

  it('survives the crash of all instances, without work done twice', () => {
    const one = run('40m', '  - { id: crash, kind: crash, target: process, at: 20m }');
    expect(one.ledger.effects[0].time).to.be.at.least(BEGUN + 2402.05).and.at.most(BEGUN + 2403.55);
    expect(one.component('fulfil')).to.deep.include({ operations: 2, reworked: 0 });
    expect(one.ledger.effects).to.have.length(1);
  });

  it('goes on elsewhere, without waiting for locks, when its server never comes back', () => {
    const one = run('40m', '  - { id: dies, kind: crash, target: bts1, at: 20m, for: 1d }', ['topology.receive.on=[bts2]']);
    expect(one.ledger.effects[0].time).to.be.at.most(BEGUN + 2403.55);
  });

  it('falls due while every instance is down: it goes on when one is back', () => {
    const one = run('40m', '  - { id: stop, kind: stop, target: process, at: 39m, for: 10m }');
    // Stopped from 39 to 49 min, then 20 s to start.
    expect(one.ledger.effects[0].time).to.be.at.least(49 * 60 + 20 + 2.05).and.at.most(49 * 60 + 20 + 2.05 + 1);
  });

  it('is lost with the data of its database', () => {
    const one = run('40m', '  - { id: disk, kind: disk-loss, target: sql, at: 20m }');
    expect(one.flow('orders')).to.deep.include({ lost: 1, delivered: 0 });
    expect(gauge(one, 'dehydrated', /^fulfil/)).to.deep.equal([0, 1, 0]);
  });

  it('under memory pressure a wait of more than 1 s is enough; of 1 s, or without pressure, it is not', () => {
    // 150 MiB without a message are more than a quarter of 400 MiB; a severity of 0 keeps the delays away.
    const pressure = ['topology.bts1.memory=400MiB', 'topology.bts2.memory=400MiB', 'topology.process.throttling.severity.memory=0'];
    expect(gauge(run('5m', undefined, pressure), 'dehydrated', /^fulfil/)).to.deep.equal([0, 1, 0]);
    expect(gauge(run('1s', undefined, pressure), 'dehydrated', /^fulfil/)).to.deep.equal([0]);
    expect(gauge(run('5m'), 'dehydrated', /^fulfil/)).to.deep.equal([0]);
    expect(gauge(run('30m'), 'dehydrated', /^fulfil/), 'exactly the threshold').to.deep.equal([0]);
  });

  it('a database that is away cannot save it: it is done again from the last persistence point', () => {
    // The coordinator beside the MessageBox is needed to save; it goes while the first step is at work.
    const one = simulate(withSql({
      run: '{ horizon: 1h, drain: 2h }', flows: ONE, topology: '\n  dtc: { kind: msdtc, in: sql }',
      faults: '  - { id: dtc-down, kind: outage, target: dtc, at: 11s, for: 5s }',
    }), { set: ['topology.fulfil.steps=[{work: 1s}, {wait: 40m}, {work: 2s}]', 'topology.process.shutdown=3s'] });
    expect(one.component('fulfil')).to.deep.include({ operations: 3, reworked: 1 });
    expect(one.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });
});

describe('waits in memory', () => {
  it('take no worker: one thread carries a hundred at once', () => {
    const one = simulate(withSql({ run: '{ horizon: 20m }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }' }), {
      set: ['topology.fulfil.steps=[{wait: 5m}, {work: 10ms}]', 'topology.process.initial=100', 'topology.process.threads=1', 'topology.process.on=[bts1]'],
    });
    expect(one.flow('orders').delivered).to.equal(100);
    // All begin at the first poll; after 5 min they are done one after the other.
    const done = one.ledger.stepsOf('fulfil@bts1', 'worked').map(({ time }) => time);
    expect(micro(done[99] - done[0])).to.equal(0.99);
    expect(micro(done[0] - one.ledger.stepsOf('fulfil@bts1', 'taken')[0].time)).to.equal(300.01);
  });

  it('count as in process: no more is locked than the instance may hold', () => {
    const one = simulate(withSql({ run: '{ horizon: 20m }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }' }), {
      set: ['topology.fulfil.steps=[{wait: 5m}, {work: 10ms}]', 'topology.process.initial=100', 'topology.bts1.cpus=1', 'topology.process.in-process-per-cpu=30', 'topology.process.queue-size=0', 'topology.process.on=[bts1]'],
    });
    expect(Math.max(...gauge(one, 'locked', /^process@bts1/))).to.equal(30);
    // 30 per 5 min and a bit: three rounds are over by 20 min, the fourth has begun.
    expect(one.flow('orders').delivered).to.equal(90);
  });

  it('a crash sends them back to the last persistence point: the step before and the wait are done again', () => {
    const one = run('10m', '  - { id: crash, kind: crash, target: process, at: 5m }');
    // Back at 300 + 60 + 20 s; a poll, 1 s, 10 min, 2 s, a poll, 50 ms.
    expect(one.ledger.effects[0].time).to.be.at.least(380 + 603.05).and.at.most(380 + 604.05);
    expect(one.component('fulfil')).to.deep.include({ operations: 3, reworked: 1 });
    expect(gauge(one, 'dehydrated', /^fulfil/)).to.deep.equal([0]);
  });

  it('a persistence point before the wait keeps the step, not the wait', () => {
    const one = simulate(withSql({ run: '{ horizon: 1h, drain: 2h }', flows: ONE, faults: '  - { id: crash, kind: crash, target: process, at: 5m }' }), {
      set: ['topology.fulfil.steps=[{work: 1s, persist: true}, {wait: 10m}, {work: 2s}]'],
    });
    expect(one.ledger.effects[0].time).to.be.at.least(380 + 602.05).and.at.most(380 + 603.05);
    expect(one.component('fulfil')).to.deep.include({ operations: 2, reworked: 0 });
  });

  it('a clean stop saves them: they go on elsewhere, when they are due (bt:persistence-in-orchestrations)', () => {
    const one = run('10m', '  - { id: stop, kind: stop, target: process@bts1, at: 5m, for: 1h }\n  - { id: other, kind: stop, target: process@bts2, at: 6m, for: 1m }');
    expect(one.ledger.effects[0].time).to.be.at.least(BEGUN + 602.05).and.at.most(BEGUN + 603.55);
    expect(one.component('fulfil')).to.deep.include({ operations: 2, reworked: 0 });
  });

  it('a process that stands still goes on with them when they are due, or when it is back', () => {
    const before = run('10m', '  - { id: hang, kind: hang, target: process, at: 5m, for: 2m }');
    expect(before.ledger.effects[0].time).to.be.at.least(BEGUN + 602.05).and.at.most(BEGUN + 603.05);
    const across = run('10m', '  - { id: hang, kind: hang, target: process, at: 5m, for: 10m }');
    expect(across.ledger.effects[0].time).to.be.at.least(902.05).and.at.most(902.55);
  });

  it('may come first or last', () => {
    const one = simulate(withSql({ run: '{ horizon: 1h }', flows: ONE }), { set: ['topology.fulfil.steps=[{wait: 1m}, {work: 1s}, {wait: 2m}]'] });
    expect(one.ledger.effects[0].time).to.be.at.least(10.02 + 181.05).and.at.most(10.02 + 182.05);
  });

  it('a store whose data is gone takes them with it', () => {
    const one = run('10m', '  - { id: disk, kind: disk-loss, target: sql, at: 5m }');
    expect(one.flow('orders')).to.deep.include({ lost: 1, delivered: 0 });
  });
});

describe('the thresholds of dehydration', () => {
  const limits = (written: string): (() => unknown) => () => read(withSql({ flows: ONE }), { set: [`topology.process.dehydration=${written}`] });

  it('that of pressure is not longer than the other, written or by default', () => {
    expect(limits('{min: 5s, max: 3s}')).to.throw(/HS040[^]*process: `dehydration.min` must not be longer/);
    expect(limits('{min: 31m}')).to.throw(/HS040[^]*process: `dehydration.min` must not be longer/);
    expect(limits('{min: 3s, max: 3s}')).not.to.throw();
  });
});

describe('steps of an orchestration', () => {
  const wrong = (steps: string): (() => unknown) => () => read(withSql({ flows: ONE }), { set: [`topology.fulfil.steps=${steps}`] });

  it('are either work or a wait, and a wait says nothing about persistence', () => {
    expect(wrong('[{work: 1s}, {}]')).to.throw('step 2 is either work or wait');
    expect(wrong('[{work: 1s, wait: 1s}]')).to.throw('step 1 is either work or wait');
    expect(wrong('[{wait: 1s, persist: true}]')).to.throw('step 1: a wait has no persist of its own');
  });
});
