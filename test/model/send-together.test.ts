/** Several messages in one transaction: all of them are stored or none, and they have one answer. */
import { expect } from 'chai';
import { micro, scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

interface Choice { readonly terms?: string; readonly queue?: string; readonly arrivals?: string; readonly flow?: string; readonly receiver?: string; readonly namespace?: string; readonly sender?: string }

/** Five messages each 5 s, all at once, in one transaction; every time a constant. */
function five(choice: Choice & Parts = {}): Replication {
  const { terms = 'messages: 5', queue = '', arrivals = '{ batch: { every: 5s, size: 5 }, limit: 50 }', flow = '', receiver = 'concurrency: 8, work: 100ms', namespace = '', sender = '' } = choice;
  return simulate(scenario({
    run: '{ horizon: 1m, drain: 30m }',
    flows: `  orders: { arrivals: ${arrivals}, route: [shop, ledger]${flow} }`,
    ...choice,
    topology: `
  north: { kind: datacenter }
  primary: { kind: service-bus-namespace, in: north${namespace} }
  q: { kind: queue, in: primary, work: 10ms${queue} }
  shop: { kind: service-bus-sender, to: q, transaction: { ${terms} }${sender} }
  ledger: { kind: service-bus-receiver, from: q, ${receiver} }${choice.topology ?? ''}`,
  }));
}

/** How many messages of each transaction had an effect, by the number of the first. */
const effectsByFive = (run: Replication): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { n } of run.ledger.effects) counts[Math.floor(n / 5)] = (counts[Math.floor(n / 5)] ?? 0) + 1;
  return counts;
};

