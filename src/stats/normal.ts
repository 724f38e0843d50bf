/**
 * The standard normal distribution: cumulative probability and quantile.
 *
 * By way of the incomplete gamma function, Φ(−x) = ½ Q(½, x²/2) for x ≥ 0, which keeps relative accuracy in the lower
 * tail. Error below 1e-12, relative. Draws nothing: random numbers are not this room's.
 */
import { requireNumber, requireProbability } from './errors.js';
import { upperGamma } from './incomplete-gamma.js';
import { invertMonotone } from './invert.js';

/** Probability that a standard normal variable is at most `x`. Throws StatsError on NaN. */
export function normalCdf(x: number): number {
  requireNumber('normalCdf: x', x);
  return x <= 0 ? upperTail(-x) : 1 - upperTail(x);
}

/** The x with normalCdf(x) = p; ∓Infinity for p = 0 and 1. Throws StatsError for p outside [0, 1]. */
export function normalQuantile(p: number): number {
  requireProbability('normalQuantile: p', p);
  if (p === 0.5) return 0;
  if (p > 0.5) return upperQuantile(1 - p);
  return -upperQuantile(p);
}

/** Probability above x ≥ 0. */
function upperTail(x: number): number {
  return 0.5 * upperGamma(0.5, 0.5 * x * x);
}

/** The x > 0 above which a probability of `tail` < ½ lies. */
function upperQuantile(tail: number): number {
  if (tail === 0) return Infinity;
  // Abramowitz & Stegun (1964) 26.2.22, good to 0.003, as a first guess only; floored, as it may dip below 0 near ½.
  const t = Math.sqrt(-2 * Math.log(tail));
  const guess = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t));
  const flow = (x: number) => (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
  return invertMonotone('falling', tail, Math.max(guess, 1e-3), upperTail, flow);
}
