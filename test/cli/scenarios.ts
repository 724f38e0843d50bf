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
