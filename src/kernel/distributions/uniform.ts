/** Every amount between two bounds alike. */
import { requireAmount, requireOrder } from './contract.js';
import type { Distribution } from './contract.js';
import { durationTexts } from './text.js';

/** @throws DistributionError unless 0 ≤ low ≤ high, finite */
export function uniform(low: number, high: number): Distribution {
  requireAmount('uniform', 'low', low);
  requireAmount('uniform', 'high', high);
  requireOrder('uniform', 'low', low, 'high', high);
  const width = high - low;
  const [lowText, highText] = durationTexts(low, high);
  return {
    family: 'uniform',
    text: `uniform(${lowText} to ${highText})`,
    mean: low + width / 2,
    variance: (width * width) / 12,
    min: low,
    max: high,
    sample: (u) => low + width * u,
    cdf: (x) => (x < low ? 0 : x >= high ? 1 : (x - low) / width),
  };
}
