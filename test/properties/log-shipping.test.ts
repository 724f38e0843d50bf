/** Log shipping in random topologies full of faults: nothing unaccounted for, and neither reuse of records nor the order of events matters. */
import { expect } from 'chai';
import fc from 'fast-check';
import { FATES } from '../../src/model/index.js';
import { troubled } from './support/faults.js';
import { definitionOf, mustAgree, simulate, yamlOf } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';
import { topologies } from './support/topologies.js';

const plan = fc.record({
  shareFar: fc.boolean(), sets: fc.constantFrom('5s', '10s', '30s'), first: fc.integer({ min: 0, max: 99 }), bringUp: fc.constantFrom('0s', '2s', '20s'), stall: fc.constantFrom('0s', '300ms'),
  force: fc.boolean(), wipe: fc.integer({ min: 1, max: 1700 }), byHand: fc.option(fc.integer({ min: 1, max: 1900 }), { nil: undefined }), order: fc.boolean(),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

/** The same scenario with its MessageBox shipped to another site, and its data lost once. */
function shipped(document: Document, { shareFar, sets, first, bringUp, stall, force, wipe, byHand, order }: Plan): Document {
  const { topology } = document;
  const source = topology.box.kind === 'sql-database' ? 'instance' : 'box';
  const databases: Section = {
    kind: 'log-shipping', source, destination: 'far-sql', share: 'files', every: sets, 'first-mark': `${String(first * 50)}ms`, 'restore-every': sets, 'bring-up': bringUp, stall, 'force-full-after-partial': force,
  };
  const carrier = topology.san === undefined ? source : 'san';
  const group = Object.fromEntries(Object.entries(topology.group).map(([key, value]) => [key, value === 'box' && source === 'box' ? 'databases' : value]));
  const operations: Section[] = byHand === undefined ? [] : [{ id: 'by-hand', do: order ? 'switchover' : 'failover', target: 'databases', at: `${String(byHand * 50)}ms` }];
  const faults: Section[] = carrier === 'box' && topology.box.kind === 'sql-cluster' ? [] : [{ id: 'wipe', kind: 'disk-loss', target: carrier, at: `${String(wipe * 50)}ms` }];
  return {
    ...document,
    topology: {
      ...topology, group, ...(source === 'instance' ? { box: { ...topology.box, in: 'databases' } } : {}), databases,
      far: { kind: 'datacenter' }, 'far-sql': { kind: 'sql-server', in: 'far', restart: '3s' }, files: { kind: 'shared-disk', in: shareFar ? 'far' : 'site', restore: '10s' },
    },
    faults: [...(document.faults ?? []), ...faults], operations: [...(document.operations ?? []), ...operations],
  };
}

const scenes = (deterministic: boolean): fc.Arbitrary<Document> => fc.tuple(troubled(topologies({ deterministic }), 3), plan).map(([document, one]) => shipped(document, one));

function accounted(document: Document): number {
  const { flows, recording } = ((): ReturnType<typeof simulate> => {
    try {
      return simulate(definitionOf(document), { checkAlways: true });
    } catch (error) {
      throw new Error(`${String(error)}\n${yamlOf(document)}`, { cause: error });
    }
  })();
  for (const row of flows) expect(FATES.reduce((total, fate) => total + Number(row[fate]), 0), yamlOf(document)).to.equal(row.offered);
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
    expect(open.delete(id), `${line} closes what is open\n${yamlOf(document)}`).to.equal(true);
    expect(line.includes(' delivered '), `${line}\n${yamlOf(document)}`).to.equal(delivered.has(id));
  }
  expect([...open], 'never closed').to.deep.equal([]);
  const blameless = recording.lines.filter((line) => / (legClosed|closed) .* (lost|rejected) - (true|false)$/.test(line) || / effect \S+ \d+ \d+ \d+ ([2-9]|\d\d+) -$/.test(line));
  expect(blameless, yamlOf(document)).to.deep.equal([]);
  return again;
}

describe('property: log shipping', () => {
  it('nothing is unaccounted for at any event, every message is closed once, and every loss and duplicate names its cause', () => {
    let again = 0;
    fc.assert(fc.property(scenes(false), (document) => { again += accounted(document); }), { seed: 801, numRuns: 15 });
    fc.assert(fc.property(scenes(true), (document) => { again += accounted(document); }), { seed: 802, numRuns: 10 });
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
