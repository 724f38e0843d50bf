/** Messages in one transaction under random outages, crashes, hangs and lost answers: all of them come to be stored, or none. */
import { expect } from 'chai';
import fc from 'fast-check';
import { checkedFor, definitionOf, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

const s = (count: number): string => `${String(count)}s`;

const fault = fc.record({
  target: fc.constantFrom('north', 'ns', 'ns/store1', 'ns/store2', 'q', 'shop', 'ledger', 'acs'), kind: fc.constantFrom('outage', 'crash', 'hang', 'stop'), at: fc.integer({ min: 1, max: 60 }), lasts: fc.integer({ min: 1, max: 40 }),
  step: fc.option(fc.record({ component: fc.constantFrom('shop', 'q', 'ledger'), step: fc.constantFrom('taken', 'worked', 'put', 'settled'), nth: fc.integer({ min: 1, max: 40 }) }), { nil: undefined }),
});
const choices = fc.record({
  seed: fc.nat({ max: 999 }), size: fc.integer({ min: 2, max: 5 }), key: fc.constantFrom('transaction', 'own'), partitioned: fc.boolean(), stores: fc.integer({ min: 1, max: 3 }), time: fc.integer({ min: 2, max: 30 }),
  window: fc.boolean(), small: fc.boolean(), acs: fc.boolean(), alias: fc.boolean(), credits: fc.option(fc.integer({ min: 3, max: 20 }), { nil: undefined }), every: fc.integer({ min: 1, max: 4 }), work: fc.integer({ min: 0, max: 20 }),
  acks: fc.boolean(), errors: fc.boolean(), slow: fc.boolean(), topic: fc.boolean(), retry: fc.integer({ min: 0, max: 2 }), cut: fc.boolean(), faults: fc.array(fault, { maxLength: 4 }),
});
type Choice = typeof choices extends fc.Arbitrary<infer C> ? C : never;

function documentOf(choice: Choice): Document {
  const { size } = choice;
  const queue: Section = {
    kind: choice.topic ? 'topic' : 'queue', in: 'ns', partitioned: choice.partitioned, work: { exponential: '50ms' }, ...(choice.topic ? {} : { 'lock-duration': '60s', 'max-delivery-count': 2000 }),
    ...(choice.window ? { 'duplicate-detection': '10m' } : {}), ...(choice.small ? { size: '7KiB' } : {}),
  };
  const topology: Record<string, Section> = {
    north: { kind: 'datacenter' }, west: { kind: 'datacenter' }, acs: { kind: 'token-service', lifetime: '20s' },
    ns: { kind: 'service-bus-namespace', in: 'north', stores: choice.stores, ...(choice.acs ? { auth: 'acs', 'token-service': 'acs' } : {}), ...(choice.credits === undefined ? {} : { credits: `${String(choice.credits)}/s` }) },
    q: queue,
    ...(choice.topic ? { s1: { kind: 'subscription', in: 'ns', topic: 'q', 'max-delivery-count': 2000 }, s2: { kind: 'subscription', in: 'ns', topic: 'q', 'max-delivery-count': 2000 }, other: { kind: 'service-bus-receiver', from: ['s2'], work: '300ms', restart: '3s' } } : {}),
    ...(choice.alias && !choice.topic ? { there: { kind: 'service-bus-namespace', in: 'west' }, spare: { kind: 'queue', in: 'there' }, name: { kind: 'alias', active: 'q', passive: 'spare' } } : {}),
    shop: { kind: 'service-bus-sender', in: 'west', to: choice.alias && !choice.topic ? 'name' : 'q', timeout: '6s', restart: '4s', work: { exponential: '10ms' }, transaction: { messages: size, key: choice.key, timeout: s(choice.time) } },
    ledger: { kind: 'service-bus-receiver', from: choice.topic ? ['s1'] : choice.alias ? ['name'] : ['q'], concurrency: 3, work: `${String(choice.work * 100)}ms`, restart: '3s' },
  };
  const faults: Section[] = choice.faults.map(({ target, kind, at, lasts, step }, i): Section => {
    const service = target !== 'shop' && target !== 'ledger';
    const chosen = (kind === 'stop' && service) || (target === 'north' && kind !== 'crash') ? 'outage' : kind;
    return { id: `fault-${String(i)}`, target: target === 'ns/store2' && choice.stores < 2 ? 'ns' : target, kind: chosen, for: s(lasts), ...(step === undefined ? { at: s(at) } : { when: step }) };
  });
  if (choice.acks) faults.push({ id: 'acks', kind: 'ack-loss', target: 'q', probability: '30%', at: '5s', for: '20s' });
  if (choice.errors) faults.push({ id: 'errors', kind: 'error', target: 'q', probability: '20%', at: '5s', for: '20s' });
  if (choice.slow) faults.push({ id: 'slow', kind: 'slow', target: 'q', factor: 100, at: '30s', for: '10s' });
  if (choice.cut) faults.push({ id: 'cut', kind: 'network-partition', target: ['north', 'west'], at: '40s', for: '10s' });
  return {
    version: 1, name: 'together', seed: choice.seed, run: { horizon: '70s', drain: '2h' }, topology,
    flows: { orders: { arrivals: { batch: { every: s(choice.every), size }, limit: 15 * size }, route: choice.topic ? ['shop', 'q', ['ledger', 'other']] : ['shop', 'ledger'], keys: 1, clients: 1, client: { retry: choice.retry, backoff: '3500ms', timeout: '30s' } } },
    faults,
  };
}

describe('property: messages in one transaction', () => {
  it('offered once, they are all delivered or all refused; nothing is lost, nothing stays behind', () => {
    fc.assert(fc.property(choices, (choice) => {
      const document = documentOf({ ...choice, retry: 0 });
      const delivered = new Set<number>();
      const { flows: [row] } = simulate(definitionOf(document), { checkAlways: true }, (engine) => { engine.read({ delivered: (_time, _flow, n) => { delivered.add(n); } }); });
      checkedFor(document, () => {
        expect({ lost: row.lost, in_flight: row.in_flight, dead_lettered: row.dead_lettered }).to.deep.equal({ lost: 0, in_flight: 0, dead_lettered: 0 });
        expect(delivered.size % choice.size, 'messages that were stored').to.equal(0);
        // A sender that stands still may let one of them come too late, and then it waits for others.
        if (choice.faults.some(({ target }) => target === 'shop')) return;
        for (let first = 0; first < Number(row.offered); first += choice.size) {
          const stored = Array.from({ length: choice.size }, (_, k) => delivered.has(first + k)).filter((one) => one).length;
          expect([0, choice.size], `messages ${String(first)} and following`).to.include(stored);
        }
      });
    }), { seed: 402, numRuns: 60 });
  });
});
