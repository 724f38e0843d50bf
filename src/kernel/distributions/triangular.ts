/** An estimate by least, likeliest and greatest amount. */
import { requireAmount, requireOrder } from './contract.js';
import type { Distribution } from './contract.js';
import { durationTexts } from './text.js';

/** @throws DistributionError unless 0 ≤ low ≤ mode ≤ high, finite */
export function triangular(low: number, mode: number, high: number): Distribution {
  requireAmount('triangular', 'low', low);
  requireAmount('triangular', 'mode', mode);
  requireAmount('triangular', 'high', high);
  requireOrder('triangular', 'low', low, 'mode', mode);
  requireOrder('triangular', 'mode', mode, 'high', high);
  const width = high - low;
  /** Share of amounts below the mode. */
  const below = width === 0 ? 1 : (mode - low) / width;
  const [lowText, modeText, highText] = durationTexts(low, mode, high);
  const [a, b] = [mode - low, high - mode];
  return {
    family: 'triangular',
    text: `triangular(${lowText}, ${modeText}, ${highText})`,
    mean: low + (a + width) / 3,
    variance: (a * a + a * b + b * b) / 18,
    min: low,
    max: high,
    sample: (u) => (u < below ? low + Math.sqrt(u * width * a) : high - Math.sqrt((1 - u) * width * b)),
    cdf: (x) => {
      if (x <= low) return x === low && width === 0 ? 1 : 0;
      if (x >= high) return 1;
      return x < mode ? ((x - low) * (x - low)) / (width * a) : 1 - ((high - x) * (high - x)) / (width * b);
    },
  };
}
