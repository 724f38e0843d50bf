/** Amounts without memory: what has lasted long is as far from its end as what has just begun. */
import { requirePositive } from './contract.js';
import type { Distribution } from './contract.js';
import { durationText } from './text.js';

/** @throws DistributionError unless the mean is finite and above 0 */
export function exponential(mean: number): Distribution {
  requirePositive('exponential', 'the mean', mean);
  return {
    family: 'exponential',
    text: `exponential(mean ${durationText(mean)})`,
    mean,
    variance: mean * mean,
    min: 0,
    max: Infinity,
    sample: (u) => -mean * Math.log1p(-u),
    cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-x / mean)),
  };
}
