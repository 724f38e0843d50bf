/** After the last repair all must converge: what can drain has drained, and everything that works in a calm run works again. */
import { expect } from 'chai';
import fc from 'fast-check';
import { troubled } from './support/faults.js';
import { checkedFor, definitionOf, engineOf, simulate } from './support/simulate.js';
import type { Document } from './support/simulate.js';
import { topologies } from './support/topologies.js';

/** The last word of the ledger about each subject of an entry. */
function lastWords(lines: readonly string[], entry: string): Map<string, string> {
  const last = new Map<string, string>();
  for (const line of lines) {
    const [, name, subject, ...rest] = line.split(' ');
    if (name === entry) last.set(subject, rest.join(' '));
  }
  return last;
}

function converges(random: Document): void {
  // Faults last half a minute at most and come while messages do; what follows from them ends within minutes. Without an operator:
  // where a destination takes one message at a time and refuses the rest, he would resume and suspend for hours.
  const { version, name, seed, topology, flows: routes, operations } = random;
  // A lost secret comes back by a person only, if at all: its service fails otherwise.
  const isSecret = (target: unknown): boolean => topology[String(target).split('@')[0]]?.kind === 'master-secret-server';
  const faults = (random.faults ?? []).map((fault) => (fault.kind === 'disk-loss' && isSecret(fault.target) ? { ...fault, kind: 'crash' } : fault));
  const document: Document = { version, name, seed, topology, flows: routes, run: { horizon: '90s', drain: '20m' }, faults, operations: operations ?? [] };
  checkedFor(document, () => settles(document));
}

function settles(document: Document): void {
  const definition = definitionOf(document);
  const { map } = engineOf(definition);
  const { flows, recording } = simulate(definition);
  for (const row of flows) expect([row.flow, row.in_flight, row.stranded]).to.deep.equal([row.flow, 0, 0]);
  for (const [fn, state] of lastWords(recording.lines, 'functionChanged')) expect(`${fn} ${state}`).to.equal(`${fn} true {}`);
  for (const [flow, state] of lastWords(recording.lines, 'flowChanged')) {
    expect(`${flow} ${state}`).to.equal(`${flow} 0 ${String(map.flows.find(({ name }) => name === flow)!.faultFreeCapacity)} {}`);
  }
  for (const [flow, state] of lastWords(recording.lines, 'acceptChanged')) expect(`${flow} ${state}`).to.equal(`${flow} 0 {}`);
  const entries = (entry: string): string[] => recording.lines.filter((line) => line.includes(` ${entry} `)).map((line) => line.split(' ')[2]).sort();
  expect(entries('faultEnded'), 'faults that ended').to.deep.equal(entries('faultStarted'));
}

describe('property: recovery', () => {
  it('after the last repair what can drain drains, and all that failed works again', () => {
    fc.assert(fc.property(troubled(topologies({ safe: true }), 5, { ending: true, timed: true }), converges), { seed: 301, numRuns: 120 });
  });

  it('also with applications that answer on receipt or forget, and faults that come after steps', () => {
    const once = troubled(topologies(), 4, { ending: true }).map((document) => ({
      ...document,
      // A host that gives up for ever, or a fault that comes again and again, has no last repair.
      topology: Object.fromEntries(Object.entries(document.topology).map(([name, one]) => [name, one.kind === 'host' ? { ...one, 'restart-rule': 'cycle' } : one])),
      faults: (document.faults ?? []).map(({ every, mttf, mttr, ...fault }) => {
        if (every !== undefined) return { ...fault, at: every };
        return mttf === undefined ? fault : { ...fault, at: mttf, for: mttr };
      }),
    }));
    fc.assert(fc.property(once, converges), { seed: 302, numRuns: 120 });
  });
});
