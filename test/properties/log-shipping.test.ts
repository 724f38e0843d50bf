/** Log shipping in random topologies full of faults: nothing unaccounted for, and neither reuse of records nor the order of events matters. */
import { expect } from 'chai';
import fc from 'fast-check';
import { FATES } from '../../src/model/index.js';
import { troubled } from './support/faults.js';
import { shippedOf } from './support/shipping.js';
import { checkedFor, definitionOf, mustAgree, simulate } from './support/simulate.js';
import type { Document } from './support/simulate.js';
import { topologies } from './support/topologies.js';

const scenes = (deterministic: boolean): fc.Arbitrary<Document> => shippedOf(troubled(topologies({ deterministic }), 3));

function accounted(document: Document): number {
  const { flows, recording } = simulate(definitionOf(document), { checkAlways: true });
  for (const row of flows) expect(FATES.reduce((total, fate) => total + Number(row[fate]), 0), String(row.flow)).to.equal(row.offered);
  const open = new Set<string>();
  const delivered = new Set<string>();
  let again = 0;
  for (const line of recording.lines) {
    const [, entry, flow, n] = line.split(' ');
    const id = `${flow}:${n}`;
    if (entry === 'offered') open.add(id);
    if (entry === 'delivered') delivered.add(id);
    if (entry === 'effect' && line.endsWith('restore')) again++;
    if (entry !== 'closed') continue;
    expect(open.delete(id), `${line} closes what is open`).to.equal(true);
    expect(line.includes(' delivered '), line).to.equal(delivered.has(id));
  }
  expect([...open], 'never closed').to.deep.equal([]);
  const blameless = recording.lines.filter((line) => / (legClosed|closed) .* (lost|rejected) - (true|false)$/.test(line) || / effect \S+ \d+ \d+ \d+ ([2-9]|\d\d+) -$/.test(line));
  expect(blameless).to.deep.equal([]);
  return again;
}

describe('property: log shipping', () => {
  it('nothing is unaccounted for at any event, every message is closed once, and every loss and duplicate names its cause', () => {
    let again = 0;
    fc.assert(fc.property(scenes(false), (document) => { again += checkedFor(document, () => accounted(document)); }), { seed: 801, numRuns: 15 });
    fc.assert(fc.property(scenes(true), (document) => { again += checkedFor(document, () => accounted(document)); }), { seed: 802, numRuns: 10 });
    expect(again, 'messages sent again after a restore').to.be.above(0);
  });

  it('records kept for ever give the same ledgers as records reused', () => {
    fc.assert(fc.property(scenes(false), (document) => {
      const definition = definitionOf(document);
      mustAgree(simulate(definition), simulate(definition, { keepRecords: true }), document, 'records reused against records kept');
    }), { seed: 803, numRuns: 40 });
  });

  it('computed polls = real polls', () => {
    fc.assert(fc.property(scenes(true), (document) => {
      const definition = definitionOf(document);
      mustAgree(simulate(definition), simulate(definition, { realPolls: true }), document, 'computed polls against real ones');
    }), { seed: 804, numRuns: 30 });
  });
});
