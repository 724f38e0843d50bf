import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { buildEngine, contains } from '../../src/model/index.js';
import type { Outline } from '../../src/model/index.js';
import { readScenario } from '../../src/scenario/index.js';

const TEXT = `version: 1
name: outline
run: { horizon: 10m }
topology:
  east: { kind: datacenter }
  west: { kind: datacenter }
  bts1: { kind: server, in: east }
  bts2: { kind: server, in: west }
  sql: { kind: server, in: east, count: 2 }
  cluster: { kind: sql-cluster, on: sql* }
  sqldtc: { kind: msdtc, cluster: cluster }
  books: { kind: sql-server, in: west }
  booksdtc: { kind: msdtc, in: books }
  single: { kind: application, on: [bts1] }
  group: { kind: biztalk-group, message-box: cluster, management: cluster }
  receive: { kind: isolated-host, in: group, on: [bts1, bts2] }
  transmit: { kind: host, in: group, on: [bts1, bts2] }
  nlb: { kind: load-balancer, on: [bts1, bts2] }
  in: { kind: receive-location, host: receive, behind: nlb }
  out: { kind: send-port, host: transmit, to: erp, backup: { to: spare } }
  erp: { kind: application }
  spare: { kind: application }
flows:
  orders: { arrivals: { every: 1s }, route: [in, out] }
  bills: { arrivals: { every: 1s }, route: [in, out] }
`;

describe('outline of a topology', () => {
  const { scenario } = readScenario({ text: TEXT, file: 'outline.yaml' }, {}, catalogue);
  const outline: Outline = buildEngine(scenario!.definition, catalogue, { replication: 1 }).outline;
  const name = (index: number | null): string | null => (index === null ? null : outline.components[index].name);
  const found = (wanted: string): number => outline.components.findIndex((one) => one.name === wanted);

  it('puts each component inside of what it is in, stands on, follows, or is held by', () => {
    const inside = Object.fromEntries(outline.components.map((one) => [one.name, name(one.inside)]));
    expect(inside).to.deep.equal({
      east: null, west: null, bts1: 'east', bts2: 'west', sql1: 'east', sql2: 'east',
      // Its servers are both in one site; the group, which names it, reaches beyond that.
      cluster: 'east', sqldtc: 'cluster', books: 'west', booksdtc: 'books', single: 'bts1', group: null, receive: 'group', transmit: 'group', in: 'group', out: 'group',
      // Both servers carry members of the group, so that they belong to it.
      nlb: 'group', erp: null, spare: null,
    });
    expect([contains(outline.components, found('east'), found('sqldtc')), contains(outline.components, found('sqldtc'), found('east')), contains(outline.components, found('west'), found('cluster'))]).to.deep.equal([true, false, false]);
  });

  it('names servers where there are several, the active one first', () => {
    expect(outline.components[found('transmit')]).to.deep.include({ on: ['bts1', 'bts2'], moves: false });
    expect(outline.components[found('cluster')]).to.deep.include({ on: ['sql1', 'sql2'], moves: true });
    expect(outline.components[found('erp')].on).to.deep.equal([]);
  });

  it('draws needs, but none of what carries or contains a component, and says what for', () => {
    const needs = outline.needs.map(({ from, to }) => `${String(name(from))} > ${String(name(to))}`);
    expect(needs.sort()).to.deep.equal(['group > cluster', 'group > sqldtc', 'in > receive', 'out > transmit']);
    expect(outline.needs.find(({ from, to }) => name(from) === 'group' && name(to) === 'sqldtc')).to.deep.include({ ways: ['requires'], meanings: ['the transaction coordinator beside the MessageBox'] });
  });

  it('follows the messages through the balancer to the sink and to the backup', () => {
    const arrows = outline.arrows.map(({ from, to, flows }) => `${name(from) ?? ''} > ${String(name(to))}: ${[...flows].sort().join(' ')}`);
    expect(arrows.sort()).to.deep.equal([' > nlb: bills orders', 'in > out: bills orders', 'nlb > in: bills orders', 'out > erp: bills orders', 'out > spare: bills orders']);
  });
});
