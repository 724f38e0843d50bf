/**
 * The two windows of a run: the cohort that counts are of, and the stretch of clock that averages are over.
 *
 * The cohort is what was offered in [warmup, horizon); it may end in the drain. Averages run over [warmup, horizon] by clock.
 */
import type { Microseconds, RunDefinition } from '../../model/index.js';

/** 365 days: what "a year" means in figures. */
export const YEAR: Microseconds = 365 * 86_400_000_000;

export class Window {
  readonly warmup: Microseconds;
  readonly horizon: Microseconds;
  /** When the run is over: the horizon and the drain after it. */
  readonly end: Microseconds;

  constructor(run: RunDefinition) {
    this.warmup = run.warmup;
    this.horizon = run.horizon;
    this.end = run.horizon + run.drain;
  }

  /** Whether a message offered then belongs to the counts. */
  inCohort(offeredAt: Microseconds): boolean {
    return offeredAt >= this.warmup && offeredAt < this.horizon;
  }

  /** Length of the averaged stretch, µs. */
  get span(): Microseconds {
    return this.horizon - this.warmup;
  }

  /** How much of [from, to] lies in the averaged stretch, µs. */
  overlap(from: Microseconds, to: Microseconds): Microseconds {
    // Without branches: what the compiler has not seen before the warm-up is over would be compiled for twice.
    return Math.max(0, Math.min(to, this.horizon) - Math.max(from, this.warmup));
  }
}

/**
 * The cohort by message number, for entries that carry no instant of offer. Messages of a flow are numbered in the order in
 * which they are offered, so the cohort of a flow is one range of numbers.
 */
export class CohortNumbers {
  #first = Infinity;
  #last = -Infinity;

  /** A message of the cohort was offered. */
  include(n: number): void {
    if (n < this.#first) this.#first = n;
    if (n > this.#last) this.#last = n;
  }

  has(n: number): boolean {
    return n >= this.#first && n <= this.#last;
  }
}
