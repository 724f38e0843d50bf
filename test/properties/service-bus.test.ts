/**
 * Queues, senders and receivers of Service Bus under random outages, crashes, lost answers and disasters: nothing is lost in an outage,
 * every loss has a cause, and what is left at the end waits for an operator or was given up by its sender.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { checkedFor, definitionOf, mustAgree, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

const PLACES = ['north', 'south', 'ns1', 'ns2', 'ns1/store1', 'ns1/store2', 'ns2/store1', 'q1', 'shop', 'ledger', 'ledger@b', 'acs'] as const;
const s = (count: number): string => `${String(count)}s`;

const fault = fc.record({
  target: fc.constantFrom(...PLACES), kind: fc.constantFrom('outage', 'crash', 'hang', 'disaster'), at: fc.integer({ min: 1, max: 60 }), lasts: fc.integer({ min: 1, max: 40 }),
  step: fc.option(fc.record({ component: fc.constantFrom('shop', 'q1', 'ledger'), step: fc.constantFrom('taken', 'worked', 'put', 'settled'), nth: fc.integer({ min: 1, max: 30 }) }), { nil: undefined }),
});
const choices = fc.record({
  seed: fc.nat({ max: 999 }), replication: fc.constantFrom('none', 'passive', 'active'), sample: fc.boolean(), modern: fc.boolean(), clientQueue: fc.boolean(),
  partitioned: fc.boolean(), stores: fc.integer({ min: 1, max: 4 }), window: fc.boolean(), lock: fc.integer({ min: 5, max: 20 }), renew: fc.boolean(), sessions: fc.boolean(), forward: fc.boolean(),
  acs: fc.boolean(), credits: fc.option(fc.integer({ min: 2, max: 20 }), { nil: undefined }), hides: fc.boolean(), keys: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  concurrency: fc.integer({ min: 1, max: 3 }), prefetch: fc.integer({ min: 0, max: 4 }), work: fc.integer({ min: 0, max: 30 }), remember: fc.boolean(), every: fc.integer({ min: 1, max: 12 }), retry: fc.integer({ min: 0, max: 2 }),
  acks: fc.boolean(), errors: fc.boolean(), faults: fc.array(fault, { maxLength: 4 }),
});
type Choice = typeof choices extends fc.Arbitrary<infer C> ? C : never;

/** Locks are long enough for what a receiver takes ahead: shorter ones keep it busy with the same messages. @param disasters whether data may be gone for good */
function documentOf(choice: Choice, disasters: boolean): Document {
  const queue: Section = {
    kind: 'queue', partitioned: choice.partitioned, work: '20ms', reroute: '5s', 'lock-duration': s(Math.ceil((choice.work / 10) * (choice.prefetch + 2)) + choice.lock), 'max-delivery-count': 2000,
    ...(choice.window ? { 'duplicate-detection': '10m' } : {}), ...(choice.sessions ? { sessions: true } : {}), ...(choice.hides ? { invisible: { share: '20%', time: '7s' } } : {}),
  };
  const both = choice.replication !== 'none';
  const namespace: Section = { kind: 'service-bus-namespace', stores: choice.stores, ...(choice.acs ? { auth: 'acs', 'token-service': 'acs' } : {}), ...(choice.credits === undefined ? {} : { credits: `${String(choice.credits)}/s` }) };
  const topology: Record<string, Section> = {
    north: { kind: 'datacenter' }, south: { kind: 'datacenter' }, a: { kind: 'server', reboot: '9s' }, b: { kind: 'server', reboot: '9s' },
    acs: { kind: 'token-service', lifetime: '20s' },
    ns1: { ...namespace, in: 'north' }, ns2: { ...namespace, in: 'south' },
    q1: { ...queue, in: 'ns1', ...(choice.forward && !both ? { 'forward-to': 'q2' } : {}) }, q2: { ...queue, in: 'ns2' },
    shop: {
      kind: 'service-bus-sender', to: both ? ['q1', 'q2'] : ['q1'], replication: choice.replication, swap: choice.sample ? 'sample' : 'document', client: choice.modern ? 'modern' : 'classic',
      timeout: '6s', restart: '4s', 'renew-at': '50%', ...(choice.clientQueue ? { 'client-queue': { pause: '2s' } } : {}),
    },
    ledger: {
      kind: 'service-bus-receiver', on: ['a', 'b'], from: both || choice.forward ? ['q1', 'q2'].filter((name) => name === 'q2' || both) : ['q1'], concurrency: choice.concurrency, prefetch: choice.prefetch,
      work: `${String(choice.work * 100)}ms`, restart: '3s', 'renew-at': '50%', ...(choice.renew ? { renew: '5m' } : {}), ...(choice.remember ? { remember: { ids: 1000, durable: true } } : {}),
    },
  };
  const faults: Section[] = choice.faults.flatMap(({ target, kind, at, lasts, step }, i): Section[] => {
    const possible = target.startsWith('ledger') || target === 'shop' || target === 'acs' ? ['outage', 'crash', 'hang'] : target === 'q1' || target === 'north' || target === 'south' ? ['outage', 'crash'] : ['outage', 'crash', 'hang', 'disaster'];
    const wanted = kind === 'disaster' && !disasters ? 'outage' : kind;
    const [, , store] = /^(ns\d)\/store(\d)$/.exec(target) ?? [];
    if (store !== undefined && Number(store) > choice.stores) return [];
    const chosen = possible.includes(wanted) ? wanted : 'outage';
    return [{ id: `fault-${String(i)}`, target, kind: chosen, ...(chosen === 'disaster' ? {} : { for: s(lasts) }), ...(step === undefined ? { at: s(at) } : { when: step }) }];
  });
  if (choice.acks) faults.push({ id: 'acks', kind: 'ack-loss', target: 'q1', probability: '20%', at: '5s', for: '20s' });
  if (choice.errors) faults.push({ id: 'errors', kind: 'error', target: 'ledger', probability: '20%', at: '5s', for: '20s' });
  return {
    version: 1, name: 'service-bus', seed: choice.seed, run: { horizon: '70s', drain: '2h' }, topology,
    flows: { orders: { arrivals: { every: `${String(choice.every * 100)}ms`, limit: 60 }, route: ['shop', 'ledger'], ...(choice.keys === undefined ? {} : { keys: choice.keys }), clients: 3, client: { retry: choice.retry, backoff: '3s', timeout: '30s' } } },
    faults,
  };
}

