/**
 * A trip: a counter with a threshold and a window. It is the only way from counts back to states.
 *
 * Not here: who counts (transitions, hops) and what a tripped trip leads to (guards).
 */
import type { Microseconds } from './parameter.js';

export class Trip {
  private readonly times: Microseconds[] = [];

  /** @param threshold tripped from this count on; @param window only what was counted within it matters, Infinity for ever */
  constructor(private readonly threshold: number, readonly window: Microseconds) {}

  count(now: Microseconds): void {
    this.times.push(now);
  }

  tripped(now: Microseconds): boolean {
    while (this.times.length > 0 && this.times[0] <= now - this.window) this.times.shift();
    return this.times.length >= this.threshold;
  }

  /** Tripped without any count. */
  get always(): boolean {
    return this.threshold <= 0;
  }

  /** So many counts as still matter; for an exact solver. */
  counted(now: Microseconds): number {
    return this.tripped(now) ? Math.max(0, this.threshold) : this.times.length;
  }

  reset(): void {
    this.times.length = 0;
  }
}
