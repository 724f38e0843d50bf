/** A receiver that sends on: what becomes of a message when it dies in between, is too slow, or hears nothing; without and with a transaction. */
import { expect } from 'chai';
import { micro, scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

/** From a first queue over a worker to a second; every time a constant. */
function chain(worker: string, parts: Parts & { readonly first?: string; readonly second?: string; readonly arrivals?: string } = {}): Replication {
  const { first = '', second = '', arrivals = '{ every: 1s, limit: 10 }' } = parts;
  return simulate(scenario({
    run: '{ horizon: 1m, drain: 30m }',
    flows: `  orders: { arrivals: ${arrivals}, route: [shop, worker, ledger] }`,
    ...parts,
    topology: `
  north: { kind: datacenter }
  ns: { kind: service-bus-namespace, in: north }
  q1: { kind: queue, in: ns, work: 10ms, store: 1${first} }
  q2: { kind: queue, in: ns, work: 10ms, store: 2${second} }
  shop: { kind: service-bus-sender, to: q1 }
  worker: { kind: service-bus-receiver, from: q1, to: q2, restart: 5s, ${worker} }
  ledger: { kind: service-bus-receiver, from: q2, concurrency: 10, work: 100ms }`,
  }));
}
const PLAIN = 'work: 200ms';
const JOINT = 'work: 200ms, transaction: true';

describe('a receiver that sends on', () => {
  it('nothing fails: each message passes once, with or without a transaction', () => {
    for (const worker of [PLAIN, JOINT]) {
      const run = chain(worker);
      expect(run.flow('orders')).to.include({ delivered: 10, duplicates: 0, lost: 0, receives: 20, in_flight: 0 });
      // 10 ms, 200 ms, 10 ms, 100 ms.
      expect(micro(run.ledger.effects[0].time)).to.equal(1.32);
      expect(run.ledger.gauges.filter(({ gauge, member }) => gauge === 'messages' && member === 'q1').at(-1)?.value).to.equal(0);
    }
  });

  it('dies when it has sent and not settled: sent again, or settled with it', () => {
    const dies = '  - { id: dies, kind: crash, target: worker, when: { component: worker, step: put, nth: 3 } }';
    const plain = chain(PLAIN, { faults: dies });
    expect(plain.flow('orders')).to.include({ delivered: 10, duplicates: 1, lost: 0 });
    expect(plain.causes('duplicate')).to.deep.equal({ 'dies > worker > put, not settled': 1 });
    expect(chain(JOINT, { faults: dies }).flow('orders')).to.include({ delivered: 10, duplicates: 0, lost: 0 });
  });

  it('does not hear that its send was accepted: sent again, or done', () => {
    const acks = '  - { id: acks, kind: ack-loss, target: q2, probability: 100%, at: 4.1s, for: 1s }';
    expect(chain(`${PLAIN}, concurrency: 9, timeout: 5s`, { faults: acks }).flow('orders')).to.include({ delivered: 10, duplicates: 1 });
    const joint = chain(`${JOINT}, concurrency: 9, timeout: 5s`, { faults: acks });
    expect(joint.flow('orders')).to.include({ delivered: 10, duplicates: 0, lost: 0, receives: 20 });
  });

  it('dies while its send is under way: what nobody commits is neither sent nor settled', () => {
    const dies = '  - { id: dies, kind: crash, target: worker, at: 3.215s }';
    expect(chain(PLAIN, { faults: dies }).flow('orders')).to.include({ delivered: 10, duplicates: 1 });
    expect(chain(JOINT, { faults: dies }).flow('orders')).to.include({ delivered: 10, duplicates: 0, lost: 0 });
  });

  it('has lost its lock: what it does is not committed', () => {
    const slow = { first: ', lock-duration: 5s, max-delivery-count: 3', arrivals: '{ every: 1s, limit: 1 }' };
    const plain = chain('work: 7s, concurrency: 5', slow);
    // Done three times, 5 s apart; each is sent on.
    expect(plain.flow('orders')).to.include({ delivered: 1, duplicates: 2 });
    const joint = chain('work: 7s, concurrency: 5, transaction: true', slow);
    expect(joint.flow('orders')).to.include({ delivered: 0, dead_lettered: 1, duplicates: 0 });
  });

  it('in a transaction nothing is tried again: the message is given back and delivered anew', () => {
    const away = '  - { id: away, kind: outage, target: ns/store2, at: 0s, for: 20s }';
    const parts = { faults: away, arrivals: '{ every: 1s, limit: 1 }' };
    // The tries of 1.21 s to 16.21 s fail, those of the second delivery until 23.41 s too; then the last receiver has it.
    expect(chain(PLAIN, parts).flow('orders')).to.include({ delivered: 1, receives: 3 });
    // Ten deliveries of 200 ms are over long before the store is back.
    expect(chain(JOINT, parts).flow('orders')).to.include({ delivered: 0, dead_lettered: 1, receives: 10 });
    expect(micro(chain(JOINT, { ...parts, first: ', max-delivery-count: 2000' }).ledger.effects[0].time)).to.be.within(20.1, 20.4);
  });

  it('a target that is full, or knows the id, is as for any send', () => {
    const full = chain(JOINT, { second: ', size: 1KiB', arrivals: '{ every: 1s, limit: 3 }', first: ', max-delivery-count: 1', faults: '  - { id: off, kind: stop, target: ledger, at: 0s, for: 20m }' });
    expect(full.flow('orders')).to.include({ delivered: 1, dead_lettered: 2, lost: 0 });
    const acks = '  - { id: acks, kind: ack-loss, target: worker, probability: 100%, at: 4.1s, for: 1s }';
    expect(chain(PLAIN, { faults: acks, second: ', duplicate-detection: 10m' }).flow('orders')).to.include({ delivered: 10, duplicates: 0, suppressed: 1 });
    expect(chain(JOINT, { faults: acks, second: ', duplicate-detection: 10m' }).flow('orders')).to.include({ delivered: 10, duplicates: 0, suppressed: 0 });
  });

  it('receive and delete: what it cannot send on is lost', () => {
    const run = chain(`${PLAIN}, mode: receive-and-delete`, { faults: '  - { id: away, kind: outage, target: ns/store2, at: 3s, for: 1m }', arrivals: '{ every: 1s, limit: 5 }' });
    expect(run.flow('orders')).to.include({ delivered: 2 });
    expect(run.causes('lost')).to.deep.equal({ 'away > q2 > refused': 3 });
  });
});
