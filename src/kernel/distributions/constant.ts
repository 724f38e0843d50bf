/** Always the same amount. It still takes a uniform, so that replacing it shifts no other draw. */
import { requireAmount } from './contract.js';
import type { Distribution } from './contract.js';
import { durationText } from './text.js';

/** @throws DistributionError unless the value is finite and not negative */
export function constant(value: number): Distribution {
  requireAmount('constant', 'the value', value);
  return {
    family: 'constant',
    text: `constant(${durationText(value)})`,
    mean: value,
    variance: 0,
    min: value,
    max: value,
    sample: () => value,
    cdf: (x) => (x < value ? 0 : 1),
  };
}
