/**
 * How long the backlog of a flow is when nothing is wrong: its time-weighted 99th percentile, as known at an instant.
 *
 * Only calm time counts: the flow is served and has recovered from every fault before. History from the end of warm-up on is
 * used once there is any, else what there is from time 0.
 */
import { QuantileHistogram } from '../../stats/index.js';
import type { Microseconds } from '../../model/index.js';

/** Lengths below this are counted one by one, which is what the histogram would do with them, only dearer: every message comes here twice. */
const SHORT = 256;

/** How long the backlog had which length. */
class Lengths {
  readonly #short = new Float64Array(SHORT);
  /** Above all lengths that are in it. */
  #above = 0;
  readonly #histogram = new QuantileHistogram();

  add(length: number, time: Microseconds): void {
    if (length < SHORT) {
      this.#short[length] += time;
      if (length >= this.#above) this.#above = length + 1;
    } else this.#histogram.add(length, time);
  }

  /** Of all so far. */
  get histogram(): QuantileHistogram {
    for (let length = 0; length < this.#above; length += 1) this.#histogram.add(length, this.#short[length]);
    this.#short.fill(0, 0, this.#above);
    this.#above = 0;
    return this.#histogram;
  }
}

export class BacklogHistory {
  readonly #warmup: Microseconds;
  readonly #before = new Lengths();
  readonly #after = new Lengths();
  #since: Microseconds = 0;

  constructor(warmup: Microseconds) {
    this.#warmup = warmup;
  }

  /** The backlog was `length` from the last call to now, in calm time or not. */
  advance(time: Microseconds, length: number, calm: boolean): void {
    const since = this.#since;
    if (time <= since) return;
    this.#since = time;
    if (!calm) return;
    if (since >= this.#warmup) this.#after.add(length, time - since);
    else if (time <= this.#warmup) this.#before.add(length, time - since);
    else {
      this.#before.add(length, this.#warmup - since);
      this.#after.add(length, time - this.#warmup);
    }
  }

  /** Longest backlog that still counts as normal: never below one message, which may always be on its way. */
  get normal(): number {
    const after = this.#after.histogram;
    const history = after.count > 0 ? after : this.#before.histogram;
    return history.count > 0 ? Math.max(1, history.quantile(0.99)) : 1;
  }
}
