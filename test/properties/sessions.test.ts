/** Sessions under random joins, crashes, hangs, stops and cuts: one owner at a time, one soon after the last change, and fair shares. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { LedgerReader, ModelMap } from '../../src/model/index.js';
import { scenario, simulate } from '../model/support.js';

const REFRESH = 60;
const TIMEOUT = 300;

interface Trouble { readonly what: 'crash' | 'hang' | 'stop' | 'cut-off' | 'cut-from-source' | 'no-database'; readonly server: number; readonly at: number; readonly lasts: number }

/** Who owns what, and that nobody else settles anything of it. */
class Owners implements LedgerReader {
  /** Changes of each session, by its source and, where there are several, its destination: time and owner. */
  readonly changes = new Map<string, { readonly time: number; readonly owner: string | null }[]>();
  readonly intruders: string[] = [];

  constructor(private readonly map: ModelMap) {}

  sessionMoved(time: number, _component: number, source: number, _from: number, to: number, destination: number): void {
    const name = this.map.components[source].name + (destination < 0 ? '' : `>${this.map.components[destination].name}`);
    const changes = this.changes.get(name) ?? [];
    this.changes.set(name, changes);
    changes.push({ time: time / 1e6, owner: to < 0 ? null : this.map.members[to].name });
  }

  step(time: number, member: number, step: string, flow: number): void {
    const { name } = this.map.members[member];
    if (step !== 'settled' || !name.startsWith('bus')) return;
    const owner = this.changes.get(this.map.flows[flow].name.replace('to-', ''))?.at(-1)?.owner;
    if (owner !== name) this.intruders.push(`${String(time)}: ${name} settles what belongs to ${String(owner)}`);
  }

  /** From this time on somebody has it, without a break. */
  ownedSince(source: string): number {
    const changes = this.changes.get(source)!;
    const lastGap = changes.findLastIndex(({ owner }) => owner === null);
    return lastGap + 1 < changes.length ? changes[lastGap + 1].time : Infinity;
  }

  /** Sessions of each member at the end. */
  shares(servers: number): number[] {
    const owners = [...this.changes.values()].map((changes) => changes.at(-1)!.owner);
    return Array.from({ length: servers }, (_, index) => owners.filter((owner) => owner === `bus@server${index + 1}`).length);
  }
}

const faultOf = ({ what, server, at, lasts }: Trouble, index: number): string => {
  const target = what === 'cut-off' ? `[server${server}, conf]` : what === 'cut-from-source' ? `[server${server}, sql]` : what === 'no-database' ? 'conf' : `bus@server${server}`;
  const kind = what.startsWith('cut') ? 'network-partition' : what === 'no-database' ? 'outage' : what;
  return `  - { id: f${index}, kind: ${kind}, target: ${target}, at: ${at}s, for: ${lasts}s }`;
};

