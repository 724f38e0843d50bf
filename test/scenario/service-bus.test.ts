/** What is wrong with a Service Bus topology is said with rule, place and remedy. */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';

const SOUND: Readonly<Record<string, string>> = {
  north: '{ kind: datacenter }', south: '{ kind: datacenter }',
  ns1: '{ kind: service-bus-namespace, in: north }', ns2: '{ kind: service-bus-namespace, in: south }',
  q1: '{ kind: queue, in: ns1 }', q2: '{ kind: queue, in: ns2 }',
  shop: '{ kind: service-bus-sender, to: [q1, q2], replication: passive }',
  ledger: '{ kind: service-bus-receiver, from: [q1, q2], remember: {} }',
};

/** `code severity text of the place`. */
function told(changes: Readonly<Record<string, string>>, route = '[shop, ledger]', faults = ''): string[] {
  const text = `version: 1\nname: sb\nrun: { horizon: 1h }\ntopology:\n${Object.entries({ ...SOUND, ...changes }).map(([name, value]) => `  ${name}: ${value}`).join('\n')}\nflows:\n  orders: { arrivals: { every: 1s }, route: ${route} }\n${faults}`;
  const lines = text.split('\n');
  return readScenario({ text, file: '<stdin>' }, {}, catalogue).diagnostics.map(({ rule, code, severity, at }) => `${rule?.name ?? code} ${severity} ${lines[at.line - 1].slice(at.column - 1, at.endColumn - 1)}`);
}

describe('rules about Service Bus', () => {
  it('a sound topology has nothing said about it', () => {
    expect(told({})).to.deep.equal([]);
  });

  it('L21: namespaces of a replication in one datacenter, or one namespace', () => {
    expect(told({ ns2: '{ kind: service-bus-namespace, in: north }' })).to.deep.equal(['L21 error shop']);
    expect(told({ q2: '{ kind: queue, in: ns1 }' })).to.deep.equal(['L21 error shop']);
    expect(told({ q2: '{ kind: queue, in: ns1 }', shop: '{ kind: service-bus-sender, to: q1 }', ledger: '{ kind: service-bus-receiver, from: q1 }' })).to.deep.equal([]);
  });

  it('L21: the second of paired namespaces, or the other region of an alias, beside the first', () => {
    const pair = (place: string): Record<string, string> => ({
      aside: `{ kind: backlog-queue, in: ${place}, count: 3 }`, pump: '{ kind: syphon, from: aside*, to: q1 }', ledger: '{ kind: service-bus-receiver, from: q1 }',
      shop: '{ kind: service-bus-sender, to: q1, paired: { backlog: aside* } }',
    });
    expect(told(pair('ns2'))).to.deep.equal([]);
    expect(told(pair('ns1'))).to.deep.equal(['L21 error shop']);
    const alias = { q: '{ kind: alias, active: q1, passive: q2 }', shop: '{ kind: service-bus-sender, to: q }', ledger: '{ kind: service-bus-receiver, from: q }' };
    expect(told(alias)).to.deep.equal([]);
    expect(told({ ...alias, q2: '{ kind: queue, in: ns1 }' })).to.deep.equal(['L21 error q']);
  });

  it('L23: a receiver of both that remembers nothing', () => {
    expect(told({ ledger: '{ kind: service-bus-receiver, from: [q1, q2] }' })).to.deep.equal(['L23 warning ledger']);
    const two = (list: string): string[] => told({ app: '{ kind: server, count: 2 }', ledger: `{ kind: service-bus-receiver, on: app*, from: [q1, q2], remember: ${list} }` });
    expect(two('{}')).to.deep.equal(['L23 warning ledger']);
    expect(two('{ durable: true }')).to.deep.equal([]);
  });

  it('L24: a token service is a single point of failure', () => {
    expect(told({ acs: '{ kind: token-service }', ns1: '{ kind: service-bus-namespace, in: north, auth: acs, token-service: acs }' })).to.deep.equal(['L24 warning ns1']);
  });

  it('L25: a client of a partitioned queue that waits 15 s or less', () => {
    expect(told({ q1: '{ kind: queue, in: ns1, partitioned: true }', shop: '{ kind: service-bus-sender, to: [q1, q2], replication: passive, timeout: 15s }' })).to.deep.equal(['L25 warning shop']);
    expect(told({ q1: '{ kind: queue, in: ns1, partitioned: true }', shop: '{ kind: service-bus-sender, to: [q1, q2], replication: passive, timeout: 16s }' })).to.deep.equal([]);
  });

  it('L27: a lock shorter than the work', () => {
    expect(told({ ledger: '{ kind: service-bus-receiver, from: [q1, q2], remember: {}, work: 90s }' })).to.deep.equal(['L27 warning ledger', 'L27 warning ledger']);
    expect(told({ ledger: '{ kind: service-bus-receiver, from: [q1, q2], remember: {}, work: 90s, renew: 5m }' })).to.deep.equal([]);
    expect(told({ ledger: '{ kind: service-bus-receiver, from: [q1, q2], remember: {}, work: 90s, mode: receive-and-delete }' })).to.deep.equal([]);
  });
});

