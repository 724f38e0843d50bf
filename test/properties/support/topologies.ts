/**
 * Makes up small BizTalk-like topologies with flows through them, as plain data that shrinks.
 *
 * Times are short, so that much happens in a few minutes. Names are sorted otherwise than they are listed, on purpose.
 * Not here: what goes wrong (`faults.ts`).
 */
import fc from 'fast-check';
import type { Document, Section } from './simulate.js';

/** What to make up; the properties narrow it where a law has conditions. */
export interface Wishes {
  /** Instants and durations are multiples of 50 ms and nothing is drawn: many things happen at once. */
  readonly deterministic?: boolean;
  /** Room for everything: long timeouts, no limits on queues, no retries that give up early. */
  readonly roomy?: boolean;
  /** Applications answer after the work, and every port has retries. */
  readonly safe?: boolean;
}

const SERVERS = ['bts1', 'bts2', 'bts3'] as const;

const subset = (): fc.Arbitrary<readonly number[]> => fc.subarray([0, 1, 2], { minLength: 1 });
const flip = fc.boolean();

const choices = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  servers: fc.integer({ min: 1, max: 3 }),
  cpus: fc.integer({ min: 1, max: 2 }),
  store: fc.constantFrom('server', 'database', 'cluster', 'cluster-with-disk', 'server-on', 'copies'),
  moreBoxes: fc.constantFrom(0, 0, 1, 2), boxLoss: fc.constantFrom('group', 'box'), operation: fc.constantFrom(0, 0, 20, 150),
  restarts: fc.integer({ min: 0, max: 1 }),
  otherManagement: flip,
  secret: fc.constantFrom('none', 'cluster', 'server', 'site'),
  domain: flip,
  sso: fc.option(subset(), { nil: undefined }),
  dtc: fc.option(subset(), { nil: undefined }),
  sqlDtc: flip,
  agent: flip,
  wait: fc.constantFrom(0, 0, 1500, 4000),
  throttle: fc.constantFrom(0, 0, 1, 5),
  urgent: fc.constantFrom(1, 7, 9),
  balancer: fc.constantFrom('none', 'plain', 'probing'),
  receiveOn: subset(), processOn: subset(), transmitOn: subset(),
  oneHost: flip,
  threads: fc.constantFrom(1, 2, 20),
  lockLimit: fc.constantFrom(1, 2, 5, 100),
  poll: fc.constantFrom('500ms', '250ms', '1s'),
  rule: fc.constantFrom('cycle', 'cycle', 'once'),
  initial: fc.constantFrom(0, 0, 3),
  receiveQueue: fc.constantFrom(2, 8, 256),
  processes: fc.integer({ min: 0, max: 2 }),
  persist: flip,
  ports: fc.integer({ min: 1, max: 3 }),
  backup: flip,
  retries: fc.integer({ min: 0, max: 2 }),
  portTimeout: fc.constantFrom('300ms', '2s', '30s'),
  applications: fc.array(fc.record({
    concurrency: fc.constantFrom(0, 1, 3), queue: fc.constantFrom(-1, 0, 2), onReceipt: flip, remember: fc.constantFrom(0, 0, 1, 50), work: fc.constantFrom(50, 200, 700), placed: fc.constantFrom('nowhere', 'site', 'bts'),
  }), { minLength: 2, maxLength: 2 }),
  flows: fc.array(fc.record({
    way: fc.constantFrom('direct', 'port', 'process', 'fork', 'deep fork'), every: fc.constantFrom(350, 500, 1000, 2500), batch: flip, from: fc.nat({ max: 9 }),
    clientRetry: fc.integer({ min: 0, max: 2 }), clientTimeout: fc.constantFrom('250ms', '1s', '5s'),
  }), { minLength: 1, maxLength: 2 }),
  operator: fc.constantFrom('none', 'resume', 'terminate'),
  suspended: fc.constantFrom(0, 0, 4),
  crews: fc.constantFrom(0, 1, 2),
  enlisted: fc.constantFrom(false, false, true),
});
export type Choices = typeof choices extends fc.Arbitrary<infer C> ? C : never;

/** Random topologies with flows and without faults. */
export function topologies(wishes: Wishes = {}): fc.Arbitrary<Document> {
  return choices.map((choice) => documentOf(choice, wishes));
}

