/**
 * What is measured: families of routes as scenario texts, at which rates, for how long. It runs nothing.
 *
 * There is room for everything, so that a message takes as long as its stages whatever the rate, and theory has the mean.
 */

export interface Family {
  readonly name: string;
  readonly meaning: string;
  readonly topology: string;
  readonly route: string;
  /** What crashes in a run with faults, in turn, ten times in all. */
  readonly dies: readonly string[];
  /** Mean time on the way without faults, s. */
  readonly latency: number;
  /** The route of the programs in other languages. */
  readonly reference: boolean;
}

const ROOM = 'threads: 100000';
const HOST_ROOM = `${ROOM}, queue-size: 1000000, in-process-per-cpu: 1000000, throttling: { in-process-per-cpu: 1000000, message-count: 1000000000 }, shutdown: 500ms, restart-delay: 1s, start-up: 500ms`;

export const FAMILIES: readonly Family[] = [
  {
    name: 'route', meaning: 'three hops over a MessageBox: receive 20 ms, poll, process U(0, 1 s), poll, send 50 ms', reference: true,
    topology: `
  bts: { kind: server, memory: 1024GiB }
  sql: { kind: sql-server, restart: 1s }
  group: { kind: biztalk-group, message-box: sql, management: sql }
  receive: { kind: isolated-host, in: group, on: [bts], ${ROOM}, queue: 1000000, throttling: { in-process-per-cpu: 1000000, message-count: 1000000000 } }
  process: { kind: host, in: group, on: [bts], ${HOST_ROOM} }
  transmit: { kind: host, in: group, on: [bts], ${HOST_ROOM} }
  http-in: { kind: receive-location, host: receive }
  fulfil: { kind: orchestration, host: process, steps: [{ work: { uniform: [0s, 1s] } }] }
  erp-port: { kind: send-port, host: transmit, to: erp, retry: { count: 1000, interval: 1s } }
  erp: { kind: application, work: 50ms, restart: 1s }`,
    // A poll every 500 ms makes 250 ms on the average: work over two whole periods forgets the instant of the poll before.
    route: '[http-in, fulfil, erp-port]', dies: ['sql', 'erp'], latency: 0.02 + 0.25 + 0.5 + 0.25 + 0.05,
  },
  {
    name: 'queue', meaning: 'one queue of Service Bus: a sender, accepted in 15 ms, a receiver under a lock 50 ms', reference: false,
    topology: `
  us: { kind: datacenter }
  contoso: { kind: service-bus-namespace, in: us }
  orders: { kind: queue, in: contoso, size: 1000GiB, work: 15ms }
  shop: { kind: service-bus-sender, to: orders }
  ledger: { kind: service-bus-receiver, from: orders, concurrency: 100000, work: 50ms, restart: 1s }`,
    route: '[shop, ledger]', dies: ['ledger'], latency: 0.015 + 0.05,
  },
  {
    name: 'one hop', meaning: 'one queue of Service Bus without a client library: accepted in 15 ms, a receiver under a lock 50 ms', reference: false,
    topology: `
  us: { kind: datacenter }
  contoso: { kind: service-bus-namespace, in: us }
  orders: { kind: queue, in: contoso, size: 1000GiB, work: 15ms }
  ledger: { kind: service-bus-receiver, from: orders, concurrency: 100000, work: 50ms, restart: 1s }`,
    route: '[orders, ledger]', dies: ['ledger'], latency: 0.015 + 0.05,
  },
  {
    name: 'call', meaning: 'a call of an application, 50 ms', reference: false,
    topology: '\n  erp: { kind: application, work: 50ms, restart: 1s }',
    route: '[erp]', dies: ['erp'], latency: 0.05,
  },
];

export interface Case {
  readonly family: Family;
  /** Messages a second. */
  readonly rate: number;
  /** Horizon, s. */
  readonly seconds: number;
  readonly faults: boolean;
}

/** What runs for minutes is asked for at one rate. */
const LONGEST_RATE = 1_000;

/** Every family at every rate, without and with faults; then ten times as long without, and at one rate a hundred times. */
export function casesOf(quick: boolean): readonly Case[] {
  const messages = quick ? 2_000 : 50_000;
  return FAMILIES.flatMap((family) => [10, 100, 1_000, 10_000].flatMap((rate) => {
    const seconds = Math.max(quick ? 5 : 20, messages / rate);
    const times = rate === LONGEST_RATE && !quick ? [10, 100] : [10];
    return [
      { family, rate, seconds, faults: false }, { family, rate, seconds, faults: true },
      ...times.map((factor) => ({ family, rate, seconds: factor * seconds, faults: false })),
    ];
  }));
}

export function textOf({ family, rate, seconds, faults }: Case): string {
  const ms = (share: number): string => `${String(Math.round(seconds * share * 1000))}ms`;
  const dies = Array.from({ length: 10 }, (_, i) => `  - { id: crash-${String(i)}, kind: crash, target: ${family.dies[i % family.dies.length]}, at: ${ms(0.05 + 0.09 * i)}, for: ${ms(0.01)} }\n`).join('');
  return `version: 1
name: bench
seed: 1
run: { horizon: ${String(seconds)}s, drain: 10m, replications: 1 }
topology:${family.topology}
flows:
  orders: { arrivals: { poisson: ${String(rate)}/s }, route: ${family.route}, client: { retry: 1000, backoff: 1s, timeout: 1h } }
${faults ? `faults:\n${dies}` : ''}`;
}
