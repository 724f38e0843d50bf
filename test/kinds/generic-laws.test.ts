/**
 * Laws over random chains of services and lines with random faults: every message is accounted for at every event, no fault loses
 * nothing, what is kept drains, and records, order of keys and seeds behave as everywhere. Few and short runs: seeds are fixed.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { definitionOf, mustAgree, simulate } from '../properties/support/simulate.js';
import type { Document, Section } from '../properties/support/simulate.js';

const service = fc.record({
  work: fc.constantFrom<string | Section>('0s', '900ms', { exponential: '700ms' }, { uniform: ['0s', '2s'] }),
  workers: fc.integer({ min: 1, max: 3 }), queue: fc.constantFrom('volatile', 'durable', 'apart'),
  answer: fc.constantFrom('after-work', 'on-receipt'), interrupted: fc.constant('repeat'), restart: fc.constantFrom('0s', '3s', '20s'),
});
const urgency = fc.constantFrom<Section>({}, { priorities: { orders: 1 } }, { priorities: { orders: 2, batch: 1 }, preemptive: true }, { priorities: { batch: 3, orders: 2 }, preemptive: true, interrupted: 'resume' });
const fault = fc.record({
  kind: fc.constantFrom('crash', 'stop', 'restart', 'hang', 'outage'), target: fc.constantFrom('front', 'middle', 'line', 'back', 'm1', 'm2', 'active(pair)'),
  at: fc.integer({ min: 1000, max: 70_000 }).map((ms) => `${String(ms)}ms`), for: fc.integer({ min: 0, max: 15_000 }).map((ms) => `${String(ms)}ms`),
});
const other = fc.constantFrom<Section>(
  { kind: 'ack-loss', target: 'middle', probability: '40%', at: '10s', for: '20s' }, { kind: 'error', target: 'back', probability: '50%', at: '20s', for: '20s' },
  { kind: 'slow', target: 'middle', factor: 5, at: '10s', for: '20s' }, { kind: 'network-partition', target: ['east', 'west'], at: '15s', for: '12s' },
  { kind: 'crash', target: 'front', when: { component: 'front', step: 'settled', nth: 4 }, for: '2s' }, { kind: 'crash', target: 'middle', when: { component: 'middle', step: 'put', nth: 3 }, for: '2s' },
  { kind: 'hang', target: 'front', when: { component: 'front', step: 'taken', nth: 5 }, for: '4s' },
);

const system = fc.tuple(service, service, service, urgency, urgency, fc.constantFrom<Section>({}, { capacity: 4 }), fc.constantFrom<Section>({}, { 'time-to-live': '3s' }), fc.integer({ min: 1, max: 1000 }))
  .map(([front, middle, back, first, second, room, patience, seed]): Document => ({
    version: 1, name: 'chain', seed, run: { horizon: '80s', drain: '2h' },
    topology: {
      east: { kind: 'datacenter' }, west: { kind: 'datacenter' }, m1: { kind: 'server', in: 'east', reboot: '20s' }, m2: { kind: 'server', in: 'east', reboot: '20s' },
      pair: { kind: 'redundancy-group', on: ['m1', 'm2'], detection: '1s', switch: '2s', coverage: '70%', 'manual-switch': '30s' },
      front: { kind: 'service', ...front, ...first, in: 'east', to: 'middle', timeout: '60s', retry: { interval: '1s' } },
      middle: { kind: 'service', ...middle, ...second, ...patience, cluster: 'pair', to: 'line', timeout: '20s', retry: { interval: '500ms' } },
      line: { kind: 'link', to: 'back', delay: '50ms', loss: '3%', 'answer-loss': '3%', idle: '20s' },
      back: { kind: 'service', ...back, ...room, in: 'west' },
    },
    flows: {
      orders: { arrivals: { poisson: '0.5/s' }, route: ['front'], client: { retry: 3, backoff: '2s', timeout: '15s' } },
      batch: { arrivals: { batch: { every: '20s', size: 6 } }, route: ['front', 'middle', 'line', 'back'], client: { retry: 1, backoff: '5s', timeout: '30s' } },
    },
  }));
const faults = fc.tuple(fc.array(fault, { maxLength: 4 }), fc.array(other, { maxLength: 2 }))
  .map(([some, more]) => [...some.map((one) => ({ ...one, kind: one.target === 'line' && one.kind === 'restart' ? 'crash' : one.kind })), ...more].map((one, index) => ({ id: `f${String(index)}`, ...one }) as Section));

describe('generic kinds: laws', function () {
  this.timeout(120_000);
  const runs = { seed: 7, numRuns: 40 };

  it('every message is accounted for at every event, and in the end nothing is under way; nobody loses what he keeps or has not answered for', () => {
    fc.assert(fc.property(system, faults, (document, some) => {
      const definition = definitionOf({ ...document, faults: some });
      const { flows, recording, digest } = simulate(definition, { checkAlways: true });
      const safe = ['front', 'middle', 'back'].every((name) => document.topology[name].queue !== 'volatile' || document.topology[name].answer === 'after-work') && some.every(({ kind }) => kind !== 'error');
      for (const row of flows) {
        if (safe) expect(row.lost, `${String(row.flow)} lost`).to.equal(0);
        expect(row.in_flight, `${String(row.flow)} under way`).to.equal(0);
        expect(Number(row.offered)).to.equal(Number(row.delivered) + Number(row.lost) + Number(row.rejected) + Number(row.expired));
      }
      mustAgree({ recording, digest, flows }, simulate(definition, { keepRecords: true }), document, 'records kept for ever');
    }), runs);
  });

  it('no fault, no loss, whatever the line swallows; the order of keys changes nothing', () => {
    fc.assert(fc.property(system, (document) => {
      const turned = { ...document, topology: Object.fromEntries(Object.entries(document.topology).reverse()), flows: Object.fromEntries(Object.entries(document.flows).reverse()) };
      const outcome = simulate(definitionOf(document));
      for (const row of outcome.flows) expect(row.lost, String(row.flow)).to.equal(0);
      mustAgree(outcome, simulate(definitionOf(turned)), document, 'order of keys');
    }), { ...runs, numRuns: 15 });
  });
});
