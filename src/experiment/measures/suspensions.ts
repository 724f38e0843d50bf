/**
 * Why the messages are suspended that are suspended now.
 *
 * The end of the run closes them without a cause of its own; what counts is why they were suspended when they were. Memory
 * follows the messages that only an operator can move.
 */
import type { CausePathId, Fate } from '../../model/index.js';

export class Suspensions {
  readonly #causes: readonly Map<number, CausePathId>[];

  constructor(flows: number) {
    this.#causes = Array.from({ length: flows }, () => new Map());
  }

  set(flow: number, n: number, suspended: boolean, cause: CausePathId): void {
    if (suspended) this.#causes[flow].set(n, cause);
    else this.#causes[flow].delete(n);
  }

  /** The cause of a final fate. */
  causeOf(flow: number, n: number, fate: Fate, cause: CausePathId): CausePathId {
    return fate === 'suspended' && cause === 0 ? (this.#causes[flow].get(n) ?? 0) : cause;
  }
}
