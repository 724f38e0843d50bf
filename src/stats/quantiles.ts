/**
 * Exact quantiles of a small sample that is at hand as a whole: figures per replication.
 *
 * Sorts a copy; for millions of messages use `QuantileHistogram`, whose definition is the one without interpolation.
 */
import { requireProbability, StatsError } from './errors.js';
import { rankOf } from './rank.js';

/**
 * The p-quantile by definition 7 of Hyndman & Fan (1996), The American Statistician 50, 361–365 (default of R, NumPy and
 * spreadsheets): with h = (n − 1) p, linear between the values of rank ⌊h⌋ and ⌊h⌋ + 1, counted from 0 in ascending
 * order. Between a finite value and +Infinity it is +Infinity. NaN for an empty sample.
 * Throws StatsError for NaN among the values and p outside [0, 1].
 */
export function sampleQuantile(values: ArrayLike<number>, p: number): number {
  return sortedQuantile(sortedCopy(values), p);
}

/** The values in ascending order; throws StatsError on NaN. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) throw new StatsError(`sample: values[${String(i)}] is NaN`);
  }
  return Float64Array.from(values).sort();
}

/** `sampleQuantile` of values already in ascending order, for those who ask for several. */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  requireProbability('sampleQuantile: p', p);
  if (sorted.length === 0) return NaN;
  const rank = rankOf(p, sorted.length - 1);
  const index = Math.floor(rank);
  const share = rank - index;
  const low = sorted[index];
  if (share === 0) return low;
  const high = sorted[index + 1];
  // Infinity − Infinity would be NaN.
  if (high === Infinity || low === -Infinity) return high === Infinity ? high : low;
  return Math.min(high, low + share * (high - low));
}
