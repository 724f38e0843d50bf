/** Queues, locks, fragments and senders of Service Bus: what an outage, a disaster, a crash and a lost answer do to messages. */
import { expect } from 'chai';
import { micro, scenario, simulate } from './support.js';
import type { Parts } from './support.js';

const OF_QUEUE = 'work: 10ms';

/** One namespace, one queue, one sender, one receiver; every time a constant. */
function oneQueue(parts: Parts & { readonly queue?: string; readonly sender?: string; readonly receiver?: string; readonly arrivals?: string; readonly flow?: string } = {}): string {
  const { queue = '', sender = '', receiver = '', arrivals = '{ every: 1s }', flow = '' } = parts;
  return scenario({
    run: '{ horizon: 10m, drain: 30m }',
    flows: `  orders: { arrivals: ${arrivals}, route: [shop, ledger]${flow} }`,
    ...parts,
    topology: `
  north: { kind: datacenter }
  primary: { kind: service-bus-namespace, in: north }
  q: { kind: queue, in: primary, ${OF_QUEUE}, ${queue === '' ? 'store: 3' : queue} }
  shop: { kind: service-bus-sender, to: q${sender === '' ? '' : `, ${sender}`} }
  ledger: { kind: service-bus-receiver, from: q, ${receiver === '' ? 'concurrency: 4, work: 100ms' : receiver} }${parts.topology ?? ''}`,
  });
}

/** Two namespaces in two datacenters, one queue in each. */
function twoQueues(parts: Parts & { readonly sender: string; readonly receiver?: string; readonly arrivals?: string; readonly queue?: string }): string {
  const { sender, receiver = 'concurrency: 8, work: 100ms', arrivals = '{ every: 1s }', queue = 'store: 1' } = parts;
  return scenario({
    run: '{ horizon: 10m, drain: 60m }',
    flows: `  orders: { arrivals: ${arrivals}, route: [shop, ledger] }`,
    ...parts,
    topology: `
  north: { kind: datacenter }
  south: { kind: datacenter }
  ns1: { kind: service-bus-namespace, in: north }
  ns2: { kind: service-bus-namespace, in: south }
  q1: { kind: queue, in: ns1, ${OF_QUEUE}, ${queue} }
  q2: { kind: queue, in: ns2, ${OF_QUEUE}, ${queue} }
  shop: { kind: service-bus-sender, to: [q1, q2], ${sender} }
  ledger: { kind: service-bus-receiver, from: [q1, q2], ${receiver} }${parts.topology ?? ''}`,
  });
}

