/**
 * The sum of k exponential phases: steadier than one of them.
 *
 * Inverted numerically from one uniform. The logarithm of either tail is concave, so Newton's steps on the
 * smaller tail come from one side only and need no bracket.
 */
import { DistributionError } from '../errors.js';
import { requirePositive } from './contract.js';
import type { Distribution } from './contract.js';
import { logErlangDensity, logGamma, lowerTailOverDensity, upperTailOverDensity } from './gamma.js';
import { normalQuantile } from './normal.js';
import { durationText } from './text.js';

const MAX_PHASES = 10_000;
const MAX_STEPS = 100;
/** A relative step below this no longer improves anything. */
const TOLERANCE = 1e-14;

/**
 * @param k number of phases, a whole number from 1 to 10 000; the squared coefficient of variation is 1/k
 * @param mean of the sum
 * @throws DistributionError unless k is such a number and the mean is finite and above 0
 */
export function erlang(k: number, mean: number): Distribution {
  if (!(Number.isInteger(k) && k >= 1 && k <= MAX_PHASES))
    throw new DistributionError(`erlang: k must be a whole number from 1 to ${MAX_PHASES}, but is ${k}`);
  requirePositive('erlang', 'the mean', mean);
  const phase = mean / k;
  const logFactorial = logGamma(k);
  return {
    family: 'erlang',
    text: `erlang(k ${k}, mean ${durationText(mean)})`,
    mean,
    variance: (mean * mean) / k,
    min: 0,
    max: Infinity,
    sample: k === 1 ? (u) => -mean * Math.log1p(-u) : (u) => phase * unitQuantile(k, logFactorial, u),
    cdf: (x) => (x <= 0 ? 0 : unitShare(k, logFactorial, x / phase)),
  };
}

function unitShare(k: number, logFactorial: number, x: number): number {
  const density = Math.exp(logErlangDensity(k, x, logFactorial));
  return x < k ? density * lowerTailOverDensity(k, x) : 1 - density * upperTailOverDensity(k, x);
}

/** Quantile for phases of mean 1. */
function unitQuantile(k: number, logFactorial: number, u: number): number {
  const lower = u < 0.5;
  const target = Math.log(lower ? u : 1 - u);
  let x = firstGuess(k, logFactorial, u);
  for (let count = 0; count < MAX_STEPS; count++) {
    // tail ÷ density is the reciprocal of the slope of ln(tail)
    const ratio = lower ? lowerTailOverDensity(k, x) : upperTailOverDensity(k, x);
    const distance = logErlangDensity(k, x, logFactorial) + Math.log(ratio) - target;
    const step = (lower ? -distance : distance) * ratio;
    // From above, the first step on the lower tail may fall below zero.
    x = x + step > 0 ? x + step : x / 2;
    if (Math.abs(step) <= TOLERANCE * x) break;
  }
  return x;
}

/** Wilson and Hilferty's cube of a normal variable; far down, where that fails, the first term of the series. */
function firstGuess(k: number, logFactorial: number, u: number): number {
  const spread = 1 / (9 * k);
  const root = 1 - spread + normalQuantile(u) * Math.sqrt(spread);
  return root > 0.2 ? k * root * root * root : Math.exp((Math.log(u) + logFactorial + Math.log(k)) / k);
}
