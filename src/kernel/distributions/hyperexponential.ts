/**
 * Mostly short, sometimes very long: a mixture of two exponentials with balanced means (each contributes half
 * of the mean), given by its mean and its squared coefficient of variation.
 *
 * Inverted numerically instead of by first choosing the branch: choosing is not monotone in the uniform, and
 * common random numbers would lose their grip. ln of the survival function is convex, so Newton's steps
 * approach from below only; a few suffice.
 */
import { DistributionError } from '../errors.js';
import { requirePositive } from './contract.js';
import type { Distribution } from './contract.js';
import { durationText } from './text.js';

const MAX_STEPS = 60;
const TOLERANCE = 1e-15;

/**
 * @param cv2 variance ÷ mean², at least 1
 * @throws DistributionError unless the mean is finite and above 0 and cv2 is finite and at least 1
 */
export function hyperexponential(mean: number, cv2: number): Distribution {
  requirePositive('hyperexponential', 'the mean', mean);
  if (!(cv2 >= 1 && cv2 < Infinity))
    throw new DistributionError(`hyperexponential: cv2 must be finite and at least 1, but is ${cv2}`);
  const root = Math.sqrt((cv2 - 1) / (cv2 + 1));
  const p = (1 + root) / 2;
  // 1 − p without cancellation, for cv2 so large that p rounds to 1
  const q = 1 / (cv2 + 1) / (1 + root);
  const rate1 = 2 * p;
  const rate2 = 2 * q;
  const logP = Math.log(p);
  const logQ = Math.log(q);

  const quantile = (u: number): number => {
    const target = Math.log1p(-u);
    // The survival function is above either of its terms and above the exponential of its mean rate.
    let x = Math.max((logP - target) / rate1, (logQ - target) / rate2, -target / (p * rate1 + q * rate2));
    for (let count = 0; count < MAX_STEPS; count++) {
      const first = p * Math.exp(-rate1 * x);
      const second = q * Math.exp(-rate2 * x);
      const share = -p * Math.expm1(-rate1 * x) - q * Math.expm1(-rate2 * x);
      // near 0 the survival function rounds to 1 and its logarithm loses what is asked for
      const logSurvival = share < 0.5 ? Math.log1p(-share) : Math.log(first + second);
      const step = ((logSurvival - target) * (first + second)) / (rate1 * first + rate2 * second);
      x += step;
      if (step <= TOLERANCE * x) break;
    }
    return x;
  };

  return {
    family: 'hyperexponential',
    text: `hyperexponential(mean ${durationText(mean)}, cv2 ${cv2})`,
    mean,
    variance: mean * mean * cv2,
    min: 0,
    max: Infinity,
    sample: (u) => mean * quantile(u),
    cdf: (x) => (x <= 0 ? 0 : -p * Math.expm1((-rate1 * x) / mean) - q * Math.expm1((-rate2 * x) / mean)),
  };
}
