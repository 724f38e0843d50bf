/** Host throttling: when a state is shown, and how long a publish or a delivery is held back. Delays are calculated by hand. */
import { expect } from 'chai';
import { gaugeRequestsOf, judge, measureReplication } from '../../src/experiment/index.js';
import { catalogue } from '../../src/kinds/index.js';
import { buildEngine } from '../../src/model/index.js';
import { Level } from '../../src/model/throttle/level.js';
import { micro, read, simulate, withSql } from './support.js';
import type { Replication } from './support.js';

const ONE = '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }';
const NONE = '  orders: { arrivals: { every: 1d }, route: [http-in, fulfil, erp-port] }';
const ONE_SERVER = ['topology.receive.on=[bts1]', 'topology.process.on=[bts1]', 'topology.transmit.on=[bts1]'];

const gauge = (run: Replication, member: string, name: string, at = Infinity): number | undefined =>
  run.ledger.gauges.findLast((each) => each.member === member && each.gauge === name && each.time <= at)?.value;
const states = (run: Replication, member: string, name = 'publishing-throttle'): readonly [number, number][] =>
  run.ledger.gauges.filter((each) => each.member === member && each.gauge === name).map(({ time, value }) => [time, value]);

/** Seconds between the end of the work and the put of a component's only message. */
const held = (run: Replication, component: RegExp): number => {
  const [worked, put] = ['worked', 'put'].map((step) => run.ledger.stepsOf(component, step));
  expect(worked).to.have.length(1);
  return micro(put[0].time - worked[0].time);
};

describe('throttling: a level and its limits', () => {
  it('tells when a limit is passed in either direction, and only then; passed means above', () => {
    const level = new Level();
    const heard: number[] = [];
    const hear = (): number => heard.push(level.value);
    level.watch(2, hear);
    level.watch(4, hear);
    for (const value of [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 9, 0]) level.set(value);
    expect(heard).to.deep.equal([3, 5, 4, 2, 9, 0]);
  });
});

describe('prediction 20: suspended messages throttle publishing', () => {
  const text = withSql({ run: '{ horizon: 5m }', flows: NONE });

  it('20. 50 001 suspended messages in a host: publishing state 6 with no load (bt:suspended-messages-included)', () => {
    const run = simulate(text, { set: ['topology.erp-port.initial-suspended=50001'], checkAlways: false });
    expect(gauge(run, 'transmit@bts1', 'messages-in-database')).to.equal(50_001);
    for (const member of ['transmit@bts1', 'transmit@bts2', 'process@bts1', 'process@bts2']) expect(gauge(run, member, 'publishing-throttle'), member).to.equal(6);
    // It publishes to another host.
    expect(gauge(run, 'receive@bts1', 'publishing-throttle')).to.equal(0);
    expect(gauge(run, 'transmit@bts1', 'delivery-throttle')).to.equal(0);
    expect(run.flow('orders')).to.deep.include({ offered: 50_001, accepted: 50_001, suspended: 50_001, delivered: 0, lost: 0 });
  });

  it('20. 50 000 do not', () => {
    const run = simulate(text, { set: ['topology.erp-port.initial-suspended=50000'], checkAlways: false });
    expect(gauge(run, 'transmit@bts1', 'publishing-throttle')).to.equal(0);
  });

  it('20. resumed by an operator they are delivered, and publishing is free as soon as the count is back at the limit', () => {
    const run = simulate(withSql({ run: '{ horizon: 5m }', flows: NONE, operations: '  - { id: resume, do: resume, target: erp-port, at: 1m }' }), {
      set: ['topology.erp-port.initial-suspended=12', 'topology.process.throttling.message-count=11'],
    });
    expect(run.flow('orders')).to.deep.include({ offered: 12, delivered: 12, suspended: 0 });
    const [free, state, over] = states(run, 'process@bts1');
    expect([free, state]).to.deep.equal([[0, 0], [0, 6]]);
    expect(over[1]).to.equal(0);
    expect(over[0]).to.equal(run.ledger.effects[0].time);
  });

  it('is what an expectation reads, also as the sum of a component', () => {
    const scenario = read(`${text}expect:
  - components.process@bts1.publishing-throttle at 1m == 6
  - components.receive@bts1.publishing-throttle at 1m == 0
  - components.transmit.messages-in-database at 1m == 101
  - components.transmit@bts2.messages-in-database at 1m == 101
  - components.erp-port.suspended at 1m == 101
  - components.group.spool at 1m == 101
`, { set: ['topology.erp-port.initial-suspended=101', 'topology.process.throttling.message-count=100'] });
    const engine = buildEngine(scenario.definition, catalogue, { replication: 1 });
    const result = measureReplication(engine, scenario.definition, { replication: 1, gaugeRequests: gaugeRequestsOf(scenario.expectations) });
    expect(judge(scenario.expectations, [result]).map(({ verdict }) => verdict)).to.deep.equal(Array(6).fill('met'));
  });
});