describe('a queue of Service Bus', () => {
  it('delivers each message once when nothing fails, after send and work', () => {
    const run = simulate(oneQueue());
    expect(run.flow('orders')).to.include({ offered: 599, delivered: 599, lost: 0, duplicates: 0, suspended: 0, dead_lettered: 0, rejected: 0, in_flight: 0 });
    expect(micro(run.flow('orders').delay_p50_s)).to.be.closeTo(0.11, 0.001);
    expect(run.flow('orders').sends).to.equal(599);
    expect(run.flow('orders').receives).to.equal(599);
  });

  it('in one store: every operation fails while the store is away, and nothing is lost (prediction 55)', () => {
    const run = simulate(oneQueue({ sender: 'retries: 0', faults: '  - { id: away, kind: outage, target: primary/store3, at: 100.5s, for: 1m }' }));
    const flow = run.flow('orders');
    // Offered at 101 s to 160 s.
    expect(flow).to.include({ rejected: 60, lost: 0, delivered: 539, duplicates: 0 });
    expect(run.ledger.stops('orders')).to.deep.include({ from: 100.5, to: 160.5, causes: ['away'] });
    expect(run.ledger.effectsIn(100.5, 160.5).length).to.equal(0);
  });

  it('another store away does not touch it', () => {
    const run = simulate(oneQueue({ faults: '  - { id: away, kind: outage, target: primary/store4, at: 100.5s, for: 1m }' }));
    expect(run.flow('orders')).to.include({ delivered: 599, rejected: 0 });
    expect(run.ledger.stops('orders')).to.deep.equal([]);
    expect(run.fault('away')).to.include({ scope: 'component', flows_stopped: 0 });
  });

  it('partitioned, without keys: all sends succeed, one message in sixteen waits for the store (prediction 56)', () => {
    const run = simulate(oneQueue({
      queue: 'partitioned: true, reroute: 15s', receiver: 'concurrency: 4, work: 20s', arrivals: '{ every: 1s, limit: 320 }',
      faults: '  - { id: away, kind: outage, target: primary/store3, at: 320.5s, for: 30m }', run: '{ horizon: 10m, drain: 120m }',
    }));
    expect(run.flow('orders')).to.include({ delivered: 320, rejected: 0, lost: 0 });
    // 4 workers of 20 s take one each 5 s: at 320 s about 64 are done, and of the 256 that wait every 16th lies in the store.
    const late = run.ledger.effects.filter(({ n, time }) => n % 16 === 2 && time > 320.5);
    expect(late.length).to.be.within(14, 16);
    for (const { time } of late.slice(2)) expect(time).to.be.greaterThan(2120.5);
  });

  it('partitioned, without keys: a send that meets the fragment before it is known to be away waits for that long', () => {
    const run = simulate(oneQueue({ queue: 'partitioned: true, reroute: 15s', faults: '  - { id: away, kind: outage, target: primary/store3, at: 34.2s, for: 5m }' }));
    // Message 34, offered at 35 s, belongs to fragment 3; it is rerouted at 49.2 s. The next of that fragment come later.
    expect(run.flow('orders')).to.include({ delivered: 599, rejected: 0, duplicates: 0 });
    expect(micro(run.ledger.effectsOf(34)[0].time)).to.equal(49.3);
    expect(micro(run.ledger.effectsOf(50)[0].time)).to.equal(51.11);
  });

  it('partitioned, with keys: what belongs to the fragment fails, all else succeeds', () => {
    const run = simulate(oneQueue({
      queue: 'partitioned: true', sender: 'retries: 0', flow: ', keys: 1600', arrivals: '{ every: 100ms }',
      faults: '  - { id: away, kind: outage, target: primary/store3, at: 160.05s, for: 320s }',
    }));
    // 3200 messages, twice each key; the share of keys in one fragment is binomial (1600, 1/16): 100 ± 2 · 9.7.
    const rejected = Number(run.flow('orders').rejected);
    expect(rejected % 2).to.equal(0);
    expect(rejected / 2).to.be.within(80, 120);
    expect(run.flow('orders').lost).to.equal(0);
    expect(run.fault('away')).to.include({ flows_stopped: 0, flows_degraded: 1 });
  });

  it('cannot be created or changed while one of its stores is away (prediction 59)', () => {
    const run = simulate(oneQueue({
      queue: 'partitioned: true', faults: '  - { id: away, kind: outage, target: primary/store3, at: 100s, for: 1m }',
      operations: '  - { id: during, do: create, target: q, at: 120s }\n  - { id: after, do: delete, target: q, at: 200s }',
    }));
    expect(run.operation('during').result).to.equal('failed');
    expect(run.operation('after').result).to.equal('done');
  });

  it('loses what a store held in a disaster, and names it', () => {
    const run = simulate(oneQueue({
      receiver: 'concurrency: 1, work: 2s', arrivals: '{ every: 1s, limit: 100 }', sender: 'retries: 0',
      faults: '  - { id: gone, kind: disaster, target: primary/store3, at: 100.5s }',
    }));
    const { lost, delivered } = run.flow('orders') as { lost: number; delivered: number };
    // One effect every 2 s from 3.01 s on: 49 by 100.5 s; the one in hand ends all the same, its answer leads nowhere.
    expect(delivered).to.equal(50);
    expect(lost).to.equal(50);
    expect(run.causes('lost')).to.deep.equal({ 'gone > primary/store3 > stored, data gone': 50 });
  });

  it('refuses what does not fit into its quota', () => {
    const run = simulate(oneQueue({ queue: 'store: 3, size: 10KiB', flow: ', size: 1KiB', receiver: 'concurrency: 1, work: 10m', arrivals: '{ every: 1s, limit: 20 }', run: '{ horizon: 1m, drain: 0s }' }));
    expect(run.flow('orders')).to.include({ accepted: 10, rejected: 10 });
    expect(run.causes('rejected')).to.deep.equal({ 'q > full': 10 });
    const fragments = (stores: number): unknown => simulate(oneQueue({ queue: 'partitioned: true, size: 2KiB', flow: ', size: 1KiB', receiver: 'concurrency: 1, work: 10m', arrivals: '{ every: 1s, limit: 50 }', run: '{ horizon: 1m, drain: 0s }' })
      .replace('in: north }', `in: north, stores: ${String(stores)} }`)).flow('orders').accepted;
    expect([fragments(16), fragments(4)]).to.deep.equal([32, 8]);
  });
});

