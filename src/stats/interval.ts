/**
 * Confidence intervals from independent observations: a mean, a proportion, a paired difference.
 *
 * Does not know whether the observations are independent: replications with streams of their own are, successive
 * values of one run are not (`batchMeans`, `ratioInterval`). The default confidence everywhere is 0.95.
 */
import { requireConfidence, StatsError } from './errors.js';
import { normalQuantile } from './normal.js';
import { studentQuantile } from './student.js';
import { Tally } from './tally.js';

/** A point estimate and what the observations leave open about it. */
export interface Interval {
  /** The point estimate: mean, proportion, mean difference or ratio; NaN without observations. */
  readonly mean: number;
  /** Lower and upper limit; NaN where the observations say nothing about the spread. */
  readonly low: number;
  readonly high: number;
  /** (high − low) / 2; the distance from the mean to either limit, except for proportions, which lie off centre. */
  readonly halfWidth: number;
  /** Observations behind it: values, trials, pairs, batches or cycles. */
  readonly count: number;
}

/**
 * Student's t interval of the mean, mean ± t(n − 1) s/√n: exact for independent normal values, and by the central limit
 * theorem a good approximation for the means over replications it is used on.
 *
 * No value: all NaN, count 0. One value: low, high and halfWidth NaN (nothing is known about the spread). Values all
 * equal: low = high = mean. An infinite value: an infinite mean, limits NaN. Throws StatsError on NaN.
 */
export function meanInterval(values: ArrayLike<number>, confidence = 0.95): Interval {
  requireConfidence('meanInterval: confidence', confidence);
  const tally = new Tally();
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) throw new StatsError(`meanInterval: values[${String(i)}] is NaN`);
    tally.add(values[i]);
  }
  return around(tally.mean, tally.deviation, tally.count, confidence);
}

/** mean ± t(count − 1) deviation/√count, limits NaN when the deviation is. For the estimators of this room. */
export function around(mean: number, deviation: number, count: number, confidence: number): Interval {
  if (count < 2) return { mean, low: NaN, high: NaN, halfWidth: NaN, count };
  const halfWidth = (studentQuantile(0.5 + confidence / 2, count - 1) * deviation) / Math.sqrt(count);
  return { mean, low: mean - halfWidth, high: mean + halfWidth, halfWidth, count };
}

/**
 * Score interval of a proportion, Wilson (1927), J. Amer. Statist. Assoc. 22, 209–212. Keeps its promise where the
 * textbook interval collapses: few trials, no success, all successes. `mean` is successes/trials, not the centre.
 * No trials: all NaN. Throws StatsError unless 0 ≤ successes ≤ trials are whole numbers.
 */
export function proportionInterval(successes: number, trials: number, confidence = 0.95): Interval {
  requireConfidence('proportionInterval: confidence', confidence);
  if (!(Number.isSafeInteger(successes) && Number.isSafeInteger(trials) && successes >= 0 && successes <= trials)) {
    throw new StatsError(`proportionInterval: ${String(successes)} successes of ${String(trials)} trials`);
  }
  if (trials === 0) return { mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count: 0 };
  const z = normalQuantile(0.5 + confidence / 2);
  const share = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / shrink;
  const reach = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / shrink;
  // At the ends the limit is 0 or 1 by algebra; rounding must not leave a crumb beside it.
  const low = successes === 0 ? 0 : centre - reach;
  const high = successes === trials ? 1 : centre + reach;
  return { mean: share, low, high, halfWidth: (high - low) / 2, count: trials };
}

/**
 * Interval of the mean of a[i] − b[i]: what common random numbers are for, since what both share cancels. A pair of
 * equal infinities has no difference, so the interval is all NaN then; otherwise as `meanInterval` of the differences.
 * Throws StatsError for NaN and for different lengths.
 */
export function pairedInterval(a: ArrayLike<number>, b: ArrayLike<number>, confidence = 0.95): Interval {
  requireConfidence('pairedInterval: confidence', confidence);
  if (a.length !== b.length) throw new StatsError(`pairedInterval: ${String(a.length)} values against ${String(b.length)}`);
  const differences = new Float64Array(a.length);
  let defined = true;
  for (let i = 0; i < a.length; i += 1) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) throw new StatsError(`pairedInterval: pair ${String(i)} holds NaN`);
    differences[i] = a[i] - b[i];
    if (Number.isNaN(differences[i])) defined = false;
  }
  return defined ? meanInterval(differences, confidence) : around(NaN, NaN, a.length, confidence);
}
