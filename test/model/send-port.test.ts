/** Send ports beyond single attempts: service windows, ordered delivery, failed-message routing. */
import { expect } from 'chai';
import { SMALL_GROUP, micro, scenario, simulate } from './support.js';
import type { Replication } from './support.js';

const POLL = 0.5;

/** One way through a port; the ladder is short: 3 retries of 1 min. Two instances, each with many threads. */
function run(port: string, parts: { readonly flows?: string; readonly faults?: string; readonly operations?: string; readonly topology?: string; readonly run?: string; readonly more?: string } = {}, set: readonly string[] = []): Replication {
  return simulate(scenario({
    run: parts.run ?? '{ horizon: 1h, drain: 1h }',
    topology: `${SMALL_GROUP}
  receive: { kind: isolated-host, in: group, on: [bts1, bts2] }
  transmit: { kind: host, in: group, on: [bts1, bts2], shutdown: 10s, start-up: 20s }
  http-in: { kind: receive-location, host: receive, work: 20ms }
  port: { kind: send-port, host: transmit, to: erp, retry: { interval: 1m }${port} }
  erp: { kind: application, work: 50ms }${parts.topology ?? ''}`,
    flows: parts.flows ?? '  orders: { arrivals: { every: 10s, limit: 30 }, route: [http-in, port] }',
    ...(parts.faults === undefined ? {} : { faults: parts.faults }), ...(parts.operations === undefined ? {} : { operations: parts.operations }), ...(parts.more === undefined ? {} : { more: parts.more }),
  }), { set });
}

const order = (one: Replication): readonly number[] => one.ledger.effects.map(({ n }) => n);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
const firstOf = (one: Replication): number => Math.min(...one.ledger.offers.map(({ n }) => n));

describe('service windows (domain 3.5: messages wait until the window opens)', () => {
  it('what comes before the opening goes out at the first poll after it, what comes within it at once', () => {
    const one = run(', window: { from: 175s, until: 20h }');
    const times = one.ledger.effects.map(({ time }) => time);
    expect(times).to.have.length(30);
    // Messages come each 10 s from 10 s on: 17 of them before 175 s.
    expect(times.filter((time) => time >= 175 && time <= 175 + POLL + 0.05 + 0.001)).to.have.length(17);
    one.ledger.effects.slice(17).forEach(({ time, n }) => expect(time - one.ledger.offers.find((each) => each.n === n)!.time).to.be.within(0.07, 0.07 + POLL));
    expect(Math.min(...times)).to.be.at.least(175.05);
  });

  it('after the closing they wait for the next day, and a window may reach over midnight', () => {
    const day = { run: '{ horizon: 24h, drain: 24h }', flows: '  orders: { arrivals: { every: 1h, limit: 23 }, route: [http-in, port] }' };
    const until = run(', window: { from: 6h, until: 8h }', day).ledger.effects.map(({ time }) => Math.floor(time / 3600));
    // Hours 1 to 6 at six o'clock, 7 in its hour, 8 to 23 at six on the next day.
    expect(until).to.deep.equal([6, 6, 6, 6, 6, 6, 7, ...Array.from({ length: 16 }, () => 30)]);
    const night = run(', window: { from: 22h, until: 3h }', day).ledger.effects.map(({ time }) => Math.floor(time / 3600));
    expect(night).to.deep.equal([1, 2, ...Array.from({ length: 20 }, () => 22), 23]);
  });

  it('a closed window is no fault: the flow is served', () => {
    expect(run(', window: { from: 30m, until: 20h }').flow('orders').availability).to.equal(1);
  });

  it('costs no event while nothing waits', () => {
    const idle = run(', window: { from: 3m, until: 20h }', { flows: '  orders: { arrivals: { every: 4m, limit: 1 }, route: [http-in, port] }' });
    expect(idle.ledger.effects.map(({ time }) => Math.floor(time))).to.deep.equal([240]);
  });
});

