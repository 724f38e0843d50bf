/**
 * Backlog of one flow: messages offered without effect or final fate, the source included.
 *
 * A suspended message leaves it (only a person can move it) and enters it again when it is resumed. Memory grows with the
 * messages that are suspended now and with nothing else.
 */
import type { Fate } from '../../model/index.js';

export class Backlog {
  /** Messages in the backlog now. */
  value = 0;
  readonly #suspended = new Set<number>();

  offered(): void {
    this.value += 1;
  }

  delivered(n: number): void {
    if (!this.#wasSuspended(n)) this.value -= 1;
  }

  suspended(n: number, suspended: boolean): void {
    if (suspended) {
      if (this.#suspended.has(n)) return;
      this.#suspended.add(n);
      this.value -= 1;
    } else if (this.#suspended.delete(n)) this.value += 1;
  }

  /** A message in flight at the end stays in the backlog; a delivered one has left it already. */
  closed(n: number, fate: Fate): void {
    if (fate === 'delivered' || fate === 'in_flight') return;
    if (!this.#wasSuspended(n)) this.value -= 1;
  }

  #wasSuspended(n: number): boolean {
    return this.#suspended.size > 0 && this.#suspended.delete(n);
  }
}
