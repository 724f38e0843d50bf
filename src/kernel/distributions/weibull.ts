/** Lives with ageing (shape above 1) or early failures (shape below 1). */
import { requirePositive, withFiniteMoments } from './contract.js';
import type { Distribution } from './contract.js';
import { gamma } from './gamma.js';
import { durationText } from './text.js';

/**
 * @param shape 1 is exponential
 * @param scale 63.2 % of all amounts are shorter
 * @throws DistributionError unless both are finite and above 0, and the moments are finite
 */
export function weibull(shape: number, scale: number): Distribution {
  requirePositive('weibull', 'the shape', shape);
  requirePositive('weibull', 'the scale', scale);
  const first = gamma(1 + 1 / shape);
  const second = gamma(1 + 2 / shape);
  return withFiniteMoments({
    family: 'weibull',
    text: `weibull(shape ${shape}, scale ${durationText(scale)})`,
    mean: scale * first,
    variance: Math.max(0, scale * scale * (second - first * first)),
    min: 0,
    max: Infinity,
    sample: (u) => scale * Math.pow(-Math.log1p(-u), 1 / shape),
    cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-Math.pow(x / scale, shape))),
  });
}