describe('a lock on a message', () => {
  it('shorter than the work: everything is done again and again, and ends in the dead-letter queue (prediction 64)', () => {
    const run = simulate(oneQueue({ receiver: 'concurrency: 100, work: 90s', arrivals: '{ every: 1s, limit: 3 }', run: '{ horizon: 1m, drain: 60m }' }));
    // 10 deliveries each, 60 s apart; an effect counts as delivery, so the fate is delivered.
    expect(run.flow('orders')).to.include({ delivered: 3, duplicates: 27, receives: 30, lost: 0 });
    expect(run.ledger.gauges.filter(({ gauge }) => gauge === 'dead-lettered').at(-1)?.value).to.equal(3);
    const times = run.ledger.effectsOf(0).map(({ time }) => micro(time));
    expect(times).to.deep.equal(Array.from({ length: 10 }, (_, k) => micro(1.01 + 90 + 60 * k)));
    expect(Object.keys(run.causes('duplicate'))).to.deep.equal(['ledger > lock ended during the work']);
  });

  it('is prolonged while the message is in hand, if the receiver does so', () => {
    const run = simulate(oneQueue({ receiver: 'concurrency: 100, work: 90s, renew: 5m', arrivals: '{ every: 1s, limit: 3 }', run: '{ horizon: 1m, drain: 60m }' }));
    expect(run.flow('orders')).to.include({ delivered: 3, duplicates: 0, receives: 3 });
  });

  it('is prolonged for a limited time only', () => {
    const run = simulate(oneQueue({ receiver: 'concurrency: 1, work: 200s, renew: 100s', queue: 'store: 3, max-delivery-count: 1', arrivals: '{ every: 1s, limit: 1 }', run: '{ horizon: 1m, drain: 60m }' }));
    // Taken at 1.01 s, locked until 101.01 s at the latest, done at 201.01 s: dead-lettered by then.
    expect(run.ledger.gauges.filter(({ gauge, value }) => gauge === 'dead-lettered' && value > 0).map(({ time }) => micro(time))).to.deep.equal([101.01]);
    expect(run.flow('orders')).to.include({ delivered: 1, duplicates: 0 });
  });

  it('ends by itself when the receiver dies; nothing is lost (prediction 62)', () => {
    const run = simulate(oneQueue({
      receiver: 'concurrency: 2, prefetch: 8, work: 10s, restart: 5s', arrivals: '{ batch: { every: 10s, size: 10 }, limit: 10 }',
      faults: '  - { id: dies, kind: crash, target: ledger, at: 15s }',
    }));
    // All ten are locked at 10.01 s, so they come again at 70.01 s; two are in work at the crash.
    expect(run.flow('orders')).to.include({ delivered: 10, lost: 0, duplicates: 0, receives: 20 });
    expect(micro(run.ledger.effects[0].time)).to.equal(80.01);
  });

  it('is given back by a receiver that is shut down in order, if it can tell the queue', () => {
    const stop = '  - { id: stop, kind: stop, target: ledger, at: 100.05s, for: 10s }';
    // Sent at 100.01 s, back at once, and taken by the receiver that is there again: done at 110.15 s.
    const heard = simulate(oneQueue({ faults: stop })).flow('orders');
    expect(heard).to.include({ delivered: 599, duplicates: 0 });
    expect(heard.delay_max_s).to.be.closeTo(10.15, 1e-6);
    // Nobody hears it: the lock of a minute ends by itself, at 160.01 s.
    const unheard = simulate(oneQueue({ faults: `${stop}\n  - { id: away, kind: outage, target: primary/store3, at: 100.03s, for: 200ms }` })).flow('orders');
    expect(unheard.delay_max_s).to.be.closeTo(60.11, 1e-6);
    const cut = simulate(oneQueue({ faults: `${stop}\n  - { id: cut, kind: network-partition, target: [ledger, primary], at: 100.03s, for: 200ms }` })).flow('orders');
    expect(cut.delay_max_s).to.be.closeTo(60.11, 1e-6);
  });

  it('receive and delete: what was taken ahead dies with the receiver (prediction 62)', () => {
    const run = simulate(oneQueue({
      receiver: 'mode: receive-and-delete, concurrency: 2, prefetch: 3, work: 10s, restart: 5s', arrivals: '{ batch: { every: 10s, size: 10 }, limit: 10 }',
      faults: '  - { id: dies, kind: crash, target: ledger, at: 15s }',
    }));
    expect(run.flow('orders')).to.include({ delivered: 5, lost: 5, duplicates: 0 });
    expect(run.causes('lost')).to.deep.equal({ 'dies > ledger > settled, not put': 5 });
  });

  it('a work that fails gives the message back at once; a poisoned one ends in the dead-letter queue', () => {
    const run = simulate(oneQueue({ receiver: 'concurrency: 4, work: 100ms, poison: 100%', arrivals: '{ every: 1s, limit: 2 }', run: '{ horizon: 1m, drain: 1m }' }));
    expect(run.flow('orders')).to.include({ delivered: 0, dead_lettered: 2, suspended: 0, lost: 0, receives: 20 });
    expect(run.ledger.suspensions.map(({ time }) => micro(time))).to.deep.equal([2.01, 3.01]);
  });

  it('an operator brings dead-lettered messages back', () => {
    const run = simulate(oneQueue({
      arrivals: '{ every: 1s, limit: 2 }', run: '{ horizon: 2m, drain: 1m }', queue: 'store: 3, max-delivery-count: 2',
      faults: '  - { id: bad, kind: error, target: ledger, probability: 100%, at: 0s, for: 30s }', operations: '  - { id: back, do: resume, target: q, at: 60s }',
    }));
    expect(run.flow('orders')).to.include({ delivered: 2, dead_lettered: 0 });
    expect(run.ledger.effects.map(({ time }) => micro(time))).to.deep.equal([60.1, 60.1]);
  });

  it('time to live: who is not taken in time expires, or goes to the dead-letter queue', () => {
    const parts = { receiver: 'concurrency: 1, work: 25s', arrivals: '{ every: 1s, limit: 3 }', run: '{ horizon: 1m, drain: 5m }' };
    const dropped = simulate(oneQueue({ ...parts, queue: 'store: 3, time-to-live: 10s' }));
    expect(dropped.flow('orders')).to.include({ delivered: 1, expired: 2, dead_lettered: 0 });
    expect(dropped.ledger.fates.filter(({ fate }) => fate === 'expired').map(({ time }) => micro(time))).to.deep.equal([12.01, 13.01]);
    const kept = simulate(oneQueue({ ...parts, queue: 'store: 3, time-to-live: 10s, dead-letter-on-expiry: true' }));
    expect(kept.flow('orders')).to.include({ delivered: 1, expired: 0, dead_lettered: 2 });
  });
});

