/**
 * How long the backlog of a flow is when nothing is wrong: its time-weighted 99th percentile, as known at an instant.
 *
 * Only calm time counts: the flow is served and has recovered from every fault before. History from the end of warm-up on is
 * used once there is any, else what there is from time 0.
 */
import { QuantileHistogram } from '../../stats/index.js';
import type { Microseconds } from '../../model/index.js';

export class BacklogHistory {
  readonly #warmup: Microseconds;
  readonly #before = new QuantileHistogram();
  readonly #after = new QuantileHistogram();
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
    const history = this.#after.count > 0 ? this.#after : this.#before;
    return history.count > 0 ? Math.max(1, history.quantile(0.99)) : 1;
  }
}