describe('wrong values of Service Bus', () => {
  it('a lock of more than five minutes, a window out of range, tokens without an issuer, replication to one queue', () => {
    expect(told({ q1: '{ kind: queue, in: ns1, lock-duration: 6m }' }).join()).to.match(/^HS\d+ error 6m/);
    expect(told({ q1: '{ kind: queue, in: ns1, duplicate-detection: 10s }' }).join()).to.match(/^HS\d+ error 10s/);
    expect(told({ q1: '{ kind: queue, in: ns1, duplicate-detection: 8d }' }).join()).to.match(/^HS\d+ error 8d/);
    expect(told({ ns1: '{ kind: service-bus-namespace, in: north, auth: acs }' })).to.deep.equal(['HS040 error ns1']);
    expect(told({ shop: '{ kind: service-bus-sender, to: [q1], replication: active }' })).to.include('HS040 error shop');
    expect(told({ shop: '{ kind: service-bus-sender, to: [q1, q2] }' })).to.include('HS040 error shop');
  });

  it('a transaction of several queues, of a client queue, with too few workers, with tries of its own', () => {
    const shop = (more: string): string[] => told({ shop: `{ kind: service-bus-sender, to: q1, transaction: { messages: 5 }, ${more} }`, ledger: '{ kind: service-bus-receiver, from: q1 }' });
    expect(shop('concurrency: 5')).to.deep.equal([]);
    expect(shop('concurrency: 4, client-queue: {}, retries: 0')).to.deep.equal(['HS040 error shop', 'HS040 error shop', 'HS040 error shop']);
    expect(told({ shop: '{ kind: service-bus-sender, to: [q1, q2], replication: passive, transaction: { messages: 5 } }' })).to.deep.equal(['HS040 error shop']);
    expect(told({ shop: '{ kind: service-bus-sender, to: q1, transaction: { messages: 1 } }', ledger: '{ kind: service-bus-receiver, from: q1 }' }).join()).to.match(/^HS\d+ error 1$/);
  });

  it('a transaction whose messages have no key, or different ones, for a partitioned queue', () => {
    const sends = (transaction: string, keys: string, queue = 'partitioned: true'): string[] => told({
      q1: `{ kind: queue, in: ns1, ${queue} }`, shop: `{ kind: service-bus-sender, to: q1, transaction: { messages: 5${transaction} } }`, ledger: '{ kind: service-bus-receiver, from: q1 }',
    }, `[shop, ledger]${keys}`);
    expect(sends('', '')).to.deep.equal(['HS046 warning q1']);
    expect(sends(', key: same', '')).to.deep.equal(['HS046 warning q1']);
    expect(sends(', key: transaction', '')).to.deep.equal([]);
    expect(sends('', ', keys: 7')).to.deep.equal(['HS046 warning q1']);
    expect(sends('', ', keys: 1')).to.deep.equal([]);
    expect(sends(', key: same', ', keys: 7')).to.deep.equal([]);
    expect(sends('', '', 'store: 1')).to.deep.equal([]);
    expect(sends('', ', size: 1KiB', 'size: 4KiB')).to.deep.equal(['HS046 warning q1']);
    expect(sends('', ', size: 1KiB', 'size: 5KiB')).to.deep.equal([]);
    const credits = (count: number): string[] => told({ ns1: `{ kind: service-bus-namespace, in: north, credits: ${String(count)}/s }`, shop: '{ kind: service-bus-sender, to: q1, transaction: { messages: 5 } }', ledger: '{ kind: service-bus-receiver, from: q1 }' });
    expect(credits(4)).to.deep.equal(['HS046 warning q1']);
    expect(credits(5)).to.deep.equal([]);
    expect(sends(', key: transaction', ', keys: 7', 'sessions: true')).to.deep.equal(['HS046 warning q1']);
  });

  it('a receiver that sends on: in a transaction within one namespace, not into its own queue, with locks', () => {
    const worker = (values: string, changes: Readonly<Record<string, string>> = {}): string[] => told({
      shop: '{ kind: service-bus-sender, to: q1 }', q3: '{ kind: queue, in: ns1 }', worker: `{ kind: service-bus-receiver, from: q1, ${values} }`, ledger: '{ kind: service-bus-receiver, from: [q2, q3] }', ...changes,
    }, '[shop, worker, ledger]');
    expect(worker('to: q3, transaction: true')).to.deep.equal([]);
    expect(worker('to: q2')).to.deep.equal([]);
    expect(worker('to: q2, transaction: true')).to.deep.equal(['HS046 error q2']);
    expect(worker('to: q, transaction: true', { q: '{ kind: alias, active: q3, passive: q2 }' })).to.deep.equal(['HS046 error q']);
    expect(worker('to: q3, transaction: true, mode: receive-and-delete')).to.deep.equal(['HS040 error worker']);
    expect(worker('to: q3, remember: {}')).to.deep.equal(['HS040 error worker']);
    expect(worker('to: q1')).to.include('HS040 error worker');
    expect(worker('transaction: true')).to.include('HS040 error worker');
  });

  it('a route whose receiver takes from another queue', () => {
    expect(told({ q3: '{ kind: queue, in: ns1 }', other: '{ kind: service-bus-receiver, from: q3 }' }, '[shop, other]')).to.deep.equal(['HS052 error other']);
    expect(told({ q3: '{ kind: queue, in: ns1, forward-to: q1 }', feeder: '{ kind: service-bus-sender, to: q3 }' }, '[feeder, ledger]')).to.deep.equal([]);
  });

  it('a queue in a store that is not there, a subscription in another namespace than its topic', () => {
    expect(told({ q1: '{ kind: queue, in: ns1, store: 17 }' })).to.deep.equal(['HS047 error 17']);
    expect(told({ q1: '{ kind: queue, in: ns1, store: 16 }' })).to.deep.equal([]);
    expect(told({ ns1: '{ kind: service-bus-namespace, in: north, stores: 2 }', q1: '{ kind: queue, in: ns1, store: 3 }' })).to.deep.equal(['HS047 error 3']);
    expect(told({ t: '{ kind: topic, in: ns1 }', s: '{ kind: subscription, in: ns2, topic: t }' })).to.deep.equal(['HS047 error ns2']);
  });

  it('queues that send on in a circle, more than four times, or from under a receiver', () => {
    const one = { shop: '{ kind: service-bus-sender, to: q1 }', ledger: '{ kind: service-bus-receiver, from: q2 }' };
    const chain = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, k) => [`c${String(k)}`, `{ kind: queue, in: ns1, forward-to: ${k + 1 < count ? `c${String(k + 1)}` : 'q2'} }`]));
    expect(told({ ...one, q1: '{ kind: queue, in: ns1, forward-to: q2 }', q3: '{ kind: queue, in: ns1, forward-to: q4 }', q4: '{ kind: queue, in: ns1, forward-to: q3 }' })).to.deep.equal(['HS048 error q4']);
    expect(told({ ...one, q1: '{ kind: queue, in: ns1, forward-to: c0 }', ...chain(3) })).to.deep.equal([]);
    expect(told({ ...one, q1: '{ kind: queue, in: ns1, forward-to: c0 }', ...chain(4) })).to.deep.equal(['HS048 error c0']);
    expect(told({ ...one, q1: '{ kind: queue, in: ns1, forward-to: q2 }', ledger: '{ kind: service-bus-receiver, from: [q1, q2] }' })).to.deep.equal(['HS048 error [q1, q2]']);
  });

  it('a receiver of what cannot be read: nothing is said of the route', () => {
    const shop = '{ kind: service-bus-sender, to: t }';
    expect(told({ t: '{ kind: topic, in: ns1 }', s: '{ kind: subscription, topic: t }', shop, ledger: '{ kind: service-bus-receiver, from: s }' })).to.deep.equal(['HS010 error s']);
    // A sound one, of another topic.
    expect(told({ t: '{ kind: topic, in: ns1 }', u: '{ kind: topic, in: ns1 }', s: '{ kind: subscription, in: ns1, topic: u }', shop, ledger: '{ kind: service-bus-receiver, from: s }' })).to.deep.equal(['HS052 error ledger']);
  });

  it('parts can be targets; those that are not there are named', () => {
    const fault = (target: string): string => `faults:\n  - { id: f, kind: outage, target: ${target}, at: 1m, for: 1m }\n`;
    expect(told({}, '[shop, ledger]', fault('ns1/store16'))).to.deep.equal([]);
    expect(told({}, '[shop, ledger]', fault('"ns1/*"'))).to.deep.equal([]);
    expect(told({}, '[shop, ledger]', fault('ns1/store17'))).to.deep.equal(['HS061 error ns1/store17']);
  });
});