describe('duplicate detection of a queue', () => {
  const resend = (queue: string, backoff: string) => simulate(oneQueue({
    queue, sender: 'timeout: 5s, retries: 0', arrivals: '{ every: 1s, limit: 1 }', flow: `, client: { retry: 1, backoff: ${backoff}, timeout: 60s }`,
    faults: '  - { id: acks, kind: ack-loss, target: q, probability: 100%, at: 0s, for: 5s }', run: '{ horizon: 1m, drain: 30m }',
  }));

  it('within its window: one message; after it, or without it: two (prediction 65)', () => {
    expect(resend('store: 3, duplicate-detection: 10m', '1m').flow('orders')).to.include({ delivered: 1, duplicates: 0, suppressed: 1 });
    expect(resend('store: 3, duplicate-detection: 10m', '11m').flow('orders')).to.include({ delivered: 1, duplicates: 1, suppressed: 0 });
    const off = resend('store: 3', '1m');
    expect(off.flow('orders')).to.include({ delivered: 1, duplicates: 1 });
    expect(off.causes('duplicate')).to.deep.equal({ 'acks > q > put, answer lost': 1 });
  });
});

describe('a sender of Service Bus', () => {
  const failing = (sender: string, fault: string) => simulate(oneQueue({ sender, arrivals: '{ every: 1s, limit: 1 }', flow: ', client: { timeout: 1h }', run: '{ horizon: 1m, drain: 30m }', faults: `  - { id: away, kind: ${fault}, target: primary/store3, at: 0s }` }));
  const endOf = (run: ReturnType<typeof failing>): number => micro(run.ledger.fates[0].time - 1);

  it('classic client: an error within a minute, whatever the number of retries (prediction 81)', () => {
    expect(endOf(failing('client: classic', 'hang'))).to.equal(60);
    expect(endOf(failing('client: classic, retries: 50', 'hang'))).to.equal(60);
    expect(endOf(failing('client: classic', 'outage'))).to.be.at.most(60);
  });

  it('modern client: four tries of a minute when nothing answers, seconds when errors come at once (prediction 81)', () => {
    // 4 · 60 s and waits of 0.8, 1.6 and 3.2 s.
    expect(endOf(failing('client: modern', 'hang'))).to.equal(245.6);
    expect(endOf(failing('client: modern', 'outage'))).to.be.within(5.6, 5.7);
    expect(endOf(failing('client: modern, first-wait: 1600ms', 'outage'))).to.be.within(11.2, 11.3);
  });

  it('a durable queue of its own: no error, nothing lost, an hour of delay (prediction 73)', () => {
    const parts = { faults: '  - { id: away, kind: outage, target: primary, at: 10m, for: 1h }', run: '{ horizon: 90m, drain: 30m }' };
    const with_ = simulate(oneQueue({ ...parts, sender: 'client-queue: {}' }), { checkAlways: false });
    expect(with_.flow('orders')).to.include({ rejected: 0, lost: 0, duplicates: 0, delivered: 5399, accepted: 5399 });
    expect(Number(with_.flow('orders').delay_max_s)).to.be.within(3599, 3700);
    expect(with_.flow('orders').accept_availability).to.equal(1);
    const without = simulate(oneQueue({ ...parts, sender: 'client: modern' }), { checkAlways: false });
    expect(Number(without.flow('orders').rejected)).to.be.within(3300, 3600);
  });

  it('a durable queue of its own: a crash between the answer and the delete sends a message twice', () => {
    const run = simulate(oneQueue({
      sender: 'client-queue: {}, restart: 5s', arrivals: '{ every: 1s, limit: 10 }', run: '{ horizon: 1m, drain: 5m }',
      faults: '  - { id: dies, kind: crash, target: shop, when: { component: shop, step: put, nth: 12 } }',
    }));
    // Steps "put" of the shop: written down, sent, written down, sent ...: the 12th is the answer of the service to the sixth message.
    expect(run.flow('orders')).to.include({ lost: 0, duplicates: 1 });
    expect(run.causes('duplicate')).to.deep.equal({ 'dies > shop > put, not settled': 1 });
  });

  it('a durable queue of its own survives a crash, and is gone with the disk', () => {
    const parts = { arrivals: '{ every: 1s, limit: 50 }', run: '{ horizon: 2m, drain: 5m }', sender: 'client-queue: {}, restart: 5s' };
    const away = '  - { id: away, kind: outage, target: primary, at: 10s, for: 90s }\n';
    const crash = simulate(oneQueue({ ...parts, faults: `${away}  - { id: dies, kind: crash, target: shop, at: 60.5s }` }));
    expect(crash.flow('orders')).to.include({ delivered: 50, lost: 0 });
    const disk = simulate(oneQueue({ ...parts, faults: `${away}  - { id: dies, kind: disk-loss, target: shop, at: 60.5s }` }));
    expect(disk.flow('orders')).to.include({ delivered: 9, lost: 41 });
  });
});

