/**
 * Confidence interval of a difference of two means, from independent observations on either side.
 *
 * For observations that belong together in pairs (common random numbers) `pairedInterval` is the sharper one.
 */
import { requireConfidence, requireNumber } from './errors.js';
import type { Interval } from './interval.js';
import { studentQuantile } from './student.js';
import { Tally } from './tally.js';

/**
 * Welch's t interval of mean(a) − mean(b), which does not take the variances for equal: Welch (1947), Biometrika 34, 28–35, with
 * the degrees of freedom of Satterthwaite (1946), Biometrics Bulletin 2, 110–114. `count` is the smaller of the two numbers.
 *
 * Fewer than two values on a side, or an infinite one: limits and halfWidth NaN. No spread on either side: low = high = mean.
 * Throws StatsError on NaN.
 */
export function welchInterval(a: ArrayLike<number>, b: ArrayLike<number>, confidence = 0.95): Interval {
  requireConfidence('welchInterval: confidence', confidence);
  const [one, other] = [tallyOf(a), tallyOf(b)];
  const mean = one.mean - other.mean;
  const count = Math.min(one.count, other.count);
  const [varianceOfOne, varianceOfOther] = [one.variance / one.count, other.variance / other.count];
  const variance = varianceOfOne + varianceOfOther;
  if (!(variance >= 0) || !Number.isFinite(mean)) return { mean, low: NaN, high: NaN, halfWidth: NaN, count };
  if (variance === 0) return { mean, low: mean, high: mean, halfWidth: 0, count };
  const df = variance ** 2 / (varianceOfOne ** 2 / (one.count - 1) + varianceOfOther ** 2 / (other.count - 1));
  const halfWidth = studentQuantile(0.5 + confidence / 2, df) * Math.sqrt(variance);
  return { mean, low: mean - halfWidth, high: mean + halfWidth, halfWidth, count };
}

function tallyOf(values: ArrayLike<number>): Tally {
  const tally = new Tally();
  for (let i = 0; i < values.length; i += 1) {
    requireNumber(`welchInterval: values[${String(i)}]`, values[i]);
    tally.add(values[i]);
  }
  return tally;
}
