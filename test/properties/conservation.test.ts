/** Nothing that is offered is ever unaccounted for: at every event of random runs full of faults, and in the rows about them. */
import { expect } from 'chai';
import fc from 'fast-check';
import { FATES } from '../../src/model/index.js';
import { drafts, troubled, withFaults } from './support/faults.js';
import { checkedFor, definitionOf, simulate } from './support/simulate.js';
import type { Document, Outcome } from './support/simulate.js';
import { topologies } from './support/topologies.js';

const run = (document: Document): void => checkedFor(document, () => accounted(simulate(definitionOf(document), { checkAlways: true })));

function accounted({ flows, recording }: Outcome): void {
  for (const row of flows) {
    const sum = FATES.reduce((total, fate) => total + Number(row[fate]), 0);
    expect(sum, `fates of ${String(row.flow)}`).to.equal(row.offered);
    expect(row.stranded, 'stranded are in flight').to.be.at.most(Number(row.in_flight));
  }
  // Every message is closed once, and what had an effect on every leg is never called anything but delivered.
  const open = new Set<string>();
  const delivered = new Set<string>();
  for (const line of recording.lines) {
    const [, entry, flow, n] = line.split(' ');
    const id = `${flow}:${n}`;
    if (entry === 'offered') open.add(id);
    if (entry === 'delivered') delivered.add(id);
    if (entry !== 'closed') continue;
    expect(open.delete(id), `${line} closes what is open`).to.equal(true);
    expect(line.includes(' delivered '), line).to.equal(delivered.has(id));
  }
  expect([...open], 'never closed').to.deep.equal([]);
}

describe('property: conservation', () => {
  it('offered = delivered + lost + rejected + suspended + dead-lettered + expired + in flight, at every event, for messages and legs', () => {
    fc.assert(fc.property(troubled(topologies(), 5), run), { seed: 101, numRuns: 25 });
  });

  it('holds where many things happen at one instant', () => {
    fc.assert(fc.property(troubled(topologies({ deterministic: true }), 5), run), { seed: 102, numRuns: 25 });
  });

  it('holds when faults come immediately after steps', () => {
    const stepped = fc.tuple(topologies({ deterministic: true }), drafts(3, 1)).map(([document, faults]) =>
      withFaults(document, faults.map((fault) => ({ ...fault, moment: 'when' as const }))));
    fc.assert(fc.property(stepped, run), { seed: 103, numRuns: 30 });
  });

  it('every loss, rejection and duplicate names its cause', () => {
    fc.assert(fc.property(troubled(topologies(), 5), (document) => checkedFor(document, () => {
      const { recording } = simulate(definitionOf(document));
      const blameless = recording.lines.filter((line) => / (legClosed|closed) .* (lost|rejected) - (true|false)$/.test(line) || / effect \S+ \d+ \d+ \d+ ([2-9]|\d\d+) -$/.test(line));
      expect(blameless).to.deep.equal([]);
    })), { seed: 104, numRuns: 60 });
  });
});
