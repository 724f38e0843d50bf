/** A receiver that settles in the transaction of its send, under random outages, crashes, hangs, cuts and lost answers: it sends nothing twice, and loses nothing. */
import { expect } from 'chai';
import fc from 'fast-check';
import { checkedFor, definitionOf, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

const s = (count: number): string => `${String(count)}s`;

const fault = fc.record({
  target: fc.constantFrom('north', 'ns', 'ns/store1', 'ns/store2', 'q1', 'q2', 'worker', 'worker@a', 'a', 'ledger', 'acs'), kind: fc.constantFrom('outage', 'crash', 'hang', 'stop'), at: fc.integer({ min: 1, max: 60 }), lasts: fc.integer({ min: 1, max: 40 }),
  step: fc.option(fc.record({ component: fc.constantFrom('worker', 'q2', 'ledger'), step: fc.constantFrom('taken', 'worked', 'put', 'settled'), nth: fc.integer({ min: 1, max: 40 }) }), { nil: undefined }),
});
const choices = fc.record({
  seed: fc.nat({ max: 999 }), partitioned: fc.boolean(), acs: fc.boolean(), alias: fc.boolean(), credits: fc.option(fc.integer({ min: 15, max: 30 }), { nil: undefined }), every: fc.integer({ min: 2, max: 20 }), work: fc.integer({ min: 1, max: 40 }), lock: fc.integer({ min: 5, max: 15 }),
  renew: fc.boolean(), prefetch: fc.integer({ min: 0, max: 3 }), concurrency: fc.integer({ min: 1, max: 3 }), sessions: fc.boolean(), keys: fc.boolean(), acks: fc.boolean(), errors: fc.boolean(), slow: fc.boolean(), cut: fc.boolean(), faults: fc.array(fault, { maxLength: 4 }),
});
type Choice = typeof choices extends fc.Arbitrary<infer C> ? C : never;

/** Locks are long enough for what a worker takes ahead: shorter ones keep it busy with the same messages. */
function documentOf(choice: Choice): Document {
  const queue: Section = { kind: 'queue', in: 'ns', partitioned: choice.partitioned, work: { exponential: '50ms' }, 'max-delivery-count': 2000 };
  const topology: Record<string, Section> = {
    north: { kind: 'datacenter' }, west: { kind: 'datacenter' }, a: { kind: 'server', in: 'west', reboot: '9s' }, b: { kind: 'server', in: 'north', reboot: '9s' }, acs: { kind: 'token-service', lifetime: '20s' },
    ns: { kind: 'service-bus-namespace', in: 'north', stores: 2, ...(choice.acs ? { auth: 'acs', 'token-service': 'acs' } : {}), ...(choice.credits === undefined ? {} : { credits: `${String(choice.credits)}/s` }) },
    q1: { ...queue, 'lock-duration': s(Math.ceil((choice.work / 10) * (choice.prefetch + 2)) + choice.lock), ...(choice.sessions ? { sessions: true } : {}) }, q2: { ...queue, 'lock-duration': '60s' },
    shop: { kind: 'service-bus-sender', to: 'q1', retries: 0, timeout: '20s' },
    worker: { kind: 'service-bus-receiver', on: ['a', 'b'], from: 'q1', to: 'q2', transaction: true, timeout: '6s', concurrency: choice.concurrency, prefetch: choice.prefetch, work: `${String(choice.work * 100)}ms`, restart: '3s', 'busy-wait': '2s', 'renew-at': '50%', ...(choice.renew ? { renew: '5m' } : {}) },
    ledger: { kind: 'service-bus-receiver', from: 'q2', concurrency: 3, work: '100ms', restart: '3s', 'busy-wait': '2s', 'renew-at': '50%' },
  };
  const faults: Section[] = choice.faults.map(({ target, kind, at, lasts, step }, i): Section => {
    const chosen = target === 'north' ? 'outage' : target === 'a' ? 'crash' : kind === 'stop' && !['worker', 'worker@a', 'ledger'].includes(target) ? 'outage' : kind;
    return { id: `fault-${String(i)}`, target, kind: chosen, for: s(lasts), ...(step === undefined ? { at: s(at) } : { when: step }) };
  });
  if (choice.acks) faults.push({ id: 'acks', kind: 'ack-loss', target: 'q2', probability: '30%', at: '5s', for: '20s' });
  if (choice.errors) faults.push({ id: 'errors', kind: 'error', target: 'q2', probability: '20%', at: '5s', for: '20s' });
  if (choice.slow) faults.push({ id: 'slow', kind: 'slow', target: 'q2', factor: 100, at: '30s', for: '10s' });
  if (choice.cut) faults.push({ id: 'cut', kind: 'network-partition', target: ['north', 'west'], at: '40s', for: '10s' });
  return {
    version: 1, name: 'joint', seed: choice.seed, run: { horizon: '70s', drain: '4h' }, topology,
    flows: { orders: { arrivals: { every: `${String(choice.every * 100)}ms`, limit: 40 }, route: ['shop', 'worker', 'ledger'], ...(choice.keys ? { keys: 3 } : {}), client: { retry: 0, timeout: '30s' } } },
    faults,
  };
}

describe('property: settling in the transaction of a send', () => {
  it('a message is sent on once, whatever fails, and is not lost', () => {
    fc.assert(fc.property(choices, (choice) => {
      const document = documentOf(choice);
      const puts = new Map<number, number>();
      const { flows: [row] } = simulate(definitionOf(document), { checkAlways: true, traceSteps: true }, (engine) => {
        const q2 = engine.map.components.findIndex(({ name }) => name === 'q2');
        engine.read({ step: (_time, member, step, _flow, n) => { if (step === 'put' && engine.map.members[member].component === q2) puts.set(n, (puts.get(n) ?? 0) + 1); } });
      });
      checkedFor(document, () => {
        expect([...puts].filter(([, times]) => times !== 1), 'put more than once').to.deep.equal([]);
        expect({ lost: row.lost, in_flight: row.in_flight, dead_lettered: row.dead_lettered }).to.deep.equal({ lost: 0, in_flight: 0, dead_lettered: 0 });
        expect(puts.size).to.equal(row.delivered);
      });
    }), { seed: 404, numRuns: 40 });
  });
});