describe('property: Service Bus', () => {
  it('outages, crashes and lost answers lose nothing; in the end everything is delivered or was given up by its sender', () => {
    fc.assert(fc.property(choices, (choice) => {
      const document = documentOf(choice, false);
      const { flows: [row] } = simulate(definitionOf(document), { checkAlways: true });
      const told = { lost: row.lost, in_flight: row.in_flight, dead_lettered: row.dead_lettered, suspended: row.suspended, expired: row.expired, delivered: row.delivered };
      checkedFor(document, () => expect(told).to.deep.equal({ lost: 0, in_flight: 0, dead_lettered: 0, suspended: 0, expired: 0, delivered: Number(row.offered) - Number(row.rejected) }));
      const once = choice.remember && choice.faults.length === 0;
      if (once) checkedFor(document, () => expect(row.duplicates).to.equal(0));
    }), { seed: 401, numRuns: 120 });
  });

  it('a disaster loses with a cause, and accounts for every message', () => {
    fc.assert(fc.property(choices, (choice) => {
      const document = documentOf(choice, true);
      const { flows: [row], recording } = simulate(definitionOf(document), { checkAlways: true });
      checkedFor(document, () => {
        expect(Number(row.delivered) + Number(row.lost) + Number(row.rejected) + Number(row.in_flight)).to.equal(row.offered);
        for (const line of recording.lines.filter((one) => one.startsWith('closed') && one.includes('lost'))) expect(line, 'a loss names its fault').to.include('fault-');
      });
    }), { seed: 402, numRuns: 60 });
  });

  it('records kept for ever give the same ledgers as records reused', () => {
    fc.assert(fc.property(choices, (choice) => {
      const document = documentOf(choice, true);
      const definition = definitionOf(document);
      mustAgree(simulate(definition, { keepRecords: true }), simulate(definition), document, 'records reused');
    }), { seed: 403, numRuns: 20 });
  });
});
