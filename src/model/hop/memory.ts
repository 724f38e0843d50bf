/** Remembered ids of a sink: so many, the oldest forgotten first. Not here: when an id is recorded (with the effect, see `work.ts`). */

export class Memory {
  private readonly ids = new Set<string>();

  constructor(private readonly size: number, private readonly durable: boolean) {}

  knows(flow: number, n: number, leg: number): boolean {
    return this.ids.has(`${flow}:${n}:${leg}`);
  }

  record(flow: number, n: number, leg: number): void {
    this.ids.add(`${flow}:${n}:${leg}`);
    if (this.ids.size > this.size) this.ids.delete(this.ids.values().next().value!);
  }

  /** What is kept in memory only is gone. */
  processEnded(): void {
    if (!this.durable) this.ids.clear();
  }
}