describe('messages in one transaction', () => {
  it('nothing fails: each is sent, stored and delivered once, in its order', () => {
    const run = five({ receiver: 'concurrency: 1, work: 100ms' });
    expect(run.flow('orders')).to.include({ offered: 50, delivered: 50, sends: 50, receives: 50, duplicates: 0, out_of_order: 0, rejected: 0 });
    // Offered at 5 s, stored at 5.01 s.
    expect(run.ledger.effects.slice(0, 5).map(({ n, time }) => [n, micro(time)])).to.deep.equal([[0, 5.11], [1, 5.21], [2, 5.31], [3, 5.41], [4, 5.51]]);
  });

  it('is sent when the last of its messages has come, and is over when all are ready to be put', () => {
    const run = five({ arrivals: '{ every: 1s, limit: 10 }', receiver: 'concurrency: 8, work: 100ms' });
    expect(run.ledger.effects.map(({ time }) => micro(time))).to.deep.equal([...Array(5).fill(5.11), ...Array(5).fill(10.11)]);
  });

  it('one that fails takes the others back', () => {
    const run = five({ faults: '  - { id: fails, kind: error, target: q, count: 1, at: 12s }' });
    expect(run.flow('orders')).to.include({ accepted: 45, delivered: 45, rejected: 5, lost: 0 });
    expect(run.causes('rejected')).to.deep.equal({ 'fails > q > failed in work': 5 });
    expect(effectsByFive(run)).to.not.have.property('2');
  });

  it('one that is not even taken keeps the others from being sent', () => {
    const run = five({ faults: '  - { id: fails, kind: error, target: q, step: taken, count: 1, at: 12s }' });
    expect(run.flow('orders')).to.include({ delivered: 45, rejected: 5, sends: 46 });
  });

  it('finds room for all or for none', () => {
    const run = five({ queue: ', size: 12KiB', flow: ', size: 1KiB', receiver: 'concurrency: 1, work: 20m', run: '{ horizon: 1m, drain: 0s }' });
    expect(run.flow('orders')).to.include({ accepted: 10, rejected: 40 });
    expect(run.causes('rejected')).to.deep.equal({ 'q > full': 40 });
  });

  it('has one answer: when it is lost, a repetition doubles all of it, unless the queue knows the ids', () => {
    const lost = (queue: string): Replication => five({ queue, flow: ', client: { retry: 1, backoff: 1m, timeout: 5m }', faults: '  - { id: acks, kind: ack-loss, target: q, probability: 100%, at: 12s, for: 5s }' });
    const plain = lost('');
    expect(plain.flow('orders')).to.include({ delivered: 50, duplicates: 5, rejected: 0 });
    expect(effectsByFive(plain)[2]).to.equal(10);
    expect(plain.causes('duplicate')).to.deep.equal({ 'acks > q > put, answer lost': 5 });
    expect(lost(', duplicate-detection: 10m').flow('orders')).to.include({ delivered: 50, duplicates: 0, suppressed: 5 });
  });

  it('has one answer: the coin of a lost answer is tossed once', () => {
    const run = five({ flow: ', client: { retry: 1, backoff: 1m, timeout: 5m }', arrivals: '{ batch: { every: 5s, size: 5 }, limit: 500 }', run: '{ horizon: 10m, drain: 30m }', faults: '  - { id: acks, kind: ack-loss, target: q, probability: 50%, at: 0s, for: 10m }' });
    const counts = Object.values(effectsByFive(run));
    expect(counts.length).to.equal(100);
    // All of a transaction twice, or none; about half of them, 50 ± 3 · 5.
    expect(new Set(counts)).to.deep.equal(new Set([5, 10]));
    expect(counts.filter((count) => count === 10).length).to.be.within(35, 65);
  });

  it('a queue that goes away with the commit has committed, and nobody knows', () => {
    const run = five({ flow: ', client: { retry: 1, backoff: 1m }', arrivals: '{ batch: { every: 5s, size: 5 }, limit: 5 }', faults: '  - { id: away, kind: outage, target: q, when: { component: q, step: put, nth: 2 }, for: 10s }' });
    expect(run.flow('orders')).to.include({ delivered: 5, duplicates: 5, lost: 0 });
    expect(run.causes('duplicate')).to.deep.equal({ 'away > q > put, not settled': 5 });
  });

  it('a queue that goes away with the first of the answers has given all of them', () => {
    const run = five({ flow: ', client: { retry: 0 }', arrivals: '{ batch: { every: 5s, size: 5 }, limit: 5 }', faults: '  - { id: away, kind: outage, target: q, when: { component: q, step: settled, nth: 1 }, for: 10s }' });
    expect(run.flow('orders')).to.include({ accepted: 5, delivered: 5, duplicates: 0 });
  });

  it('a queue that goes away before has stored nothing', () => {
    const run = five({ flow: ', client: { retry: 0 }', arrivals: '{ batch: { every: 5s, size: 5 }, limit: 5 }', faults: '  - { id: away, kind: outage, target: q, when: { component: q, step: worked, nth: 3 }, for: 10s }' });
    expect(run.flow('orders')).to.include({ delivered: 0, rejected: 5, lost: 0 });
  });

  it('a sender that dies in between has committed what was sent, and nothing of what was not complete', () => {
    const run = five({ arrivals: '{ every: 1s, limit: 8 }', sender: ', restart: 2s', faults: '  - { id: dies, kind: crash, target: shop, at: 8.5s }', flow: ', client: { retry: 0 }' });
    expect(run.flow('orders')).to.include({ delivered: 5, rejected: 3, duplicates: 0 });
    expect(run.causes('rejected')).to.deep.equal({ 'dies > shop > taken, connection broken': 3 });
    const sent = five({ arrivals: '{ batch: { every: 5s, size: 5 }, limit: 5 }', sender: ', restart: 2s', faults: '  - { id: dies, kind: crash, target: shop, at: 5.005s }', flow: ', client: { retry: 0 }' });
    expect(sent.flow('orders')).to.include({ delivered: 5, rejected: 0, duplicates: 0 });
  });

  it('a sender that is stopped rolls back what it had begun', () => {
    const run = five({ arrivals: '{ every: 1s, limit: 8 }', faults: '  - { id: off, kind: stop, target: shop, at: 8.5s, for: 1m }', flow: ', client: { retry: 0, timeout: 5m }' });
    expect(run.flow('orders')).to.include({ delivered: 5, rejected: 3 });
    expect(run.causes('rejected')).to.deep.equal({ 'shop > transaction not committed': 3 });
    expect(micro(run.ledger.fateOf(7).time)).to.equal(8.5);
  });

  it('what does not come together in time is rolled back', () => {
    const run = five({ terms: 'messages: 5, timeout: 30s', arrivals: '{ every: 1s, limit: 7 }', flow: ', client: { retry: 0, timeout: 5m }' });
    expect(run.flow('orders')).to.include({ delivered: 5, rejected: 2 });
    expect(run.causes('rejected')).to.deep.equal({ 'shop > transaction not complete in time': 2 });
    // The sixth came at 6 s.
    expect([5, 6].map((n) => micro(run.ledger.fateOf(n).time))).to.deep.equal([36, 36]);
  });

  it('a sender that stands still when the time is over rolls back as soon as it goes on', () => {
    const run = five({ terms: 'messages: 5, timeout: 30s', arrivals: '{ every: 1s, limit: 7 }', flow: ', client: { retry: 0, timeout: 5m }', faults: '  - { id: still, kind: hang, target: shop, at: 20s, for: 1m }' });
    expect(run.causes('rejected')).to.deep.equal({ 'shop > transaction not complete in time': 2 });
    expect([5, 6].map((n) => micro(run.ledger.fateOf(n).time))).to.deep.equal([80, 80]);
  });

  it('is not committed after its time, though the queue goes on', () => {
    const hang = (lasts: string): Replication => five({ arrivals: '{ batch: { every: 5s, size: 5 }, limit: 5 }', flow: ', client: { retry: 0, timeout: 10m }', faults: `  - { id: still, kind: hang, target: q, at: 5.005s, for: ${lasts} }` });
    // The client gives up after a minute and does not know; the transaction ends after two.
    expect(hang('100s').flow('orders')).to.include({ delivered: 5 });
    expect(hang('130s').flow('orders')).to.include({ delivered: 0, rejected: 5 });
  });

  it('shares the credits of its namespace with all others: without one for each message it is refused', () => {
    const run = five({ namespace: ', credits: 7/s', arrivals: '{ batch: { every: 10s, size: 10 }, limit: 10 }', flow: ', client: { retry: 0 }' });
    expect(run.flow('orders')).to.include({ delivered: 5, rejected: 5 });
    expect(run.causes('rejected')).to.deep.equal({ 'q > busy': 5 });
  });
});

