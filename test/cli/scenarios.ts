/** Small scenarios for the tests of the command line: as few components as make a point. */

export interface Small {
  readonly name?: string;
  readonly horizon?: string;
  readonly replications?: number;
  readonly rate?: string;
  readonly expect?: readonly string[];
}

/** One application on two servers, one of which dies for a while. */
export function small({ name = 'small', horizon = '10m', replications = 2, rate = '5/s', expect = ['orders.offered > 0'] }: Small = {}): string {
  return `version: 1
name: ${name}
seed: 3
run: { horizon: ${horizon}, replications: ${String(replications)} }
topology:
  site: { kind: datacenter }
  server1: { kind: server, in: site }
  server2: { kind: server, in: site }
  billing: { kind: application, on: [server1, server2], work: 20ms }
flows:
  orders: { arrivals: { poisson: ${rate} }, route: [billing], client: { retry: 3, backoff: 1s, timeout: 5s } }
faults:
  - { id: server1-dies, kind: crash, target: server1, at: 2m, for: 1m }
expect:
${expect.map((line) => `  - ${line}\n`).join('')}`;
}

/** Two servers of a BizTalk group, one of which dies; verdicts of every sort: pooled delays, a gauge, a fault, a mean. */
export function group({ replications = 7, horizon = '6m' }: Small = {}): string {
  return `version: 1
name: group
seed: 5
run: { horizon: ${horizon}, drain: 2m, replications: ${String(replications)} }
topology:
  dc1: { kind: datacenter }
  bts: { kind: server, in: dc1, count: 2 }
  sql: { kind: sql-server, in: dc1 }
  group: { kind: biztalk-group, message-box: sql, management: sql }
  receive: { kind: isolated-host, in: group, on: bts* }
  transmit: { kind: host, in: group, on: bts* }
  nlb: { kind: load-balancer, on: bts* }
  http-in: { kind: receive-location, host: receive, behind: nlb }
  erp-port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application, in: dc1, work: { exponential: 50ms } }
flows:
  orders: { arrivals: { poisson: 4/s }, route: [http-in, erp-port], client: { retry: 2, backoff: 2s, timeout: 30s } }
faults:
  - { id: bts1-dies, kind: crash, target: bts1, at: { uniform: [1m, 4m] }, for: 1m }
objectives: { orders: { rto: 1m, deadline: 20s } }
expect:
  - orders.lost == 0
  - orders.delay.p99 < 2m
  - orders.delay.mean < 1m
  - faults.bts1-dies.restore.max < 3m
  - components.transmit.locked at 3m < 10000
  - components.transmit@bts2.locked at 5m < 10000
`;
}
