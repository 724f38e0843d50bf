/**
 * The chi-square distribution: cumulative probability and quantile.
 *
 * P(X ≤ x) = P(df/2, x/2), Abramowitz & Stegun (1964) 26.4.19. Error below 1e-11, relative, up to df = 1e6.
 * Does not test anything by itself.
 */
import { requireFinite, requireNumber, requirePositive, requireProbability } from './errors.js';
import { lowerGamma, upperGamma } from './incomplete-gamma.js';
import { invertMonotone } from './invert.js';
import { poissonTerm } from './log-gamma.js';
import { normalQuantile } from './normal.js';

/** Probability that a chi-square variable of `df` > 0 degrees of freedom is at most `x`; 0 for negative x. */
export function chiSquareCdf(x: number, df: number): number {
  requireNumber('chiSquareCdf: x', x);
  requireDegrees('chiSquareCdf', df);
  return lowerGamma(df / 2, x / 2);
}

/** The x with chiSquareCdf(x, df) = p; 0 and +Infinity for p = 0 and 1. */
export function chiSquareQuantile(p: number, df: number): number {
  requireProbability('chiSquareQuantile: p', p);
  requireDegrees('chiSquareQuantile', df);
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  const a = df / 2;
  const flow = (x: number) => poissonTerm(a, x / 2) * a;
  const guess = firstGuess(p, df);
  // The smaller of the two probabilities is the one whose digits say where x is.
  return p <= 0.5
    ? invertMonotone('rising', p, guess, (x) => lowerGamma(a, x / 2), flow)
    : invertMonotone('falling', 1 - p, guess, (x) => upperGamma(a, x / 2), flow);
}

/** Wilson & Hilferty (1931), Abramowitz & Stegun 26.4.17; where it fails (small df, small p), a tenth of the mean. */
function firstGuess(p: number, df: number): number {
  const spread = 2 / (9 * df);
  const root = 1 - spread + normalQuantile(p) * Math.sqrt(spread);
  return root > 0.1 ? df * root ** 3 : df * 0.1;
}

function requireDegrees(what: string, df: number): void {
  requireFinite(`${what}: df`, df);
  requirePositive(`${what}: df`, df);
}