describe('a transaction and the keys of a partitioned queue', () => {
  it('refuses messages without a key, and different keys; a queue in one store takes both', () => {
    const own = (queue: string, flow: string): Replication => five({ queue, flow });
    expect(own(', partitioned: true', '').causes('rejected')).to.deep.equal({ 'q > no key in a transaction': 50 });
    expect(own(', partitioned: true', ', keys: 7').causes('rejected')).to.deep.equal({ 'q > different keys in one transaction': 50 });
    expect(own('', '').flow('orders')).to.include({ delivered: 50 });
    expect(own('', ', keys: 7').flow('orders')).to.include({ delivered: 50 });
    expect(own(', partitioned: true', ', keys: 1').flow('orders')).to.include({ delivered: 50 });
  });

  it('same: messages of one key come together', () => {
    const run = five({ terms: 'messages: 5, key: same', queue: ', partitioned: true', flow: ', keys: 2', arrivals: '{ every: 1s, limit: 20 }' });
    expect(run.flow('orders')).to.include({ delivered: 20, rejected: 0 });
    // Even numbers are complete with 8 at 9 s, odd ones with 9 at 10 s.
    const sorted = [...run.ledger.effects].sort((a, b) => a.n - b.n);
    expect(sorted.slice(0, 10).map(({ time }) => micro(time))).to.deep.equal([9.11, 10.11, 9.11, 10.11, 9.11, 10.11, 9.11, 10.11, 9.11, 10.11]);
  });

  it('transaction: all of one lie in the fragment of its key, and fail or wait with it', () => {
    const run = five({
      terms: 'messages: 5, key: transaction', queue: ', partitioned: true', flow: ', client: { retry: 0 }', arrivals: '{ batch: { every: 1s, size: 5 }, limit: 2000 }', run: '{ horizon: 10m, drain: 30m }',
      faults: '  - { id: away, kind: outage, target: primary/store3, at: 0s, for: 20m }',
    });
    // Of 400 transactions one in sixteen: 25 ± 3 · 4.8.
    const rejected = Number(run.flow('orders').rejected);
    expect(rejected % 5).to.equal(0);
    expect(rejected / 5).to.be.within(11, 39);
    expect(new Set(Object.values(effectsByFive(run)))).to.deep.equal(new Set([5]));
    expect(run.fault('away')).to.include({ flows_stopped: 0, flows_degraded: 1 });
  });

  it('a queue with sessions takes no key but that of the message', () => {
    expect(five({ terms: 'messages: 5, key: transaction', queue: ', sessions: true', flow: ', keys: 3' }).causes('rejected')).to.deep.equal({ 'q > key of the transaction is not that of the session': 50 });
    expect(five({ terms: 'messages: 5, key: same', queue: ', sessions: true, partitioned: true', flow: ', keys: 2' }).flow('orders')).to.include({ delivered: 50, out_of_order: 0 });
  });
});
