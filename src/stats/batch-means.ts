/**
 * Confidence interval of a steady-state mean from one long run: the method of batch means.
 *
 * Does not find the end of the warm-up; whether batches are long enough is what `serialCorrelation` of their means says.
 */
import { requireFinite, StatsError } from './errors.js';
import { meanInterval, type Interval } from './interval.js';
import { Tally } from './tally.js';

/** Schmeiser (1982), Operations Research 30, 556–568: more than 30 batches gain little, fewer than 10 cost width. */
const DEFAULT_BATCHES = 20;

/**
 * Cuts `values`, in order of time, into `batches` runs of equal length and treats their means as independent and normal.
 *
 * Assumes: the series is stationary (warm-up removed); a batch is much longer than the time over which values are
 * correlated, else the interval is too narrow. Values that do not fill a batch are left out at the beginning, where a
 * remnant of the warm-up would be, so `mean` is that of the values used. `count` is the number of batches.
 *
 * Throws StatsError for fewer than 2 batches, fewer than 2 values per batch, and NaN.
 */
export function batchMeans(values: ArrayLike<number>, batches = DEFAULT_BATCHES, confidence = 0.95): Interval {
  if (!(Number.isSafeInteger(batches) && batches >= 2)) {
    throw new StatsError(`batchMeans: batches must be a whole number ≥ 2, got ${String(batches)}`);
  }
  const size = Math.floor(values.length / batches);
  if (size < 2) {
    throw new StatsError(`batchMeans: ${String(values.length)} values are too few for ${String(batches)} batches of at least 2`);
  }
  const means = new Float64Array(batches);
  let at = values.length - size * batches;
  for (let batch = 0; batch < batches; batch += 1) {
    // The running mean rather than sum/size, so that equal values have exactly equal means.
    let mean = 0;
    for (let n = 1; n <= size; n += 1, at += 1) {
      if (Number.isNaN(values[at])) throw new StatsError(`batchMeans: values[${String(at)}] is NaN`);
      mean += (values[at] - mean) / n;
    }
    means[batch] = mean;
  }
  return meanInterval(means, confidence);
}

/**
 * How much each value goes with the one after it: correlation of neighbours, -1 to 1. Of independent values it is normal around -1/n with
 * a deviation of 1/√n (Bartlett 1946, J. R. Statist. Soc. Suppl. 8, 27-41), so that a large one says that batches are too short.
 *
 * NaN for fewer than 3 values and for values that are all equal. Throws StatsError for values that are not finite.
 */
export function serialCorrelation(values: ArrayLike<number>): number {
  const n = values.length;
  const tally = new Tally();
  for (let i = 0; i < n; i += 1) {
    requireFinite(`serialCorrelation: values[${String(i)}]`, values[i]);
    tally.add(values[i]);
  }
  if (n < 3) return NaN;
  let together = 0;
  let spread = 0;
  for (let i = 0; i < n; i += 1) {
    const away = values[i] - tally.mean;
    spread += away * away;
    if (i > 0) together += away * (values[i - 1] - tally.mean);
  }
  return spread === 0 ? NaN : together / spread;
}