describe('ordered delivery (ordered-delivery-of-messages)', () => {
  const burst = '  orders: { arrivals: { batch: { every: 1m, size: 20 }, until: 90s }, route: [http-in, port] }';

  it('one at a time over all instances, the next without a poll: 20 messages take 20 times 50 ms', () => {
    const plain = run('', { flows: burst });
    const one = run(', ordered: skip-failed', { flows: burst });
    const times = one.ledger.effects.map(({ time }) => time);
    times.slice(1).forEach((time, k) => expect(micro(time - times[k])).to.be.at.least(0.05));
    expect(times[19] - times[0]).to.be.at.most(19 * 0.05 + POLL);
    // The two servers receive side by side, so the last may come a little after the first is sent; without order they all go at two polls.
    const loose = plain.ledger.effects.map(({ time }) => time);
    expect(loose.filter((time, k) => k > 0 && micro(time - loose[k - 1]) < 0.05).length).to.be.above(10);
  });

  it('a message that waits for its retry holds up all behind it, and the flow is stopped as long as that', () => {
    const one = run(', ordered: skip-failed', { faults: '  - { id: away, kind: outage, target: erp, at: 95s, for: 30s }' });
    expect(order(one)).to.deep.equal(upTo(30).map((k) => k + firstOf(one)));
    // The message of 100 s fails within a poll, waits a minute, and goes out within another poll; the ones behind it follow.
    const late = one.ledger.effects.filter(({ time }) => time > 100 && time < 165);
    expect(late[0].time).to.be.within(160, 160 + 2 * POLL + 0.1);
    expect(late.map(({ n }) => n - firstOf(one)).slice(0, 6)).to.deep.equal([9, 10, 11, 12, 13, 14]);
    const [stop] = one.ledger.stops('orders');
    expect(stop.from).to.equal(95);
    expect(stop.to).to.be.within(160, 160 + POLL + 0.1);
    expect(stop.causes).to.deep.equal(['away']);
    // Without order those behind it pass: the flow is served again with the destination.
    const loose = run('', { faults: '  - { id: away, kind: outage, target: erp, at: 95s, for: 30s }' });
    expect(loose.ledger.stops('orders')[0].to).to.equal(125);
    expect(loose.flow('orders').out_of_order).to.be.above(0);
    expect(one.flow('orders').out_of_order).to.equal(0);
  });

  it('without stop-on-failure the failed one is suspended, the rest goes on with a gap, and nobody can resume it', () => {
    const one = run(', ordered: skip-failed', {
      faults: '  - { id: bad, kind: error, target: port, at: 5s, for: 3m30s, probability: 1 }',
      operations: '  - { id: again, do: resume, target: port, at: 30m }',
    });
    // The message of 10 s fails four times, at 10 s and 1, 2, 3 min later; then nothing fails any more.
    expect(one.flow('orders')).to.deep.include({ suspended: 1, delivered: 29, lost: 0 });
    expect(order(one)).to.deep.equal(upTo(30).slice(1).map((k) => k + firstOf(one)));
    expect(one.operation('again')).to.deep.include({ result: 'failed' });
    const given = run(', ordered: skip-failed', {
      faults: '  - { id: bad, kind: error, target: port, at: 5s, for: 3m30s, probability: 1 }',
      operations: '  - { id: give-up, do: terminate, target: port, at: 30m }',
    });
    expect(given.flow('orders')).to.deep.include({ suspended: 0, rejected: 1 });
  });

  it('with stop-on-failure everything behind it is suspended too, until it is resumed: then all goes on in order', () => {
    const parts = { faults: '  - { id: bad, kind: error, target: port, at: 5s, for: 3m30s, probability: 1 }' };
    const left = run(', ordered: stop-on-failure', parts);
    expect(left.flow('orders')).to.deep.include({ suspended: 30, delivered: 0 });
    expect(left.ledger.stops('orders').at(-1)!.to).to.equal(Infinity);
    const one = run(', ordered: stop-on-failure', { ...parts, operations: '  - { id: again, do: resume, target: port, at: 4m }' });
    expect(one.flow('orders')).to.deep.include({ suspended: 0, delivered: 30, out_of_order: 0 });
    expect(order(one)).to.deep.equal(upTo(30).map((k) => k + firstOf(one)));
    expect(one.ledger.effects[0].time).to.be.above(240);
    expect(one.ledger.stops('orders').at(-1)!.to).to.equal(240);
  });

  it('an instance that dies with a message holds up the port until its lock is freed; then another goes on, in order', () => {
    const one = run(', ordered: skip-failed', {
      faults: '  - { id: dies, kind: crash, target: transmit@bts2, when: { component: port@bts2, step: taken, nth: 2 }, for: 40m }',
    });
    expect(one.flow('orders')).to.deep.include({ lost: 0, delivered: 30, out_of_order: 0, duplicates: 0 });
    const [stop] = one.ledger.stops('orders');
    // Last beat + 600 s, seen by a job of 60 s.
    expect(stop.to - stop.from).to.be.within(540, 660);
    expect(stop.causes).to.deep.equal(['dies']);
    expect(one.ledger.effectsIn(stop.from, stop.to)).to.deep.equal([]);
  });
});

