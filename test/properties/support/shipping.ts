/**
 * Ships the databases of a made-up topology to a second site, and destroys what carries them once.
 *
 * Further MessageBoxes may lie among the shipped databases or stay where they are. Not here: the topology itself (`topologies.ts`).
 */
import fc from 'fast-check';
import { catalogue } from '../../../src/kinds/index.js';
import type { Document, Section } from './simulate.js';

const plan = fc.record({
  shareFar: fc.boolean(), sets: fc.constantFrom('5s', '10s', '30s'), first: fc.integer({ min: 0, max: 99 }), bringUp: fc.constantFrom('0s', '2s', '20s'), stall: fc.constantFrom('0s', '300ms'),
  force: fc.boolean(), wipe: fc.integer({ min: 1, max: 1700 }), byHand: fc.option(fc.integer({ min: 1, max: 1900 }), { nil: undefined }), order: fc.boolean(), together: fc.boolean(),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

/** The same scenario with its MessageBox shipped to another site, and its data lost once; a database alone has no disaster. */
function shipped(document: Document, { shareFar, sets, first, bringUp, stall, force, wipe, byHand, order, together }: Plan): Document {
  const { topology } = document;
  const inside = topology.box.kind === 'sql-database';
  const source = inside ? 'instance' : 'box';
  const databases: Section = {
    kind: 'log-shipping', source, destination: 'far-sql', share: 'files', every: sets, 'first-mark': `${String(first * 50)}ms`, 'restore-every': sets, 'bring-up': bringUp, stall, 'force-full-after-partial': force,
  };
  const carrier = topology.san === undefined ? source : 'san';
  const named = (value: Section[string]): Section[string] => (value === 'box' && !inside ? 'databases' : Array.isArray(value) ? value.map(named) : value);
  const group = Object.fromEntries(Object.entries(topology.group).map(([key, value]) => [key, key === 'secondary-loss' ? value : named(value)]));
  const others = together ? ['a-box', 'z-box'].filter((name) => topology[name] !== undefined) : [];
  const operations: Section[] = byHand === undefined ? [] : [{ id: 'by-hand', do: order ? 'switchover' : 'failover', target: 'databases', at: `${String(byHand * 50)}ms` }];
  const losesDisk = catalogue.find(({ name }) => name === topology[carrier].kind)!.faults['disk-loss'] !== undefined;
  // Data of which every server has a copy, or whose disk is not modelled, is lost with the servers only.
  const faults: Section[] = losesDisk && (carrier !== 'box' || topology.box.kind === 'sql-server') ? [{ id: 'wipe', kind: 'disk-loss', target: carrier, at: `${String(wipe * 50)}ms` }]
    : topology.box.kind === 'sql-availability-group' ? [{ id: 'wipe-1', kind: 'disk-loss', target: 'sql1', at: `${String(wipe * 50)}ms` }, { id: 'wipe-2', kind: 'disk-loss', target: 'sql2', at: `${String(wipe * 50)}ms` }] : [];
  return {
    ...document,
    topology: {
      ...topology, group, ...(inside ? { box: { ...topology.box, in: 'databases' } } : {}),
      ...Object.fromEntries(others.map((name) => [name, { kind: 'sql-database', in: 'databases', restart: '3s' }])), databases,
      far: { kind: 'datacenter' }, 'far-sql': { kind: 'sql-server', in: 'far', restart: '3s' }, files: { kind: 'shared-disk', in: shareFar ? 'far' : 'site', restore: '10s' },
    },
    faults: [...(document.faults ?? []).map((fault) => (others.includes(String(fault.target)) && fault.kind === 'disaster' ? { ...fault, kind: 'crash' } : fault)), ...faults], operations: [...(document.operations ?? []), ...operations],
  };
}

/** Each of these scenarios, with its databases shipped. */
export function shippedOf(documents: fc.Arbitrary<Document>): fc.Arbitrary<Document> {
  return fc.tuple(documents, plan).map(([document, one]) => shipped(document, one));
}
