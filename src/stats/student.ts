/**
 * Student's t distribution: cumulative probability and quantile.
 *
 * P(T > t) = ½ I_x(df/2, ½) with x = df / (df + t²), t ≥ 0: Abramowitz & Stegun (1964) 26.7.1 with 26.5.27. Relative
 * error of probabilities below 1e-9 (1e-13 for df below 1000), and of quantiles likewise but for those so near the
 * median that p − ½ itself has lost its digits. Builds no intervals.
 */
import { requireNumber, requirePositive, requireProbability } from './errors.js';
import { incompleteBeta } from './incomplete-beta.js';
import { invertMonotone } from './invert.js';
import { logBeta } from './log-gamma.js';
import { normalCdf, normalQuantile } from './normal.js';

/** From here on the continued fraction loses digits, and two terms of an expansion in 1/df have enough. */
const NEARLY_NORMAL = 1e5;

/** Probability that Student's t of `df` > 0 degrees of freedom (+Infinity: normal) is at most `t`. */
export function studentCdf(t: number, df: number): number {
  requireNumber('studentCdf: t', t);
  requirePositive('studentCdf: df', df);
  return t <= 0 ? upperTail(-t, df) : 1 - upperTail(t, df);
}

/** The t with studentCdf(t, df) = p; ∓Infinity for p = 0 and 1. Throws StatsError for p outside [0, 1] or df ≤ 0. */
export function studentQuantile(p: number, df: number): number {
  requireProbability('studentQuantile: p', p);
  requirePositive('studentQuantile: df', df);
  if (p === 0.5) return 0;
  return p > 0.5 ? upperQuantile(1 - p, df) : -upperQuantile(p, df);
}

/** Probability above t ≥ 0. */
function upperTail(t: number, df: number): number {
  if (df === Infinity) return normalCdf(-t);
  if (df > NEARLY_NORMAL) return nearlyNormalTail(t, df);
  const square = t * t;
  if (square === Infinity) return farTail(t, df);
  return 0.5 * incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square));
}

/** Hill (1970), Algorithm 395, Communications of the ACM 13, 617–619, as far as its first correction. */
function nearlyNormalTail(t: number, df: number): number {
  const a = df - 0.5;
  const z = Math.sqrt(a * logOnePlusSquare(t, df));
  return normalCdf(-(z + (z * z * z + 3 * z) / (48 * a * a)));
}

/** The power law that is left of the distribution where t² overflows. */
function farTail(t: number, df: number): number {
  return 0.5 * Math.exp((df / 2) * Math.log(df) - df * Math.log(t) - logBeta(df / 2, 0.5)) * (2 / df);
}

/** The t > 0 above which a probability of `tail` < ½ lies. */
function upperQuantile(tail: number, df: number): number {
  if (tail === 0) return Infinity;
  const z = -normalQuantile(tail);
  if (df === Infinity) return z;
  const logScale = -0.5 * Math.log(df) - logBeta(df / 2, 0.5);
  const flow = (t: number) => Math.exp(logScale + Math.log(t) - ((df + 1) / 2) * logOnePlusSquare(t, df));
  return invertMonotone('falling', tail, z, (t) => upperTail(t, df), flow);
}

/** ln(1 + t²/df), also where t² overflows. */
function logOnePlusSquare(t: number, df: number): number {
  const ratio = (t * t) / df;
  return ratio === Infinity ? 2 * Math.log(t) - Math.log(df) : Math.log1p(ratio);
}
