/**
 * The impact of every component of one group: the table "component, scope of failure" of Planning for High Availability, found by
 * failing all of them. No kind declares a scope of its failures.
 */
import { expect } from 'chai';
import { findingsOf, SINGLE_POINT } from '../../../src/experiment/index.js';
import { analyse } from './support.js';
import type { Analysed } from './support.js';

const GROUP = `version: 1
name: group
run: { horizon: 20m, drain: 2m }
topology:
  site: { kind: datacenter }
  bts: { kind: server, in: site, count: 2 }
  db: { kind: server, in: site }
  vault: { kind: server, in: site }
  sql: { kind: sql-server, on: [db], restart: 20s }
  mss: { kind: master-secret-server, on: [vault] }
  group: { kind: biztalk-group, message-box: sql, management: sql, sso-database: sql, master-secret: mss }
  sso: { kind: enterprise-sso, on: bts*, secret: mss }
  dtc: { kind: msdtc, on: [bts1, bts2, db, vault] }
  nlb: { kind: load-balancer, on: bts*, probe: 5s }
  receive: { kind: isolated-host, in: group, on: bts* }
  process: { kind: host, in: group, on: bts*, shutdown: 10s, start-up: 20s }
  transmit: { kind: host, in: group, on: bts*, shutdown: 10s, start-up: 20s }
  http-in: { kind: receive-location, host: receive, behind: nlb }
  fulfil: { kind: orchestration, host: process }
  erp-port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application, in: site }
flows: { orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { retry: 3, backoff: 5s, timeout: 30s } } }
allow: [L13]
`;

/** The document's words, the target, the scope, and whether the flow stops. */
const ROWS = [
  ['SQL Server: group-wide, no document is processed', 'sql', 'group', true],
  ['its server: the same', 'db', 'group', true],
  ['master secret server: each server continues with its cached copy', 'mss', 'component', false],
  ['single sign-on service of a server: what is on that server', 'sso@bts1', 'server', false],
  ['single sign-on everywhere: the group', 'sso', 'group', true],
  ['MSDTC on a BizTalk server: that server', 'dtc@bts1', 'server', false],
  ['MSDTC on the SQL Server: group-wide', 'dtc@db', 'group', true],
  ['host instance: that server, the other goes on', 'process@bts1', 'server', false],
  ['isolated host: that server', 'receive@bts1', 'server', false],
  ['a BizTalk server: what is on it', 'bts1', 'server', false],
  ['network load balancing: the entry of the group', 'nlb', 'component', true],
  ['the site: everything in it', 'site', 'datacenter', true],
] as const;

describe('experiment/impact over a BizTalk group', () => {
  let crashes: Analysed;
  before(() => (crashes = analyse(GROUP, { faults: ['crash'], for: '2m', horizon: '5m' })));

  for (const [says, target, scope, stops] of ROWS) {
    it(says, () => {
      const row = crashes.row(target, 'crash');
      expect(row.scope).to.equal(scope);
      expect(Number(row.flows_stopped)).to.equal(stops ? 1 : 0);
      // The flow stops for the two minutes, if at all, and what then starts anew.
      if (stops) expect(Number(row.restore_s)).to.be.within(115, 120 + 60 + 60);
      expect(row.lost).to.equal(0);
    });
  }

  it('names the single points of failure: one of a sort, and nobody takes over', () => {
    expect(findingsOf(crashes.impacts, SINGLE_POINT).map(({ target }) => target).sort()).to.deep.equal(['db', 'dtc@db', 'erp', 'site', 'sql']);
  });

  it('puts the widest first', () => {
    const widths = crashes.impacts.map(({ row }) => ['datacenter', 'group', 'server', 'component', null].indexOf(row.scope as string | null));
    expect(widths).to.deep.equal([...widths].sort((a, b) => a - b));
    expect(crashes.impacts[0].row.target).to.equal('site');
  });

  it('names what was down: with a server all that stands on it', () => {
    // Of components with members on both servers, none is down as a whole; they are degraded.
    expect(crashes.row('bts1', 'crash').blast_radius).to.equal('dtc erp-port fulfil http-in nlb process receive sso transmit');
    expect(crashes.row('bts1', 'crash')).to.include({ components_down: 0, components_degraded: 9 });
    expect(String(crashes.row('sql', 'crash').blast_radius).split(' ')).to.include.members(['process', 'transmit', 'receive', 'fulfil', 'erp-port']);
  });

  it('during maintenance of one server the other is a single point of failure', () => {
    const alone = analyse(GROUP, { faults: ['crash'], for: '2m', horizon: '5m', during: 'maintenance of bts2', only: ['bts1', 'bts2', 'vault'] });
    expect(alone.row('bts1', 'crash')).to.include({ flows_stopped: 1, finding: SINGLE_POINT });
    expect(alone.plan.maintenance).to.deep.equal({ targets: ['bts2'], from: 30e6 });
    // From the crash on nothing is left of what stands on both; without the fault half of it was there, and is again when it is over.
    expect(alone.row('bts1', 'crash')).to.include({ components_down: 8, capacity_lost_s: alone.row('bts1', 'crash').restore_s, open: null });
    // What is down by maintenance is not down by the secret server, though it could not start without it either.
    expect(alone.row('vault', 'crash')).to.deep.equal(crashes.row('vault', 'crash'));
    // What is stopped already is not failed.
    expect(alone.impacts.map(({ row }) => row.target)).to.deep.equal(['bts1', 'vault']);
    expect(crashes.row('bts1', 'crash').finding).to.equal(null);
  });

  it('a pair is worse than its parts when one was there for the other', () => {
    const { impacts, row } = analyse(GROUP, { order: '2', for: '2m', horizon: '5m', only: ['bts1', 'bts2', 'vault'] });
    expect(impacts.filter(({ one }) => one.blows.length === 2).map((each) => each.row.target).sort()).to.deep.equal(['bts1 + bts2', 'bts1 + vault', 'bts2 + vault']);
    // Whatever stands on these two alone: of the coordinators two are left.
    expect(row('bts1 + bts2', 'crash + crash').finding).to.match(/^stops orders; takes 8 more down/);
    expect(String(row('bts1 + bts2', 'crash + crash').blast_radius).split(' ').slice(0, 8)).to.deep.equal(['erp-port', 'fulfil', 'http-in', 'nlb', 'process', 'receive', 'sso', 'transmit']);
    // Back at the same time, the sign-on service starts without the master secret and has to wait for it.
    expect(row('bts1 + vault', 'crash + crash').finding).to.match(/^costs \d+ s more of capacity$/);
    // Alone it is the same run as in an analysis without pairs.
    expect(row('bts1', 'crash')).to.deep.equal(crashes.row('bts1', 'crash'));
  });
});