export function documentOf(choice: Choices, { deterministic = false, roomy = false, safe = false }: Wishes): Document {
  const work = (ms: number): Section[string] => (deterministic || ms === 0 ? `${String(ms)}ms` : { exponential: `${String(ms)}ms` });
  const spread = (ms: number): Section[string] => (deterministic ? `${String(ms)}ms` : { uniform: [`${String(ms / 2)}ms`, `${String(ms * 1.5)}ms`] });
  const servers = SERVERS.slice(0, choice.servers);
  const on = (places: readonly number[]): string[] => [...new Set(places.map((place) => servers[place % servers.length]))];
  const topology: Record<string, Section> = { site: { kind: 'datacenter' } };
  for (const server of servers) topology[server] = { kind: 'server', in: 'site', cpus: choice.cpus, reboot: spread(20000), rebuild: spread(20000) };

  if (choice.crews > 0) topology.crew = { kind: 'repair-crew', capacity: choice.crews, order: choice.crews === 1 ? 'priority' : 'first-come' };

  const isCluster = choice.store.startsWith('cluster') || choice.store === 'copies';
  const policy: Section = { restarts: { count: choice.restarts, per: '30s' }, failovers: { per: '40s' }, 'retry-after': '15s' };
  const costs: Section = choice.operation === 0 || roomy ? {} : { operation: work(choice.operation) };
  if (isCluster) {
    topology.sql1 = { kind: 'server', in: 'site', reboot: spread(20000), rebuild: spread(20000) };
    topology.sql2 = { kind: 'server', in: 'site', reboot: spread(20000), rebuild: spread(20000) };
    if (choice.store === 'cluster-with-disk') topology.san = { kind: 'shared-disk', in: 'site', restore: spread(30000) };
    if (choice.store === 'copies') topology.box = { kind: 'sql-availability-group', on: ['sql1', 'sql2'], lease: '2s', health: '3s', session: '1s', 'catch-up': spread(5000), restart: spread(2000), failover: spread(3000), ...policy, ...costs };
    else topology.box = {
      kind: 'sql-cluster', on: ['sql1', 'sql2'], detection: '2s', 'service-detection': '1s', 'hang-detection': '3s', restart: spread(2000), failover: spread(4000), 'crash-recovery': deterministic ? '500ms' : '0s',
      ...policy, ...costs, ...(choice.store === 'cluster-with-disk' ? { disk: 'san' } : {}),
    };
  } else if (choice.store === 'server-on') {
    topology.sql1 = { kind: 'server', in: 'site', reboot: spread(20000) };
    topology.box = { kind: 'sql-server', on: ['sql1'], restart: spread(5000), 'crash-recovery': '1s', ...costs };
  } else {
    topology[choice.store === 'database' ? 'instance' : 'box'] = { kind: 'sql-server', in: 'site', restart: spread(5000), ...costs };
    if (choice.store === 'database') topology.box = { kind: 'sql-database', in: 'instance', restart: spread(3000) };
  }
  const boxes = ['box', 'a-box', 'z-box'].slice(0, 1 + choice.moreBoxes);
  for (const name of boxes.slice(1)) topology[name] = { kind: 'sql-server', in: 'site', restart: spread(5000), ...costs };
  if (choice.otherManagement) topology.config = { kind: 'sql-server', in: 'site', restart: spread(5000) };
  // Impatient services: offline after seconds, tried again after seconds.
  const signOn: Section = { check: '2s', 'offline-after': '10s', connect: { tries: 3, interval: '1s' }, retry: '3s' };
  const hasSecret = choice.secret !== 'none' && (choice.secret !== 'cluster' || isCluster);
  if (hasSecret) {
    topology.secret = { kind: 'master-secret-server', restart: spread(6000), ...signOn, ...(choice.secret === 'cluster' ? { cluster: 'box' } : choice.secret === 'server' ? { on: [servers[0]] } : { in: 'site' }) };
  }
  if (choice.domain) topology.directory = { kind: 'domain-controller', in: 'site', restart: spread(8000) };
  topology.group = {
    kind: 'biztalk-group', 'message-box': boxes, ...(boxes.length === 1 || choice.boxLoss === 'group' ? {} : { 'secondary-loss': choice.boxLoss }), management: choice.otherManagement ? 'config' : 'box', 'ticket-life': '40s',
    ...(hasSecret ? { 'master-secret': 'secret' } : {}), ...(choice.sso === undefined ? {} : { 'sso-database': choice.otherManagement ? 'config' : 'box' }),
    ...(choice.domain ? { domain: 'directory', 'name-service': 'directory', 'name-life': '30s' } : {}),
  };
  if (choice.sso !== undefined) topology.sso = { kind: 'enterprise-sso', on: on(choice.sso), restart: spread(4000), ...signOn, ...(hasSecret ? { secret: 'secret' } : {}) };
  if (choice.dtc !== undefined) topology.dtc = { kind: 'msdtc', on: on(choice.dtc), restart: spread(4000) };
  if (choice.sqlDtc && choice.store !== 'database') topology['box-dtc'] = { kind: 'msdtc', restart: spread(4000), ...(isCluster ? { cluster: 'box' } : { in: 'box' }) };

  if (choice.agent) topology.agent = { kind: 'sql-agent', restart: spread(4000), ...(isCluster ? { cluster: 'box' } : choice.store === 'server-on' ? { on: ['sql1'] } : { in: choice.store === 'database' ? 'instance' : 'box' }) };

  const throttling: Section = roomy || choice.throttle === 0 ? {} : { throttling: { 'message-count': choice.throttle, 'max-delay': '2s', severity: { 'database-size': 50 }, rate: { window: '3s', samples: 2 } } };
  const receiveOn = on(choice.receiveOn);
  if (choice.balancer !== 'none') topology.lb = { kind: 'load-balancer', on: receiveOn, detection: '2s', convergence: spread(1000), ...(choice.balancer === 'probing' ? { probe: '3s' } : {}) };
  topology.receive = { kind: 'isolated-host', in: 'group', on: receiveOn, threads: 2, queue: roomy ? 100000 : choice.receiveQueue, restart: spread(3000), ...throttling };
  const host = (places: readonly number[]): Section => ({
    kind: 'host', in: 'group', on: on(places), poll: choice.poll, threads: roomy ? 20 : choice.threads, 'queue-size': roomy ? 1000 : choice.lockLimit, 'in-process-per-cpu': 1,
    shutdown: spread(2000), 'restart-delay': '3s', 'start-up': spread(1500), 'restart-rule': roomy || safe ? 'cycle' : choice.rule, heartbeat: '5s', 'dead-after': '10s', cleanup: '5s', initial: choice.initial,
    dehydration: { min: '1s', max: '2s' }, ...throttling,
  });
  topology.process = host(choice.processOn);
  const transmit = choice.oneHost ? 'process' : 'transmit';
  if (!choice.oneHost) topology.transmit = host(choice.transmitOn);
  topology['http-in'] = { kind: 'receive-location', host: 'receive', work: work(50), ...(choice.balancer === 'none' ? {} : { behind: 'lb' }) };

  const names = ['erp', 'crm'];
  choice.applications.forEach((one, i) => {
    const placed: Section = one.placed === 'site' ? { in: 'site' } : one.placed === 'bts' ? { on: servers } : {};
    const limits: Section = one.concurrency === 0 || roomy ? {} : { concurrency: one.concurrency, ...(one.queue >= 0 ? { queue: one.queue } : {}) };
    topology[names[i]] = {
      kind: 'application', work: work(one.work), restart: spread(4000), ...placed, ...limits,
      ...(one.onReceipt && !safe ? { answer: 'on-receipt' } : choice.enlisted ? { enlists: true } : {}), ...(one.remember > 0 && !safe ? { remember: { ids: one.remember } } : {}),
    };
  });
  const processes = ['fulfil', 'book'].slice(0, choice.processes);
  processes.forEach((name, i) => {
    const steps: Section[] = i === 0 ? [{ work: work(100), persist: choice.persist }, { work: work(50) }] : [{ work: work(250) }];
    // On either side of the threshold of the host.
    if (choice.wait > 0) steps.splice(i, 0, { wait: work(choice.wait) });
    topology[name] = { kind: 'orchestration', host: 'process', steps, priority: i === 0 ? choice.urgent : 5, ...(i === 0 && !roomy ? { 'initial-suspended': choice.suspended } : {}) };
  });
  const retry: Section = { count: roomy ? 3 : choice.retries, interval: '2s' };
  const ports = ['out-a', 'out-b', 'out-c'].slice(0, choice.ports);
  ports.forEach((name, i) => {
    topology[name] = {
      kind: 'send-port', host: transmit, to: names[i % 2], work: work(i === 1 ? 50 : 0), timeout: roomy ? '10m' : choice.portTimeout, retry, ...(choice.enlisted ? { adapter: 'sql' } : {}),
      ...(choice.backup ? { backup: { to: names[(i + 1) % 2], retry: { count: 1, interval: '1s' } } } : {}),
    };
  });

  const flows: Record<string, Section> = {};
  choice.flows.forEach((flow, i) => {
    const from = `${String(flow.from * 50)}ms`;
    const arrivals: Section = flow.batch
      ? { batch: { every: `${String(flow.every * 5)}ms`, size: 5 }, from }
      : deterministic ? { every: `${String(flow.every)}ms`, from } : { poisson: `${String(1000 / flow.every)}/s`, from };
    flows[['orders', 'invoices'][i]] = {
      arrivals, route: routeOf(flow.way, processes, ports, names[i]),
      client: { retry: roomy ? 5 : flow.clientRetry, backoff: '1s', timeout: roomy ? '10m' : flow.clientTimeout },
    };
  });
  return {
    version: 1, name: 'random', seed: choice.seed, run: { horizon: '90s', drain: '60s' }, topology, flows,
    ...(choice.operator !== 'none' && !roomy ? { operator: { reaction: spread(10000), suspended: choice.operator } } : {}),
  };
}

type Route = readonly (string | Route)[];

function routeOf(way: Choices['flows'][number]['way'], processes: readonly string[], ports: readonly string[], application: string): Route {
  switch (way) {
    case 'direct': return [application];
    case 'port': return ['http-in', ports[0]];
    case 'process': return ['http-in', ...processes, ports[0]];
    case 'fork': return ['http-in', [...ports]];
    case 'deep fork': return ['http-in', ...processes.slice(0, 1), [...ports.slice(1), [...processes.slice(1), ports[0]]]];
  }
}