describe('throttling: database size', () => {
  const text = withSql({ run: '{ horizon: 10m, drain: 10m }', flows: ONE });

  it('75 000 messages at a limit of 50 000: 300 s x 0.5 x 1 % = 1.5 s for a publish', () => {
    const run = simulate(text, { set: ['topology.erp-port.initial-suspended=75000'], checkAlways: false });
    expect(held(run, /^fulfil/)).to.equal(1.5);
  });

  for (const [count, seconds] of [[100, 0], [101, 0.03], [125, 0.75], [150, 1.5], [200, 3], [300, 3]] as const) {
    it(`${count} messages at a limit of 100: ${seconds} s for a publish, longest at twice the limit`, () => {
      const run = simulate(text, { set: [`topology.erp-port.initial-suspended=${count}`, 'topology.process.throttling.message-count=100'] });
      expect(held(run, /^fulfil/)).to.equal(seconds);
    });
  }

  it('severity and the longest delay are parameters: 60 s x 0.5 x 20 % = 6 s', () => {
    const run = simulate(text, {
      set: ['topology.erp-port.initial-suspended=150', 'topology.process.throttling={message-count: 100, max-delay: 60s, severity: {database-size: 20}}'],
    });
    expect(held(run, /^fulfil/)).to.equal(6);
  });

  it('no severity makes it longer than the longest delay', () => {
    const run = simulate(text, { set: ['topology.erp-port.initial-suspended=150', 'topology.process.throttling={message-count: 100, max-delay: 60s, severity: {database-size: 500}}'] });
    expect(held(run, /^fulfil/)).to.equal(60);
  });

  it('an isolated host holds back its answer: 1.5 s, and a caller that does not wait so long asks again', () => {
    const set = ['topology.fulfil.initial-suspended=150', 'topology.receive.throttling.message-count=100'];
    const run = simulate(text, { set });
    expect(held(run, /^http-in/)).to.equal(1.5);
    expect(micro(run.ledger.acceptances.at(-1)!.time - run.ledger.attempts[0].time)).to.equal(1.52);
    const hasty = simulate(text, { set: [...set, 'flows.orders.client={retry: 1, backoff: 1s, timeout: 1s}'] });
    // The first request is published all the same, so the message is processed twice.
    expect(hasty.ledger.attempts).to.have.length(2);
    expect(hasty.flow('orders')).to.deep.include({ duplicates: 1, lost: 0 });
  });

  it('a crash during the wait: the put has not happened, the work is done again', () => {
    const run = simulate(withSql({ run: '{ horizon: 10m, drain: 10m }', flows: ONE, faults: '  - { id: crash, kind: crash, target: process, at: 30s }' }), {
      set: ['topology.erp-port.initial-suspended=150', 'topology.process.throttling={message-count: 100, severity: {database-size: 100}}'],
    });
    // 300 s x 0.5: begun at about 10.6 s, broken off at 30 s, again from 110 s to 260 s.
    expect(run.ledger.stepsOf(/^fulfil/, 'put')).to.have.length(1);
    expect(run.ledger.stepsOf(/^fulfil/, 'worked')).to.have.length(2);
    expect(run.ledger.effects[0].time).to.be.above(260).and.at.most(261.2);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('a process that stands still waits for what was left', () => {
    const run = simulate(withSql({ run: '{ horizon: 10m, drain: 10m }', flows: ONE, faults: '  - { id: hangs, kind: hang, target: process, at: 30s, for: 100s }' }), {
      set: ['topology.erp-port.initial-suspended=150', 'topology.process.throttling={message-count: 100, severity: {database-size: 100}}'],
    });
    expect(held(run, /^fulfil/)).to.equal(250);
  });
});

describe('throttling: memory', () => {
  // A quarter of 1000 MiB; 150 MiB without messages: ten messages of 10 MiB fit.
  const memory = ['topology.bts1.memory=1000MiB', 'topology.transmit.throttling.memory-per-message=10MiB', 'topology.transmit.threads=20'];
  const text = withSql({ run: '{ horizon: 10m }', flows: NONE });

  it('above 25 % of the memory: state 4; the 11th delivery waits 300 s x 0.04 x 500 % = 60 s, the 12th 120 s (bt:how-to-modify-resource-based-throttling-settings)', () => {
    const run = simulate(text, { set: [...ONE_SERVER, ...memory, 'topology.transmit.initial=12'] });
    const begun = run.ledger.stepsOf('erp', 'taken').map(({ time }) => time);
    expect(begun.map((time) => micro(time - begun[0]))).to.deep.equal([...Array<number>(10).fill(0), 60, 120]);
    const polled = begun[0];
    for (const side of ['delivery-throttle', 'publishing-throttle']) {
      // Free again when the first ten are sent: 50 ms.
      expect(states(run, 'transmit@bts1', side), side).to.deep.equal([[0, 0], [polled, 4], [micro(polled + 0.05), 0]]);
    }
  });

  it('exactly at the limit nothing waits', () => {
    const run = simulate(text, { set: [...ONE_SERVER, ...memory, 'topology.transmit.initial=10'] });
    expect(new Set(run.ledger.stepsOf('erp', 'taken').map(({ time }) => time)).size).to.equal(1);
    expect(states(run, 'transmit@bts1', 'delivery-throttle')).to.deep.equal([[0, 0]]);
  });

  it('what the instances of a server use together: state 5 in all that watch it', () => {
    const system = ['process', 'transmit'].map((host) => `topology.${host}.throttling={process-memory: 100%, system-memory: 40%, memory-per-message: 10MiB}`);
    const run = simulate(text, { set: [...ONE_SERVER, 'topology.bts1.memory=1000MiB', ...system, 'topology.transmit.initial=11'] });
    // Twice 150 MiB and ten messages are the limit of 400 MiB; the 11th waits 300 s x 0.025 x 500 %.
    const begun = run.ledger.stepsOf('erp', 'taken').map(({ time }) => time);
    expect(micro(begun[10] - begun[0])).to.equal(37.5);
    for (const member of ['transmit@bts1', 'process@bts1']) expect(states(run, member).map(([, state]) => state), member).to.deep.equal([0, 5, 0]);
    expect(states(run, 'receive@bts1').map(([, state]) => state)).to.deep.equal([0]);
  });
});

describe('throttling: messages in process, threads, sessions, rates', () => {
  const text = withSql({ run: '{ horizon: 10m }', flows: NONE });

  it('7. more is locked than may be in process: state 3; what is beyond waits in the in-memory queue, and nothing is slowed', () => {
    const run = simulate(text, { set: [...ONE_SERVER, 'topology.bts1.cpus=1', 'topology.process.initial=1050'] });
    const [first] = run.ledger.stepsOf('fulfil@bts1', 'taken');
    // 20 threads, 100 ms each: 1050 messages take 53 rounds; 1000 are left when 50 are done, after the third.
    expect(states(run, 'process@bts1', 'delivery-throttle')).to.deep.equal([[0, 0], [first.time, 3], [micro(first.time + 0.3), 0]]);
    expect(micro(run.ledger.stepsOf('fulfil@bts1', 'worked').at(-1)!.time - first.time)).to.equal(5.3);
  });

  it('a limit below what the instance may have in process slows delivery: 300 s x excess x 75 %', () => {
    const run = simulate(text, { set: [...ONE_SERVER, 'topology.bts1.cpus=1', 'topology.process.initial=150', 'topology.process.throttling.in-process-per-cpu=100'] });
    const times = run.ledger.stepsOf('fulfil@bts1', 'worked').map(({ time }) => micro(time - run.ledger.stepsOf('fulfil@bts1', 'taken')[0].time));
    // 20 at once; then 149, 148, … 130 are held when the next begin, and the last of these is held back least.
    expect(times.slice(0, 20)).to.deep.equal(Array(20).fill(0.1));
    expect(times.slice(20, 40)).to.deep.equal(Array.from({ length: 20 }, (_, k) => micro(0.2 + 300 * 0.75 * (0.3 + k / 100))));
  });

  it('threads and sessions are off by default; on, five at a limit of four wait 300 s x 0.25', () => {
    const set = [...ONE_SERVER, 'topology.transmit.initial=5', 'topology.erp.work=10s'];
    expect(states(simulate(text, { set }), 'transmit@bts1')).to.deep.equal([[0, 0]]);
    const threads = simulate(text, { set: [...set, 'topology.transmit.throttling.threads-per-cpu=1'] });
    const begun = threads.ledger.stepsOf('erp', 'taken').map(({ time }) => time);
    expect(micro(begun[4] - begun[0])).to.equal(75);
    for (const side of ['delivery-throttle', 'publishing-throttle']) expect(states(threads, 'transmit@bts1', side).map(([, state]) => state), side).to.deep.equal([0, 9, 0]);
    const sessions = simulate(text, { set: [...set, 'topology.transmit.throttling.sessions-per-cpu=1'] });
    expect(states(sessions, 'transmit@bts1').map(([, state]) => state)).to.deep.equal([0, 8, 0]);
    expect(states(sessions, 'transmit@bts1', 'delivery-throttle')).to.deep.equal([[0, 0]]);
  });

  it('more comes than is done within 15 s: state 1 for as long as it lasts; it slows nothing', () => {
    const set = [...ONE_SERVER, 'topology.process.initial=100', 'topology.fulfil.steps=[{work: 20s}]', 'topology.process.threads=100'];
    const run = simulate(text, { set });
    // 100 are taken in the first window and none is done; none are taken in the second.
    expect(states(run, 'process@bts1', 'delivery-throttle')).to.deep.equal([[0, 0], [15, 1], [30, 0]]);
    const [taken, worked] = ['taken', 'worked'].map((step) => run.ledger.stepsOf('fulfil@bts1', step).map(({ time }) => time));
    expect(micro(worked.at(-1)! - taken[0])).to.equal(20);
    // 99 are too few to say anything.
    expect(states(simulate(text, { set: [...set, 'topology.process.initial=99'] }), 'process@bts1', 'delivery-throttle')).to.deep.equal([[0, 0]]);
  });

  it('more publishes begin than end: state 2, once nothing before it in the list holds', () => {
    // Of 150 messages allowed in the sender's queue 300 are there: each of the 100 publishes that begin at about 0.6 s waits
    // 300 s x 10 %. At 10 s an operator resumes the 300, and they are sent. At 15 s 100 publishes have begun and none has ended.
    const run = simulate(withSql({ run: '{ horizon: 5m }', flows: NONE, operations: '  - { id: resume, do: resume, target: erp-port, at: 10s }' }), {
      set: [...ONE_SERVER, 'topology.process.initial=100', 'topology.process.threads=100', 'topology.erp-port.initial-suspended=300', 'topology.process.throttling={message-count: 150, severity: {database-size: 10}}'],
    });
    const [, over, free, ...rest] = states(run, 'process@bts1');
    expect([over, free[1], rest]).to.deep.equal([[0, 6], 0, [[15, 2], [30, 0]]]);
    expect(free[0]).to.be.within(10, 12);
    expect(run.flow('orders')).to.deep.include({ delivered: 400, lost: 0, duplicates: 0 });
  });
});
