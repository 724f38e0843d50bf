/** One of the values given, each as likely as the others. It does not interpolate or extrapolate. */
import { DistributionError } from '../errors.js';
import { requireAmount } from './contract.js';
import type { Distribution } from './contract.js';
import { durationTexts } from './text.js';

/**
 * @param values in any order; copied
 * @throws DistributionError when there are none, or one is negative or not finite
 */
export function empirical(values: readonly number[]): Distribution {
  if (values.length === 0) throw new DistributionError('empirical: there are no values');
  for (const value of values) requireAmount('empirical', 'every value', value);
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / count;
  const [minText, maxText] = durationTexts(sorted[0], sorted[count - 1]);
  return {
    family: 'empirical',
    text: `empirical(${count} values, ${minText} to ${maxText})`,
    mean,
    variance,
    min: sorted[0],
    max: sorted[count - 1],
    sample: (u) => sorted[Math.min(count - 1, Math.floor(u * count))],
    cdf: (x) => {
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle] <= x) low = middle + 1;
        else high = middle;
      }
      return low / count;
    },
  };
}
