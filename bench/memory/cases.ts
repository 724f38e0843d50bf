/**
 * Runs whose memory is bounded, as scenario texts: a long one with little in flight, and one in which everything piles up in a queue.
 *
 * It runs nothing.
 */
export interface MemoryCase {
  readonly name: 'run' | 'backlog';
  readonly messages: number;
  /** What V8 may take for objects (`--max-old-space-size`), MiB. */
  readonly heap: number;
  /** What the whole process may take, MiB: objects, columns of messages, the program itself. */
  readonly process: number;
}

/** As they are meant; and a part of them that takes few seconds. */
export const FULL: readonly MemoryCase[] = [{ name: 'run', messages: 10_000_000, heap: 64, process: 256 }, { name: 'backlog', messages: 10_000_000, heap: 64, process: 1024 }];
export const PART: readonly MemoryCase[] = [{ name: 'run', messages: 200_000, heap: 48, process: 192 }, { name: 'backlog', messages: 200_000, heap: 48, process: 192 }];

const RATE = 10_000;

export function memoryText({ name, messages }: MemoryCase): string {
  return `version: 1
name: memory
seed: 1
run: { horizon: ${String(messages / RATE)}s, drain: 1m, replications: 1 }
topology:
  us: { kind: datacenter }
  contoso: { kind: service-bus-namespace, in: us }
  orders: { kind: queue, in: contoso, size: 100000GiB, work: 15ms }
  shop: { kind: service-bus-sender, to: orders }
  ledger: { kind: service-bus-receiver, from: orders, concurrency: ${name === 'backlog' ? '1' : '100000'}, work: ${name === 'backlog' ? '365d' : '50ms'} }
flows:
  orders: { arrivals: { poisson: ${String(RATE)}/s }, route: [shop, ledger] }
`;
}
