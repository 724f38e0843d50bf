/** Remembered ids of a sink: so many, the oldest forgotten first. Not here: when an id is looked up and recorded (`work.ts`). */

export interface MemoryTerms {
  /** Ids remembered; the oldest is forgotten first. */
  readonly ids: number;
  /** Survives the end of the process, and is shared by all members. */
  readonly durable: boolean;
  /** Though it survives, each member has one of its own. */
  readonly apart?: boolean;
  /** An id is looked up before the work, and recorded before it or with the effect; absent: both happen with the effect. */
  readonly before?: 'look' | 'record';
  /** An id that comes again is forgotten. */
  readonly removes?: boolean;
}

export class Memory {
  private readonly ids = new Set<string>();

  constructor(readonly terms: MemoryTerms) {}

  /** Whether it knows this id; some lists drop an id that came again. */
  matches(flow: number, n: number, leg: number): boolean {
    const id = `${flow}:${n}:${leg}`;
    const known = this.ids.has(id);
    if (known && this.terms.removes === true) this.ids.delete(id);
    return known;
  }

  record(flow: number, n: number, leg: number): void {
    this.ids.add(`${flow}:${n}:${leg}`);
    if (this.ids.size > this.terms.ids) this.ids.delete(this.ids.values().next().value!);
  }

  /** What is kept in memory only is gone. */
  processEnded(): void {
    if (!this.terms.durable) this.ids.clear();
  }
}
