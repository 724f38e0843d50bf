/**
 * Confidence interval of a ratio of two means, E[Y] / E[X], from independent pairs: regenerative cycles (Y downtime, X
 * length of a cycle) or replications of random length (Y lost, X offered).
 *
 * Not the mean of the ratios Y/X, which estimates something else. Does not find the cycles.
 */
import { requireConfidence, requireFinite, StatsError } from './errors.js';
import { CompensatedSum } from './compensated-sum.js';
import { around, type Interval } from './interval.js';
import { Tally } from './tally.js';

/**
 * ΣY/ΣX ± t(n − 1) s/(X̄ √n), where s² is the sample variance of Y − (ΣY/ΣX) X: the delta method, in simulation the
 * classical regenerative interval of Crane & Iglehart (1975), Operations Research 23, 33–45. Holds for many pairs; with
 * few it is somewhat too narrow, and the estimate has a bias of order 1/n.
 *
 * All NaN (but count) without pairs or when all denominators are 0. Limits NaN for a single pair. Throws StatsError
 * for different lengths, values that are not finite, and negative denominators.
 */
export function ratioInterval(numerators: ArrayLike<number>, denominators: ArrayLike<number>, confidence = 0.95): Interval {
  requireConfidence('ratioInterval: confidence', confidence);
  const count = numerators.length;
  if (count !== denominators.length) {
    throw new StatsError(`ratioInterval: ${String(count)} numerators, ${String(denominators.length)} denominators`);
  }
  const above = new CompensatedSum();
  const below = new CompensatedSum();
  for (let i = 0; i < count; i += 1) {
    requireFinite(`ratioInterval: numerators[${String(i)}]`, numerators[i]);
    requireFinite(`ratioInterval: denominators[${String(i)}]`, denominators[i]);
    if (denominators[i] < 0) throw new StatsError(`ratioInterval: denominators[${String(i)}] is negative`);
    above.add(numerators[i]);
    below.add(denominators[i]);
  }
  if (below.value === 0) return { mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count };
  const ratio = above.value / below.value;
  const residuals = new Tally();
  for (let i = 0; i < count; i += 1) residuals.add(numerators[i] - ratio * denominators[i]);
  return around(ratio, residuals.deviation / (below.value / count), count, confidence);
}
