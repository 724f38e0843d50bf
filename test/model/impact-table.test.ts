/**
 * The table "component, scope of failure" of Planning for High Availability, rediscovered: each component of one group is failed
 * alone, and what stops is read off the run. What the document says stands beside each row; no kind declares a scope of its failures.
 */
import { expect } from 'chai';
import { scenario, simulate } from './support.js';
import type { Replication } from './support.js';

const TOPOLOGY = `
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
  erp: { kind: application, in: site }`;

interface Row {
  readonly component: string;
  readonly says: string;
  readonly target: string;
  /** Single sign-on services that are restarted two minutes into the failure. */
  readonly restarted?: string;
  readonly scope: 'component' | 'server' | 'group' | 'datacenter';
  readonly documents: 'processed' | 'processed by the other server' | 'not processed';
  /** Functions that must have been down, and others that must not. */
  readonly down: readonly string[];
  readonly up: readonly string[];
}

const HOSTS = ['receive', 'process', 'transmit'];
const on = (server: string): string[] => HOSTS.map((host) => `${host}@${server}.run`);
const ALL = [...on('bts1'), ...on('bts2')];

const ROWS: readonly Row[] = [
  { component: 'SQL Server', says: 'group-wide: no document is processed', target: 'sql', scope: 'group', documents: 'not processed', down: ALL, up: ['erp.serve'] },
  { component: 'the server of SQL Server', says: 'group-wide', target: 'db', scope: 'group', documents: 'not processed', down: ALL, up: [] },
  { component: 'master secret server', says: 'with its cached copy each server continues; the configuration cannot be changed', target: 'mss', scope: 'component', documents: 'processed', down: ['group.configure'], up: [...ALL, 'group.messages'] },
  { component: 'master secret server, service restarted on one server', says: 'a service that starts needs the secret: what is on that server stops', target: 'mss', restarted: 'sso@bts1', scope: 'server', documents: 'processed by the other server', down: on('bts1'), up: on('bts2') },
  { component: 'master secret server, caches lost', says: 'group-wide: the group cannot process documents', target: 'mss', restarted: 'sso', scope: 'group', documents: 'not processed', down: ALL, up: [] },
  { component: 'single sign-on service of a server', says: 'server: host instances depend on it', target: 'sso@bts1', scope: 'server', documents: 'processed by the other server', down: on('bts1'), up: on('bts2') },
  { component: 'MSDTC on a BizTalk server', says: 'server: everything transactional on it', target: 'dtc@bts1', scope: 'server', documents: 'processed by the other server', down: on('bts1'), up: on('bts2') },
  { component: 'MSDTC on the SQL Server', says: 'group-wide', target: 'dtc@db', scope: 'group', documents: 'not processed', down: ALL, up: [] },
  { component: 'MSDTC on the master secret server, caches lost', says: 'group-wide, as the master secret server itself', target: 'dtc@vault', restarted: 'sso', scope: 'group', documents: 'not processed', down: ['mss@vault.secret', ...ALL], up: [] },
  { component: 'host instance (processing)', says: 'server, and what is in that host: the other instance goes on', target: 'process@bts1', scope: 'server', documents: 'processed by the other server', down: ['process@bts1.run', 'fulfil@bts1.process'], up: ['process@bts2.run', 'transmit@bts1.run', 'receive@bts1.run'] },
  { component: 'host instance (sending)', says: 'server, and what is in that host: the other instance goes on', target: 'transmit@bts1', scope: 'server', documents: 'processed by the other server', down: ['transmit@bts1.run', 'erp-port@bts1.send'], up: ['transmit@bts2.run', 'process@bts1.run'] },
  { component: 'isolated host (IIS)', says: 'server: the requests of that server', target: 'receive@bts1', scope: 'server', documents: 'processed by the other server', down: ['receive@bts1.run', 'http-in@bts1.receive'], up: ['receive@bts2.run', 'process@bts1.run'] },
  { component: 'a BizTalk server', says: 'server: every instance, the sign-on service and the coordinator on it', target: 'bts1', scope: 'server', documents: 'processed by the other server', down: [...on('bts1'), 'sso@bts1.credentials', 'dtc@bts1.transactions'], up: on('bts2') },
  { component: 'network load balancing', says: 'the HTTP entry of the group', target: 'nlb', scope: 'component', documents: 'not processed', down: [], up: ALL },
  { component: 'the site', says: 'everything in it', target: 'site', scope: 'datacenter', documents: 'not processed', down: [...ALL, 'sql@db.sql', 'mss@vault.secret'], up: [] },
];

function fail({ target, restarted }: Row): Replication {
  const restart = restarted === undefined ? '' : `\n  - { id: restart, kind: restart, target: ${restarted}, at: 12m }`;
  return simulate(scenario({
    run: '{ horizon: 1h, drain: 10m }', topology: TOPOLOGY,
    flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { retry: 3, backoff: 5s, timeout: 30s } }',
    faults: `  - { id: failure, kind: crash, target: ${target}, at: 10m, for: 30m }${restart}`,
    more: 'allow: [L13]',
  }), { checkAlways: false });
}

