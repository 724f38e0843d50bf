/** What people and recoveries take: mostly near the median, sometimes much longer. */
import { requireOrder, requirePositive, withFiniteMoments } from './contract.js';
import type { Distribution } from './contract.js';
import { normalQuantile } from './normal.js';
import { durationTexts } from './text.js';

/** Standard normal quantile of 95 %. */
const Z95 = 1.6448536269514722;

/**
 * @param median half of all amounts are shorter
 * @param p95 95 of 100 are
 * @throws DistributionError unless 0 < median ≤ p95, finite, and so are the moments
 */
export function lognormal(median: number, p95: number): Distribution {
  requirePositive('lognormal', 'the median', median);
  requirePositive('lognormal', 'p95', p95);
  requireOrder('lognormal', 'the median', median, 'p95', p95);
  const sigma = Math.log(p95 / median) / Z95;
  const mean = median * Math.exp((sigma * sigma) / 2);
  const [medianText, p95Text] = durationTexts(median, p95);
  return withFiniteMoments({
    family: 'lognormal',
    text: `lognormal(median ${medianText}, p95 ${p95Text})`,
    mean,
    variance: Math.expm1(sigma * sigma) * mean * mean,
    min: sigma === 0 ? median : 0,
    max: sigma === 0 ? median : Infinity,
    sample: (u) => median * Math.exp(sigma * normalQuantile(u)),
  });
}
