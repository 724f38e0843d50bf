/**
 * Replications as they come in, whatever their order, taken in the order of their numbers.
 *
 * Only the leading ones count: replication 7 waits until 1 to 6 are there. So a stopping rule sees the same replications however
 * many workers there are, a failure is the same one, and what an interrupt leaves is what so many replications would have given.
 *
 * Not here: who runs them, and how a rule decides.
 */
import type { StoppingRule } from './precision.js';
import type { ReplicationResult } from './result.js';

export class Gathering<Failure> {
  /** The leading ones. */
  readonly done: ReplicationResult[] = [];
  readonly #waiting = new Map<number, ReplicationResult | { readonly failed: Failure }>();
  readonly #limit: number;
  readonly #rule: StoppingRule | null;
  #failure: Failure | null = null;
  #enough = false;

  /** At most `limit` replications; `rule` may end them earlier. */
  constructor(limit: number, rule: StoppingRule | null) {
    this.#limit = limit;
    this.#rule = rule;
  }

  put(result: ReplicationResult): void {
    this.#take(result.replication, result);
  }

  /** A replication that broke. It counts only if none before it broke and nothing ended before it. */
  fail(replication: number, failure: Failure): void {
    this.#take(replication, { failed: failure });
  }

  /** No further replication is wanted. */
  get over(): boolean {
    return this.complete || this.#failure !== null;
  }

  /** All that were wanted are there. */
  get complete(): boolean {
    return this.#enough || this.done.length === this.#limit;
  }

  /** Those that are there, leading or not. */
  get arrived(): number {
    return this.done.length + this.#waiting.size;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  #take(replication: number, outcome: ReplicationResult | { readonly failed: Failure }): void {
    this.#waiting.set(replication, outcome);
    while (!this.over) {
      const next = this.done.length + 1;
      const found = this.#waiting.get(next);
      if (found === undefined) return;
      this.#waiting.delete(next);
      if ('failed' in found) {
        this.#failure = found.failed;
      } else {
        this.done.push(found);
        this.#enough = this.#rule?.enough(this.done) ?? false;
      }
    }
    this.#waiting.clear();
  }
}
