/**
 * What must not matter does not: how polls are made, whether records are reused, whether it is the first run, the order of keys.
 *
 * Each property compares digests over all ledger entries, and shows the first entry that differs.
 */
import fc from 'fast-check';
import type { Engine } from '../../src/model/engine.js';
import { drafts, troubled, withFaults } from './support/faults.js';
import { definitionOf, mustAgree, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';
import { topologies } from './support/topologies.js';

interface Grids { phase: number; beatPhase: number; sweepPhase: number; readonly period: number; readonly beat: number; readonly sweep: number }

/** Puts all grids on multiples of 50 ms, so that polls, sweeps, work and faults meet at the same instants. */
function align(engine: Engine): void {
  const { pools } = (engine as unknown as { routes: { pools: readonly { polling: Grids | null }[] } }).routes;
  pools.forEach(({ polling }, i) => {
    if (polling === null) return;
    polling.phase = (i * 50_000) % polling.period;
    polling.beatPhase = (i * 150_000) % polling.beat;
    polling.sweepPhase = (i * 350_000) % polling.sweep;
  });
}

const samePolls = (prepare: (engine: Engine) => void) => (document: Document): void => {
  const definition = definitionOf(document);
  mustAgree(simulate(definition, {}, prepare), simulate(definition, { realPolls: true }, prepare), document, 'computed polls against real ones');
};

/** The same scenario with its keys, and its lists whose order says nothing, in another order. */
function reordered(document: Document, order: readonly number[]): Document {
  let next = 0;
  const shuffle = <T>(items: readonly T[]): T[] => items.map((item) => ({ item, key: order[next++ % order.length] })).sort((a, b) => a.key - b.key).map(({ item }) => item);
  const map = <T>(section: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(shuffle(Object.entries(section)));
  const deep = (section: Section): Section => map(section);
  return {
    ...document,
    topology: Object.fromEntries(Object.entries(map(document.topology)).map(([name, one]) => [name, deep(one)])),
    flows: Object.fromEntries(Object.entries(map(document.flows)).map(([name, one]) => [name, deep(one)])),
    ...(document.faults === undefined ? {} : { faults: shuffle(document.faults).map(deep) }),
    ...(document.operations === undefined ? {} : { operations: shuffle(document.operations).map(deep) }),
  };
}

describe('property: sameness', () => {
  it('computed polls = real polls, where every instant is a multiple of 50 ms', () => {
    fc.assert(fc.property(troubled(topologies({ deterministic: true }), 4), samePolls(align)), { seed: 401, numRuns: 200 });
  });

  it('computed polls = real polls, where handlers and hosts stop and start', () => {
    const stopping = fc.tuple(topologies({ deterministic: true }), drafts(6, 2)).map(([document, faults]) => {
      const handlers = Object.entries(document.topology).filter(([, { kind }]) => kind === 'send-port' || kind === 'host').map(([name]) => name);
      const made = withFaults(document, faults).faults!.map((fault, i) => {
        const target = handlers[faults[i].target % handlers.length];
        const moment = Object.fromEntries(Object.entries(fault).filter(([key]) => ['at', 'every', 'after', 'when', 'mttf', 'mttr'].includes(key)));
        return { id: String(fault.id), kind: 'stop', target, ...moment, ...('mttf' in moment ? {} : { for: `${String((faults[i].lasts ?? 20) * 50)}ms` }) };
      });
      return { ...document, faults: made };
    });
    fc.assert(fc.property(stopping, samePolls(align)), { seed: 402, numRuns: 100 });
  });

  it('computed polls = real polls, with random times', () => {
    fc.assert(fc.property(troubled(topologies(), 4), samePolls(() => undefined)), { seed: 403, numRuns: 60 });
  });

  it('records kept for ever give the same ledgers as records reused', () => {
    fc.assert(fc.property(troubled(topologies(), 4), (document) => {
      const definition = definitionOf(document);
      mustAgree(simulate(definition), simulate(definition, { keepRecords: true }), document, 'records reused against kept');
    }), { seed: 404, numRuns: 60 });
  });

  it('the same scenario and seed give the same ledgers', () => {
    fc.assert(fc.property(troubled(topologies(), 4), (document) => {
      mustAgree(simulate(definitionOf(document)), simulate(definitionOf(document)), document, 'first run against second');
    }), { seed: 405, numRuns: 40 });
  });

  for (const deterministic of [true, false]) {
    it(`the order of keys, faults and operations changes nothing (${deterministic ? 'fixed' : 'random'} times)`, () => {
      fc.assert(fc.property(troubled(topologies({ deterministic }), 4), fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 40 }), (document, order) => {
        const prepare = deterministic ? align : (): void => undefined;
        const other = reordered(document, order);
        mustAgree(simulate(definitionOf(document), {}, prepare), simulate(definitionOf(other), {}, prepare), other, 'as written against reordered');
      }), { seed: 406, numRuns: 60 });
    });
  }
});
