/**
 * Counts and delays of the messages of a flow, or of one leg of them: everything in a row of `flows.csv` that speaks of fates.
 *
 * Counts are of the cohort. A delay is the first effect minus the offer; a message that was accepted and never had its effect
 * counts as infinite, one that was never accepted not at all. Memory does not grow with messages.
 * Not here: sends, receives and answers, which have no leg, and everything that goes by clock.
 */
import { QuantileHistogram, Tally } from '../../stats/index.js';
import type { CausePathId, Fate, Microseconds, ModelMap } from '../../model/index.js';
import type { Cell } from '../result.js';
import { occurrencesOf } from './attribution.js';
import { cellOf, seconds } from './cells.js';
import type { Window } from './window.js';

interface Loss { count: number; oldest: Microseconds }

export class LegTally {
  offered = 0;
  duplicates = 0;
  suppressed = 0;
  /** Delays of the cohort, seconds. */
  readonly delays = new QuantileHistogram();
  /** Ages at the end of the run of those whose delay is infinite, seconds: what is known of these delays. */
  readonly undelivered = new QuantileHistogram();
  readonly #fates: Record<Fate, number> = {
    lost: 0, dead_lettered: 0, suspended: 0, expired: 0, rejected: 0, in_flight: 0, delivered: 0,
  };
  #stranded = 0;
  #late = 0;
  #outOfOrder = 0;
  readonly #means = new Tally();
  readonly #window: Window;
  readonly #deadline: Microseconds;
  /** Highest number delivered so far, per key. */
  readonly #highest: Float64Array;
  readonly #losses = new Map<number, Loss>();

  constructor(window: Window, deadline: Microseconds | null, keys: number) {
    this.#window = window;
    this.#deadline = deadline ?? Infinity;
    this.#highest = new Float64Array(Math.max(1, keys)).fill(-1);
  }

  /** First effect. Messages outside the cohort only matter for the order of those inside. */
  delivered(time: Microseconds, n: number, offeredAt: Microseconds): void {
    const inCohort = this.#window.inCohort(offeredAt);
    const key = this.#highest.length === 1 ? 0 : n % this.#highest.length;
    if (n > this.#highest[key]) this.#highest[key] = n;
    else if (inCohort) this.#outOfOrder += 1;
    if (!inCohort) return;
    const delay = time - offeredAt;
    if (delay > this.#deadline) this.#late += 1;
    this.delays.add(seconds(delay));
    this.#means.add(seconds(delay));
  }

  /** Final fate of a message (or leg) of the cohort. */
  closed(map: ModelMap, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean, accepted: boolean): void {
    this.#fates[fate] += 1;
    if (fate === 'delivered') return;
    if (stranded) this.#stranded += 1;
    const age = this.#window.end - offeredAt;
    // In flight it may still come in time; every other fate is a promise broken, whatever its age.
    if (this.#deadline < Infinity && (fate !== 'in_flight' || age > this.#deadline)) this.#late += 1;
    if (accepted) {
      this.delays.addInfinite();
      this.undelivered.add(seconds(age));
    }
    if (fate === 'lost') this.#lose(map, offeredAt, cause);
  }

  /** Those delivered so far, and the sum of their delays, seconds. */
  get delayed(): { readonly count: number; readonly sum: number } {
    return { count: this.#means.count, sum: this.#means.count === 0 ? 0 : this.#means.mean * this.#means.count };
  }

  /** The cells of this tally, by column. */
  cells(map: ModelMap): Record<string, Cell> {
    const worst = this.#worstLoss(map);
    return {
      offered: this.offered, ...this.#fates, stranded: this.#stranded, duplicates: this.duplicates, suppressed: this.suppressed,
      late: this.#late, out_of_order: this.#outOfOrder,
      delay_mean_s: cellOf(this.#means.mean), delay_p50_s: cellOf(this.delays.quantile(0.5)),
      delay_p95_s: cellOf(this.delays.quantile(0.95)), delay_p99_s: cellOf(this.delays.quantile(0.99)),
      delay_max_s: cellOf(this.delays.quantile(1)),
      throughput_per_s: cellOf(this.#fates.delivered / seconds(this.#window.span)),
      rpa_msgs: worst.count, rpa_s: seconds(worst.age),
    };
  }

  #lose(map: ModelMap, offeredAt: Microseconds, cause: CausePathId): void {
    // A loss behind which several faults stand counts for each: a recovery point must not look better for being hit twice.
    for (const occurrence of occurrencesOf(map, cause)) {
      const loss = this.#losses.get(occurrence);
      if (loss === undefined) this.#losses.set(occurrence, { count: 1, oldest: offeredAt });
      else {
        loss.count += 1;
        loss.oldest = Math.min(loss.oldest, offeredAt);
      }
    }
  }

  /** Messages lost by the fault that lost most, and the age of the oldest of them when it came; ties go to the older. */
  #worstLoss(map: ModelMap): { readonly count: number; readonly age: Microseconds } {
    let worst = { count: 0, age: 0 };
    for (const [occurrence, loss] of this.#losses) {
      const age = Math.max(0, map.occurrences[occurrence].start - loss.oldest);
      if (loss.count > worst.count || (loss.count === worst.count && age > worst.age)) worst = { count: loss.count, age };
    }
    return worst;
  }
}