describe('replication over two namespaces', () => {
  it('active: two sends for each message, passive one, when nothing fails', () => {
    const active = simulate(twoQueues({ sender: 'replication: active', receiver: 'concurrency: 8, work: 100ms, remember: { ids: 256 }' }));
    expect(active.flow('orders')).to.include({ delivered: 599, duplicates: 0, suppressed: 599, lost: 0 });
    expect(active.component('q1').operations).to.equal(599);
    expect(active.component('q2').operations).to.equal(599);
    const passive = simulate(twoQueues({ sender: 'replication: passive' }));
    expect(passive.flow('orders')).to.include({ delivered: 599, suppressed: 0, duplicates: 0 });
    expect(passive.component('q1').operations).to.equal(599);
    expect(passive.component('q2').operations).to.equal(0);
  });

  it('passive, a lost answer: two deliveries, one of them suppressed by the receiver, none by the queues (prediction 67)', () => {
    const lost = (receiver: string, queue: string) => simulate(twoQueues({
      sender: 'replication: passive', receiver: `concurrency: 8, work: 100ms${receiver}`, queue, faults: '  - { id: acks, kind: ack-loss, target: q1, probability: 100%, at: 100.5s, for: 1s }',
    }));
    expect(lost(', remember: { ids: 256 }', 'store: 1').flow('orders')).to.include({ delivered: 599, duplicates: 0, suppressed: 1, receives: 600 });
    expect(lost('', 'store: 1, duplicate-detection: 10m').flow('orders')).to.include({ delivered: 599, duplicates: 1, suppressed: 0 });
  });

  it('passive: the late copy slips through a list that has forgotten its id', () => {
    const run = simulate(twoQueues({
      sender: 'replication: passive', receiver: 'concurrency: 8, work: 10ms, remember: { ids: 256 }', arrivals: '{ every: 200ms }',
      faults: '  - { id: acks, kind: ack-loss, target: q1, probability: 100%, at: 100.1s, for: 150ms }',
    }));
    // A timeout of 60 s at 5 messages a second: 300 ids come in between.
    expect(run.flow('orders')).to.include({ duplicates: 1, suppressed: 0, lost: 0 });
  });

  it('passive: an outage turns the order around, a disaster loses what was not read (prediction 68)', () => {
    const during = (fault: string) => simulate(twoQueues({
      sender: 'replication: passive, retries: 0', receiver: 'concurrency: 1, work: 100ms, restart: 1s', arrivals: '{ every: 10s, limit: 2 }', run: '{ horizon: 1m, drain: 60m }',
      faults: `  - { id: off, kind: stop, target: ledger, at: 9s, for: 6s }\n  - { id: north-out, kind: ${fault}, target: north, at: 12s${fault === 'outage' ? ', for: 10m' : ''} }`,
    }));
    const outage = during('outage');
    expect(outage.flow('orders')).to.include({ delivered: 2, lost: 0, duplicates: 0, out_of_order: 1 });
    expect(outage.ledger.effects.map(({ n }) => n)).to.deep.equal([1, 0]);
    expect(outage.ledger.effects[1].time).to.be.within(612, 613);
    const disaster = during('disaster');
    expect(disaster.flow('orders')).to.include({ delivered: 1, lost: 1 });
    expect(disaster.ledger.fateOf(0).cause).to.match(/^north-out > ns1\/store1 > /);
  });

  it('passive: both away is an error and leaves the roles; one away swaps them, and nothing swaps them back (prediction 70)', () => {
    const both = simulate(twoQueues({ sender: 'replication: passive, retries: 0', faults: '  - { id: all, kind: outage, target: [ns1/store1, ns2/store1], at: 100.5s, for: 1m }' }));
    expect(both.flow('orders')).to.include({ rejected: 60, lost: 0, delivered: 539 });
    expect(both.component('q1').operations).to.equal(539);
    expect(both.component('q2').operations).to.equal(0);
    const one = simulate(twoQueues({ sender: 'replication: passive, retries: 0, timeout: 2s', faults: '  - { id: one, kind: outage, target: ns1, at: 100.5s, for: 1m }' }));
    // Sends that began within 2 s wait for their timeout; the first success at the other swaps the roles for good.
    expect(one.flow('orders')).to.include({ rejected: 0, lost: 0, delivered: 599 });
    expect(one.component('q1').operations).to.equal(100);
    expect(one.component('q2').operations).to.equal(499);
    expect(one.ledger.stops('orders').map(({ from, to }) => [micro(from), micro(to)])).to.deep.equal([[100.5, 103.01]]);
  });

  it('active: one datacenter may go for good without loss', () => {
    const run = simulate(twoQueues({
      sender: 'replication: active, retries: 0', receiver: 'concurrency: 8, work: 100ms, remember: { ids: 256 }',
      faults: '  - { id: gone, kind: disaster, target: north, at: 100.5s }',
    }));
    expect(run.flow('orders')).to.include({ delivered: 599, lost: 0, rejected: 0, duplicates: 0 });
    expect(run.ledger.stops('orders')).to.deep.equal([]);
  });

  it('a list that records before the work: a failure loses a message that has one copy, not one that has two (prediction 69b)', () => {
    const first = (sender: string) => simulate(twoQueues({
      sender, receiver: 'concurrency: 8, work: 100ms, remember: { ids: 256, record: before, removed-on-match: true }', arrivals: '{ every: 1s, limit: 5 }', run: '{ horizon: 1m, drain: 10m }',
      faults: '  - { id: fails, kind: error, target: ledger, at: 0s, count: 1 }',
    }));
    const passive = first('replication: passive');
    expect(passive.flow('orders')).to.include({ delivered: 4, lost: 1 });
    expect(passive.ledger.fateOf(0)).to.include({ fate: 'lost', cause: 'ledger > suppressed by its memory' });
    expect(first('replication: active').flow('orders')).to.include({ delivered: 5, lost: 0, duplicates: 0 });
  });
});