describe('failed-message routing (using-failed-message-routing)', () => {
  const errors = '\n  desk: { kind: send-port, host: transmit, to: archive }\n  archive: { kind: application, work: 50ms }';

  it('what failed for good goes to the error subscriber instead of suspension, after the last attempt of the ladder', () => {
    const one = run(', failed-to: desk', { topology: errors, faults: '  - { id: away, kind: outage, target: erp, at: 95s, for: 5m }' }, ['run.horizon=20m']);
    // Whatever was first tried within [95 s, 215 s) has its fourth attempt, 3 min later, before 395 s: the messages of 100 s to 210 s.
    expect(one.flow('orders')).to.deep.include({ suspended: 0, lost: 0, delivered: 30 });
    expect(one.component('archive').operations).to.equal(12);
    expect(one.component('erp').operations).to.equal(18);
    const [first] = one.ledger.stepsOf('archive', 'put');
    expect(first.time).to.be.within(100 + 180, 100 + 180 + 6 * POLL);
    expect(one.ledger.gauges.filter(({ gauge }) => gauge === 'failed').at(-1)!.value).to.equal(12);
  });

  it('what fails there too is suspended there, and an operator resumes it there', () => {
    const one = run(', failed-to: desk', {
      topology: errors, faults: '  - { id: both, kind: outage, target: [erp, archive], at: 95s, for: 40m }',
      operations: '  - { id: again, do: resume, target: desk, at: 50m }',
    });
    expect(one.flow('orders')).to.deep.include({ suspended: 0, delivered: 30 });
    expect(one.component('archive').operations).to.equal(21);
  });

  it('a port of another group, or the same port, cannot take it', () => {
    expect(() => run(', failed-to: port')).to.throw(/"port" refers to itself/u);
    expect(() => run(', failed-to: sender', { topology: '\n  sender: { kind: service-bus-sender, to: [q] }\n  ns: { kind: service-bus-namespace }\n  q: { kind: queue, in: ns }' })).to.throw(/takes nothing from the store of group/u);
  });
});

describe('connections of an HTTP port (tuning page: 2 for each destination)', () => {
  const burst = { flows: '  orders: { arrivals: { batch: { every: 1m, size: 20 }, until: 90s }, route: [http-in, port] }' };
  const slow = ['topology.erp.work=1s', 'topology.transmit.on=[bts1]', 'topology.receive.threads=50'];

  it('one instance with 2 connections makes 2 calls at a time: 20 calls of 1 s take 10 s, and without a limit they overlap', () => {
    const times = run(', connections: 2', burst, slow).ledger.effects.map(({ time }) => micro(time));
    expect(times).to.have.length(20);
    expect(micro(times[19] - times[0])).to.equal(9);
    for (let k = 2; k < 20; k++) expect(micro(times[k] - times[k - 2])).to.equal(1);
    const free = run('', burst, slow).ledger.effects.map(({ time }) => time);
    expect(free[19] - free[0]).to.be.at.most(POLL);
  });

  it('each instance has its own, and capacity says so: 2 for each of two servers, 1 s a call', () => {
    const one = run(', connections: 2', burst, slow.filter((each) => !each.includes('transmit')));
    expect(one.ledger.flowStates).to.deep.equal([]);
    const half = run(', connections: 2', { ...burst, faults: '  - { id: dies, kind: crash, target: transmit@bts1, at: 30m, for: 5m }' }, slow.filter((each) => !each.includes('transmit')));
    expect(half.ledger.flowStates[0]).to.deep.include({ time: 1800, capacity: 2 });
  });

  it('a hung destination holds both connections until the timeout, and what waits is not lost in a crash or a clean stop', () => {
    for (const kind of ['crash', 'stop', 'restart']) {
      const one = run(', connections: 2, timeout: 10m', { ...burst, faults: `  - { id: hung, kind: hang, target: erp, at: 59s, for: 3m }\n  - { id: ends, kind: ${kind}, target: transmit, at: 2m${kind === 'restart' ? '' : ', for: 1m'} }` }, slow);
      expect(one.flow('orders'), kind).to.deep.include({ lost: 0, suspended: 0, in_flight: 0, delivered: 20 });
    }
  });
});
