/**
 * The figures that a table shows of one metric over replications.
 *
 * Does not judge and does not format; the interval is for the mean, the quantiles are of the replications themselves.
 */
import { meanInterval } from './interval.js';
import { sortedCopy, sortedQuantile } from './quantiles.js';

/** All in the unit of the values. */
export interface Summary {
  readonly mean: number;
  /** 95 % Student interval of the mean; NaN for fewer than two values or an infinite one. */
  readonly ci95Low: number;
  readonly ci95High: number;
  readonly min: number;
  /** Quantiles by `sampleQuantile`. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly count: number;
}

/** Summary of `values`; all NaN with count 0 when there are none. Throws StatsError on NaN. */
export function summarise(values: ArrayLike<number>): Summary {
  const sorted = sortedCopy(values);
  const { mean, low, high, count } = meanInterval(values);
  return {
    mean,
    ci95Low: low,
    ci95High: high,
    min: sortedQuantile(sorted, 0),
    p50: sortedQuantile(sorted, 0.5),
    p95: sortedQuantile(sorted, 0.95),
    p99: sortedQuantile(sorted, 0.99),
    max: sortedQuantile(sorted, 1),
    count,
  };
}