describe('a topic', () => {
  it('gives each subscription a copy of its own', () => {
    const run = simulate(scenario({
      run: '{ horizon: 1m, drain: 5m }', flows: '  orders: { arrivals: { every: 1s }, route: [shop, [billing, audit]] }',
      faults: '  - { id: off, kind: stop, target: audit, at: 10.5s, for: 20s }',
      topology: `
  ns: { kind: service-bus-namespace }
  t: { kind: topic, in: ns, work: 10ms, partitioned: true }
  for-billing: { kind: subscription, in: ns, topic: t }
  for-audit: { kind: subscription, in: ns, topic: t }
  shop: { kind: service-bus-sender, to: t }
  billing: { kind: service-bus-receiver, from: for-billing, concurrency: 4, work: 100ms }
  audit: { kind: service-bus-receiver, from: for-audit, concurrency: 4, work: 100ms }`,
    }));
    expect(run.flow('orders/billing')).to.include({ delivered: 59, duplicates: 0 });
    expect(run.flow('orders/audit')).to.include({ delivered: 59, duplicates: 0 });
    expect(micro(run.flow('orders/billing').delay_max_s)).to.equal(0.11);
    expect(Number(run.flow('orders/audit').delay_max_s)).to.be.within(19, 20);
  });
});

describe('more that a queue can do', () => {
  it('a topic is full when what its subscriptions keep has its size', () => {
    const run = simulate(scenario({
      run: '{ horizon: 2m, drain: 0s }', flows: '  orders: { arrivals: { every: 1s, limit: 50 }, route: [shop, t, [slow, quick]], size: 1KiB }',
      topology: `
  north: { kind: datacenter }
  ns1: { kind: service-bus-namespace, in: north }
  t: { kind: topic, in: ns1, work: 10ms, size: 10KiB }
  s1: { kind: subscription, in: ns1, topic: t }
  s2: { kind: subscription, in: ns1, topic: t }
  shop: { kind: service-bus-sender, to: t }
  slow: { kind: service-bus-receiver, from: s1, concurrency: 1, work: 10m }
  quick: { kind: service-bus-receiver, from: s2, concurrency: 1, work: 100ms }`,
    }));
    // Only what the slow one keeps adds up.
    expect(run.flow('orders')).to.include({ accepted: 10, rejected: 40 });
    expect(run.causes('rejected')).to.deep.equal({ 't > full': 40 });
  });

  it('sessions: messages of one key come in their order, others overtake them', () => {
    const order = (queue: string) => simulate(oneQueue({
      queue, receiver: 'concurrency: 8, work: { exponential: 2s }', arrivals: '{ every: 500ms, limit: 200 }', flow: ', keys: 4', run: '{ horizon: 2m, drain: 30m }',
    })).flow('orders');
    expect(order('store: 3, sessions: true')).to.include({ delivered: 200, out_of_order: 0, duplicates: 0 });
    // Two seconds between messages of a key: the later overtakes with probability exp(-1)/2, so 37 of 200.
    expect(Number(order('store: 3').out_of_order)).to.be.within(20, 54);
  });

  it('forwarding: messages wait in the first queue while the second is away', () => {
    const run = simulate(scenario({
      run: '{ horizon: 1m, drain: 5m }', flows: '  orders: { arrivals: { every: 1s }, route: [shop, ledger] }',
      faults: '  - { id: away, kind: outage, target: ns2, at: 10.5s, for: 20s }',
      topology: `
  ns1: { kind: service-bus-namespace }
  ns2: { kind: service-bus-namespace }
  inbox: { kind: queue, in: ns1, work: 10ms, forward-to: target }
  target: { kind: queue, in: ns2, work: 10ms }
  shop: { kind: service-bus-sender, to: inbox }
  ledger: { kind: service-bus-receiver, from: target, concurrency: 4, work: 100ms }`,
    }));
    expect(run.flow('orders')).to.include({ accepted: 59, delivered: 59, rejected: 0, lost: 0, duplicates: 0 });
    expect(run.flow('orders').accept_availability).to.equal(1);
    expect(run.ledger.effectsIn(10.7, 30.5).length).to.equal(0);
  });

  it('an accepted message may stay invisible for a while', () => {
    const run = simulate(oneQueue({ queue: 'store: 3, invisible: { share: 10%, time: 5m }' }));
    const late = run.ledger.effects.filter(({ n, time }) => time - (n + 1) > 299);
    // Binomial (599, 10 %): 60 within three standard deviations.
    expect(late.length).to.be.within(38, 82);
    expect(run.flow('orders')).to.include({ delivered: 599, lost: 0 });
    for (const { n, time } of late) expect(micro(time - (n + 1))).to.equal(300.11);
  });

  it('more operations than the namespace has credits for: sends are told to wait, and none is lost', () => {
    const busy = (sender: string) => simulate(oneQueue({
      sender, arrivals: '{ batch: { every: 10s, size: 30 }, limit: 30 }', receiver: 'concurrency: 30, work: 1s', run: '{ horizon: 1m, drain: 5m }',
    }).replace('in: north }', 'in: north, credits: 10/s }'));
    // Ten in the first second; the others ten seconds later, and so on.
    const patient = busy('client: modern');
    expect(patient.flow('orders')).to.include({ delivered: 30, rejected: 0, lost: 0 });
    expect(busy('retries: 0').flow('orders')).to.include({ delivered: 10, rejected: 20 });
    expect(busy('retries: 0').causes('rejected')).to.deep.equal({ 'q > busy': 20 });
  });

  /** Ten messages wait when the receiver comes back at 20 s; the namespace has credits for four operations a second. */
  const behind = (receiver: string, topology = '') => simulate(oneQueue({
    arrivals: '{ every: 1s, limit: 10 }', receiver: `concurrency: 30, work: 100ms${receiver}`, run: '{ horizon: 1m, drain: 5m }', faults: '  - { id: off, kind: stop, target: ledger, at: 0s, for: 20s }', topology,
  }).replace('in: north }', 'in: north, credits: 4/s }'));
  const taken = (run: ReturnType<typeof behind>): number[] => run.ledger.effects.map(({ time }) => micro(time - 0.1));

  it('more operations than the namespace has credits for: receivers are told to wait, and none is lost', () => {
    const classic = behind('');
    expect(classic.flow('orders')).to.include({ delivered: 10, duplicates: 0, receives: 10 });
    expect(taken(classic)).to.deep.equal([20, 20, 20, 20, 30, 30, 30, 30, 40, 40]);
    expect(taken(behind(', busy-wait: 2s'))).to.deep.equal([20, 20, 20, 20, 22, 22, 22, 22, 24, 24]);
  });

  it('a member that waits does not keep another from taking, and forgets it when it starts anew', () => {
    const two = behind(', on: [a, b]', '\n  a: { kind: server }\n  b: { kind: server }');
    // Both are turned away at 20 s.
    expect(taken(two)).to.deep.equal([20, 20, 20, 20, 30, 30, 30, 30, 40, 40]);
    const anew = simulate(oneQueue({
      arrivals: '{ every: 1s, limit: 10 }', receiver: 'concurrency: 30, work: 100ms, restart: 1s', run: '{ horizon: 1m, drain: 5m }',
      faults: '  - { id: off, kind: stop, target: ledger, at: 0s, for: 20s }\n  - { id: dies, kind: crash, target: ledger, at: 22s }',
    }).replace('in: north }', 'in: north, credits: 4/s }'));
    expect(taken(anew)).to.deep.equal([20, 20, 20, 20, 23, 23, 23, 23, 33, 33]);
  });

  it('messages that a queue sends on are counted, and never turned away', () => {
    const run = simulate(oneQueue({
      arrivals: '{ batch: { every: 10s, size: 2 }, limit: 2 }', queue: 'store: 3, forward-to: second', receiver: 'concurrency: 30, work: 100ms, busy-wait: 2s', run: '{ horizon: 1m, drain: 5m }',
      topology: '\n  second: { kind: queue, in: primary, work: 0s, store: 3 }',
    }).replace('in: north }', 'in: north, credits: 6/s }').replace('from: q,', 'from: second,'));
    // Two sends, two taken to be sent on, two sends on: the first receive, at 10.02 s, is the seventh operation of its second.
    expect(taken(run)).to.deep.equal([12.02, 12.02]);
  });
});

