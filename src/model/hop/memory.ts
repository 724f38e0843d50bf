/** Remembered ids of a sink: so many, the oldest forgotten first. Not here: when an id is looked up and recorded (`work.ts`). */
import type { MemoryTerms } from './declaration.js';

export class Memory {
  private readonly ids = new Set<string>();

  constructor(readonly terms: MemoryTerms) {}

  knows(flow: number, n: number, leg: number): boolean {
    return this.ids.has(`${flow}:${n}:${leg}`);
  }

  record(flow: number, n: number, leg: number): void {
    this.ids.add(`${flow}:${n}:${leg}`);
    if (this.ids.size > this.terms.ids) this.ids.delete(this.ids.values().next().value!);
  }

  /** It came again: some lists drop an id then. */
  matched(flow: number, n: number, leg: number): void {
    if (this.terms.removes === true) this.ids.delete(`${flow}:${n}:${leg}`);
  }

  /** What is kept in memory only is gone. */
  processEnded(): void {
    if (!this.terms.durable) this.ids.clear();
  }
}