describe('Planning for High Availability: component, scope of failure', () => {
  for (const row of ROWS) {
    it(`${row.component}: ${row.says}`, () => {
      const run = fail(row);
      // Where a restart brought the failure out, the restart is what took the members: the secret server itself stands elsewhere.
      expect(run.fault(row.restarted === undefined ? 'failure' : 'restart').scope).to.equal(row.scope);

      const within = (name: string): boolean => run.ledger.down(name).some(({ from, to }) => from >= 600 && from < 2400 && to - from > 1);
      for (const name of row.down) expect(within(name), `${name} is down`).to.equal(true);
      for (const name of row.up) expect(within(name), `${name} goes on`).to.equal(false);

      // Between 15 and 39 minutes everybody has noticed: 1440 documents are offered.
      const processed = run.ledger.effectsIn(900, 2340).length;
      if (row.documents === 'not processed') expect(processed).to.equal(0);
      else expect(processed).to.be.at.least(1435);
      const other = run.ledger.stepsOf(/^(fulfil|erp-port|http-in)@bts1$/, 'taken').filter(({ time }) => time >= 900 && time < 2340).length;
      if (row.documents === 'processed') expect(other).to.be.above(0);

      expect(run.flow('orders')).to.deep.include({ lost: 0 });
    });
  }

  it('the rows of the master secret server differ only by who lost his copy', () => {
    const [without, one, all] = ROWS.filter(({ target }) => target === 'mss').map(fail);
    expect([without, one, all].map((run) => Number(run.flow('orders').availability) < 1)).to.deep.equal([false, false, true]);
    // Back with the secret: the sign-on services find it at their next try, then the hosts start.
    const stop = all.ledger.stops('orders')[0];
    expect(stop.from).to.be.within(720, 780);
    expect(stop.to).to.be.within(2400, 2400 + 60 + 60 + 20 + 60);
  });
});

/** Message queuing and file systems: what works with them stops, on one server or on all that use them, and HTTP goes on. */
const EDGES = `${TOPOLOGY}
  mq: { kind: msmq, on: bts*, to: erp }
  mq-port: { kind: send-port, adapter: msmq, host: transmit, to: mq, retry: { count: 0 } }
  fs: { kind: server, in: site }
  share: { kind: file-share, on: [fs] }
  file-in: { kind: file-receive-location, host: process, from: share, retry: { count: 100 } }
  local: { kind: file-share, on: [bts1] }
  local-host: { kind: host, in: group, on: [bts1], shutdown: 10s, start-up: 20s }
  local-in: { kind: file-receive-location, host: local-host, from: local, retry: { count: 100 } }`;

interface EdgeRow {
  readonly component: string;
  readonly says: string;
  readonly target: string;
  /** A file server stands beside the group: what holds it and the servers that use it is the site. */
  readonly scope: 'component' | 'server' | 'datacenter';
  /** Flows of which nothing is delivered meanwhile, of which all is, and of which what comes by one server is. */
  readonly stops: readonly string[];
  readonly goesOn: readonly string[];
  readonly half?: readonly string[];
  readonly down: readonly string[];
}

const EDGE_ROWS: readonly EdgeRow[] = [
  { component: 'MSMQ on a BizTalk server', says: 'server: what works with message queuing on it halts', target: 'mq@bts1', scope: 'component', stops: [], half: ['queued'], goesOn: ['orders', 'files', 'local-files'], down: ['mq@bts1.accept'] },
  { component: 'MSMQ on every server', says: 'what works with message queuing halts, everything else is processed', target: 'mq', scope: 'component', stops: ['queued'], goesOn: ['orders', 'files', 'local-files'], down: ['mq@bts1.accept', 'mq@bts2.accept'] },
  { component: 'a file share', says: 'every server that uses it', target: 'share', scope: 'datacenter', stops: ['files'], goesOn: ['orders', 'queued', 'local-files'], down: ['file-in@bts1.receive', 'file-in@bts2.receive'] },
  { component: 'the server of a file share', says: 'every server that uses it', target: 'fs', scope: 'datacenter', stops: ['files'], goesOn: ['orders', 'queued', 'local-files'], down: ['file-in@bts1.receive', 'file-in@bts2.receive'] },
  { component: 'a local file system', says: 'server: what reads it there', target: 'local', scope: 'server', stops: ['local-files'], goesOn: ['orders', 'queued', 'files'], down: ['local-in@bts1.receive'] },
];

describe('Planning for High Availability: message queuing and file systems', () => {
  for (const { component, says, target, scope, stops, goesOn, half = [], down } of EDGE_ROWS) {
    it(`${component}: ${says}`, () => {
      // Not a multiple of a poll: each instance is the first to poll at times.
      const flow = (name: string, route: string): string => `  ${name}: { arrivals: { every: 10.3s }, route: [${route}], client: { retry: 3, backoff: 5s, timeout: 30s } }`;
      const run = simulate(scenario({
        run: '{ horizon: 1h, drain: 10m }', topology: EDGES,
        flows: [flow('orders', 'http-in, fulfil, erp-port'), flow('queued', 'http-in, mq-port, mq, erp'), flow('files', 'share, file-in, erp-port'), flow('local-files', 'local, local-in, erp-port')].join('\n'),
        faults: `  - { id: failure, kind: crash, target: ${target}, at: 10m, for: 30m }`, more: 'allow: [L13]',
      }), { checkAlways: false });
      expect(run.fault('failure').scope).to.equal(scope);
      for (const name of down) expect(run.ledger.down(name).some(({ from, to }) => from === 600 && to >= 2400), `${name} is down`).to.equal(true);
      // Between 15 and 39 minutes: 139 or 140 of each.
      const effects = (name: string): number => run.ledger.effectsIn(900, 2340).filter((one) => one.flow === name).length;
      for (const name of stops) expect(effects(name), `${name} stops`).to.equal(0);
      for (const name of goesOn) expect(effects(name), `${name} goes on`).to.be.within(133, 146);
      for (const name of half) expect(effects(name), `${name} goes on by one server`).to.be.within(20, 130);
    });
  }
});