describe('time to live of a queue', () => {
  const one = { arrivals: '{ every: 1s, limit: 1 }', run: '{ horizon: 1m, drain: 10m }' };

  it('is over while a message is locked: it expires when the lock ends, and is not delivered again', () => {
    const run = simulate(oneQueue({ ...one, queue: 'store: 3, time-to-live: 10s, lock-duration: 20s', receiver: 'concurrency: 1, work: 1m', faults: '  - { id: dies, kind: crash, target: ledger, at: 5s, for: 1s }' }));
    expect(run.flow('orders')).to.include({ delivered: 0, expired: 1, receives: 1 });
    expect(micro(run.ledger.fateOf(0).time)).to.equal(21.01);
  });

  it('is over while a younger message waits for the end of its own', () => {
    const run = simulate(oneQueue({
      arrivals: '{ every: 11s, limit: 2 }', run: '{ horizon: 1m, drain: 10m }', queue: 'store: 3, time-to-live: 20s, lock-duration: 15s', receiver: 'concurrency: 1, work: 1m, restart: 10m',
      faults: '  - { id: dies, kind: crash, target: ledger, at: 12s }',
    }));
    // Taken at 11.01 s, there again at 26.01 s, over at 31.01 s; the second came at 22.01 s.
    expect([0, 1].map((n) => micro(run.ledger.fateOf(n).time))).to.deep.equal([31.01, 42.01]);
  });

  it('is over while its store is away: it expires when that is back', () => {
    const run = simulate(oneQueue({ ...one, queue: 'store: 3, time-to-live: 10s', faults: '  - { id: off, kind: stop, target: ledger, at: 0s, for: 60s }\n  - { id: away, kind: outage, target: primary/store3, at: 5s, for: 20s }' }));
    expect(run.flow('orders')).to.include({ delivered: 0, expired: 1 });
    expect(micro(run.ledger.fateOf(0).time)).to.equal(25);
  });

  it('is over while it is to be sent on, and the other queue is away', () => {
    const run = simulate(oneQueue({
      arrivals: '{ every: 1s, limit: 300 }', run: '{ horizon: 10m, drain: 10m }', queue: 'store: 3, time-to-live: 1m, forward-to: second', topology: '\n  second: { kind: queue, in: primary, work: 0s, store: 4 }',
      faults: '  - { id: away, kind: outage, target: second, at: 100.5s, for: 2m }',
    }).replace('from: q,', 'from: second,'));
    // Offered at 101 s to 160 s; tried each second.
    expect(run.flow('orders')).to.include({ delivered: 240, expired: 60, lost: 0 });
  });
});
