/**
 * A number that is compared with limits: a count of messages, rows in a table, bytes of memory.
 *
 * A change costs one addition and two comparisons; those who watch hear only when a limit is crossed. A limit is passed when the
 * number is above it. Not here: what follows from it (`throttle.ts`).
 */
export class Level {
  value = 0;
  /** The nearest limits around the value: it is above `low` and at most `high`. */
  private low = -Infinity;
  private high = Infinity;
  private readonly limits: number[] = [];
  private readonly listeners: (() => void)[] = [];

  /** Calls the listener whenever the value passes this limit, in either direction. */
  watch(limit: number, listener: () => void): void {
    this.limits.push(limit);
    if (!this.listeners.includes(listener)) this.listeners.push(listener);
    this.bracket();
  }

  add(change: number): void {
    this.set(this.value + change);
  }

  set(value: number): void {
    this.value = value;
    if (value > this.high || value <= this.low) this.crossed();
  }

  private crossed(): void {
    this.bracket();
    for (const listener of this.listeners) listener();
  }

  private bracket(): void {
    this.low = -Infinity;
    this.high = Infinity;
    for (const limit of this.limits) {
      if (limit < this.value) this.low = Math.max(this.low, limit);
      else this.high = Math.min(this.high, limit);
    }
  }
}
