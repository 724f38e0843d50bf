/**
 * What the threads of one run share: the next replication to take, and the last one that is still wanted.
 *
 * A busy thread hears no messages, but it can look here. To take the next number is all the dispatching there is, so numbers are
 * taken in order; to want nothing more is how a run is stopped, whoever stops it.
 */

const NEXT = 0;
const LAST = 1;
const WORDS = 2;

export class Board {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;

  private constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Replications 1 to `last` are wanted. */
  static open(last: number): Board {
    const board = new Board(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
    board.#words[NEXT] = 1;
    board.#words[LAST] = last;
    return board;
  }

  /** The same board in another thread. */
  static of(buffer: SharedArrayBuffer): Board {
    return new Board(buffer);
  }

  /** The next replication, which nobody else gets; null when none is wanted. */
  take(): number | null {
    // A look first: the counter must not run away while threads go on asking.
    if (!this.hasMore) return null;
    const replication = Atomics.add(this.#words, NEXT, 1);
    return this.wants(replication) ? replication : null;
  }

  /** Somebody who takes now gets one, unless others are quicker. */
  get hasMore(): boolean {
    return this.wants(Atomics.load(this.#words, NEXT));
  }

  wants(replication: number): boolean {
    return replication <= Atomics.load(this.#words, LAST);
  }

  /** Nothing after `last` is wanted any more. What was not wanted before stays so. */
  endAfter(last: number): void {
    let seen = Atomics.load(this.#words, LAST);
    while (last < seen) {
      const was = Atomics.compareExchange(this.#words, LAST, seen, last);
      if (was === seen) return;
      seen = was;
    }
  }
}
