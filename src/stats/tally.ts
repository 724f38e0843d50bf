/**
 * Running count, mean, variance, extremes and sum of observations that carry no duration.
 *
 * Does not keep the observations, so it knows no quantiles (`QuantileHistogram`, `sampleQuantile`), and does
 * not weight by time (`TimeWeighted`).
 */
import { CompensatedSum } from './compensated-sum.js';
import { requireNumber } from './errors.js';

/**
 * Mean and variance after Welford (1962), Technometrics 4, 419–420; merging after Chan, Golub & LeVeque (1983),
 * The American Statistician 37, 242–247. Merging is exact in real arithmetic; in floating point the last bits of
 * mean and variance depend on the order, so merge in a fixed one (by replication, say). Count, min and max do not
 * depend on the order at all.
 *
 * Empty: mean, variance, deviation, min and max are NaN, sum is 0. One observation: variance and deviation are NaN.
 * An infinite observation makes mean and sum infinite (NaN when both signs occur) and the variance NaN.
 */
export class Tally {
  #count = 0;
  #mean = 0;
  #squares = 0;
  #min = Infinity;
  #max = -Infinity;
  /** 0 while all is finite, else the sum of the infinite observations; keeps them out of the recurrences. */
  #infinities = 0;
  #finite = 0;
  readonly #sum = new CompensatedSum();

  /** Adds one observation. Throws StatsError on NaN. */
  add(x: number): void {
    requireNumber('Tally.add: value', x);
    this.#count += 1;
    if (x < this.#min) this.#min = x;
    if (x > this.#max) this.#max = x;
    if (x === Infinity || x === -Infinity) {
      this.#infinities += x;
      return;
    }
    this.#finite += 1;
    const delta = x - this.#mean;
    this.#mean += delta / this.#finite;
    this.#squares += delta * (x - this.#mean);
    this.#sum.add(x);
  }

  /** Adds all observations of `o`, which stays as it is and may be this tally itself. */
  merge(o: Tally): void {
    if (o.#finite > 0) {
      const mine = this.#finite;
      const all = mine + o.#finite;
      const delta = o.#mean - this.#mean;
      this.#squares += o.#squares + delta * delta * ((mine * o.#finite) / all);
      this.#mean += delta * (o.#finite / all);
      this.#finite = all;
      this.#sum.merge(o.#sum);
    }
    this.#infinities += o.#infinities;
    this.#count += o.#count;
    if (o.#min < this.#min) this.#min = o.#min;
    if (o.#max > this.#max) this.#max = o.#max;
  }

  /** Number of observations. */
  get count(): number {
    return this.#count;
  }

  /** Arithmetic mean; NaN when empty. */
  get mean(): number {
    if (this.#infinities !== 0) return this.#infinities;
    return this.#count === 0 ? NaN : this.#mean;
  }

  /** Unbiased sample variance (divisor count − 1); NaN for fewer than two observations or an infinite one. */
  get variance(): number {
    return this.#infinities !== 0 || this.#count < 2 ? NaN : this.#squares / (this.#count - 1);
  }

  /** Sample standard deviation: root of `variance`. */
  get deviation(): number {
    return Math.sqrt(this.variance);
  }

  /** Smallest observation; NaN when empty. */
  get min(): number {
    return this.#count === 0 ? NaN : this.#min;
  }

  /** Largest observation; NaN when empty. */
  get max(): number {
    return this.#count === 0 ? NaN : this.#max;
  }

  /** Compensated sum; 0 when empty. */
  get sum(): number {
    return this.#infinities !== 0 ? this.#infinities : this.#sum.value;
  }
}