describe('property: sessions', () => {
  it('never two owners, nothing lost or doubled, an owner within a beat and the timeout after the last change, fair shares', () => {
    const cases = fc.record({
      seed: fc.nat({ max: 9999 }), servers: fc.integer({ min: 2, max: 4 }), boxes: fc.integer({ min: 1, max: 5 }), joins: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 3, maxLength: 3 }),
      troubles: fc.array(fc.record({
        what: fc.constantFrom('crash', 'hang', 'stop', 'cut-off', 'cut-from-source', 'no-database'), server: fc.nat({ max: 3 }), at: fc.integer({ min: 1, max: 1500 }), lasts: fc.integer({ min: 1, max: 600 }),
      }), { maxLength: 6 }),
    });
    fc.assert(fc.property(cases, ({ seed, servers, boxes, joins, troubles }) => {
      const names = Array.from({ length: boxes }, (_, box) => `src${box + 1}`);
      const faults = troubles.map((one, index) => faultOf({ ...one, what: one.what as Trouble['what'], server: (one.server % servers) + 1 }, index));
      const lastChange = Math.max(...joins.slice(0, servers - 1), 0, ...troubles.map(({ at, lasts }) => at + lasts));
      const end = lastChange + TIMEOUT + 2 * REFRESH;
      const starts = joins.slice(0, servers - 1).map((time, index) => `server${index + 2}: ${time}s`).join(', ');
      let owners!: Owners;
      const run = simulate(scenario({
        topology: `
  server: { kind: server, count: ${servers} }
  sql: { kind: sql-server }
  bam: { kind: sql-server }
  conf: { kind: sql-server }
${names.map((name) => `  ${name}: { kind: message-box, in: sql }`).join('\n')}
  bus: { kind: bam-event-bus, on: server*, starts: { ${starts} }, sources: [${names.join(', ')}], destination: bam, config: conf, rate: 6/min, restart: 0s }`,
        flows: names.map((name) => `  to-${name}: { arrivals: { every: 45s }, route: [${name}, bus] }`).join('\n'),
        run: `{ horizon: ${end}s, drain: 30m }`, ...(faults.length > 0 ? { faults: faults.join('\n') } : {}),
      }), { seed, checkAlways: false, readers: (map) => [(owners = new Owners(map))] });
      expect(owners.intruders).to.deep.equal([]);
      for (const row of run.result.flows) expect(row).to.deep.include({ delivered: row.offered, lost: 0, duplicates: 0, out_of_order: 0 });
      for (const name of names) expect(owners.ownedSince(name), name).to.be.at.most(lastChange + TIMEOUT + REFRESH);
      const shares = owners.shares(servers);
      expect(shares.every((share) => share >= Math.floor(boxes / servers) && share <= Math.ceil(boxes / servers)), shares.join(' ')).to.equal(true);
    }), { seed: 301, numRuns: 60 });
  });

  it('rows of a group: none lost, none moved twice, and moved only by the owner of their session', () => {
    const cases = fc.record({
      seed: fc.nat({ max: 9999 }), servers: fc.integer({ min: 1, max: 3 }), batch: fc.integer({ min: 1, max: 60 }), two: fc.boolean(),
      troubles: fc.array(fc.record({
        what: fc.constantFrom('crash', 'hang', 'stop', 'outage', 'cut-off', 'cut-from-source', 'no-database', 'no-destination'), server: fc.nat({ max: 2 }), at: fc.integer({ min: 1, max: 900 }), lasts: fc.integer({ min: 1, max: 400 }),
      }), { maxLength: 5 }),
    });
    fc.assert(fc.property(cases, ({ seed, servers, batch, two, troubles }) => {
      const faults = troubles.map(({ what, ...rest }, index) => (what === 'no-destination' ? `  - { id: f${index}, kind: outage, target: bam, at: ${rest.at}s, for: ${rest.lasts}s }`
        : faultOf({ ...rest, what: what as Trouble['what'], server: (rest.server % servers) + 1 }, index)));
      const end = 900 + TIMEOUT + 2 * REFRESH;
      let owners!: Owners;
      const run = simulate(scenario({
        topology: `
  server: { kind: server, count: ${servers} }
  bts: { kind: server }
  sql: { kind: sql-server }
  bam: { kind: sql-server }
  dta: { kind: sql-server }
  conf: { kind: sql-server }
  box: { kind: message-box, in: sql }
  group: { kind: biztalk-group, message-box: box, management: sql, event-bus: bus, bam-rows: 1 }
  bus: { kind: bam-event-bus, on: server*, destination: ${two ? '[bam, dta]' : 'bam'}, config: conf, rate: 3/s, batch: ${batch}, restart: 0s }
  receive: { kind: isolated-host, in: group, on: [bts] }
  transmit: { kind: host, in: group, on: [bts] }
  http-in: { kind: receive-location, host: receive }
  port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application }`,
        flows: '  orders: { arrivals: { every: 2s }, route: [http-in, port] }',
        run: `{ horizon: ${end}s, drain: 30m }`, ...(faults.length > 0 ? { faults: faults.join('\n') } : {}),
      }), { seed, checkAlways: false, readers: (map) => [(owners = new Owners(map))] });
      const { gauges } = run.ledger;
      const movers = new Map<string, number>();
      for (const { member, gauge, value, time } of gauges) {
        if (gauge !== 'moved' || value === 0) continue;
        movers.set(member, value);
        const owned = [...owners.changes.values()].some((changes) => changes.findLast((one) => one.time <= time)?.owner === member);
        expect(owned, `${time}: ${member} moves what it does not own`).to.equal(true);
      }
      expect(run.flow('orders')).to.deep.include({ delivered: run.flow('orders').offered, lost: 0, duplicates: 0 });
      expect([...movers.values()].reduce((sum, one) => sum + one, 0)).to.equal(3 * Number(run.flow('orders').offered));
      expect(gauges.findLast(({ gauge, member }) => gauge === 'tracking-rows' && member === 'box')?.value).to.equal(0);
    }), { seed: 302, numRuns: 30 });
  });
});
