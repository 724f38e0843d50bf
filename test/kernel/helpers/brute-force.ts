/** The obvious kernel: a list, searched from end to end for the least event. Slow, and plainly right. */

export interface KernelUnderTest {
  now: number;
  readonly pending: number;
  nextTime(): number;
  schedule(delay: number, handler: (argument: number) => void, argument: number, priority: number, rank: number): number;
  cancel(id: number): boolean;
  isPending(id: number): boolean;
  timeOf(id: number): number;
  run(until: number): void;
}

interface Entry {
  readonly key: readonly [time: number, priority: number, rank: number, sequence: number];
  readonly handler: (argument: number) => void;
  readonly argument: number;
}

export class BruteForceKernel implements KernelUnderTest {
  now = 0;
  private readonly entries = new Map<number, Entry>();
  private sequence = 0;

  get pending(): number {
    return this.entries.size;
  }

  nextTime(): number {
    return this.first()?.[1].key[0] ?? Infinity;
  }

  schedule(delay: number, handler: (argument: number) => void, argument: number, priority: number, rank: number): number {
    const id = ++this.sequence;
    this.entries.set(id, { key: [this.now + delay, priority, rank, id], handler, argument });
    return id;
  }

  cancel(id: number): boolean {
    return this.entries.delete(id);
  }

  isPending(id: number): boolean {
    return this.entries.has(id);
  }

  timeOf(id: number): number {
    return this.entries.get(id)?.key[0] ?? NaN;
  }

  run(until: number): void {
    for (let first = this.first(); first !== undefined && first[1].key[0] <= until; first = this.first()) {
      this.entries.delete(first[0]);
      this.now = first[1].key[0];
      first[1].handler(first[1].argument);
    }
    this.now = until;
  }

  private first(): [number, Entry] | undefined {
    let best: [number, Entry] | undefined;
    for (const candidate of this.entries) {
      if (best === undefined || precedes(candidate[1].key, best[1].key)) best = candidate;
    }
    return best;
  }
}

function precedes(a: Entry['key'], b: Entry['key']): boolean {
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) return a[index] < b[index];
  }
  return false;
}
