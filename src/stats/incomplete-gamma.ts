/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x).
 *
 * Each is computed directly where it is the small one, so that far tails keep their relative accuracy: by the series
 * Abramowitz & Stegun (1964) 6.5.29 for x < a + 1, else by Legendre's continued fraction (6.5.31, even part).
 */
import { continuedFraction } from './continued-fraction.js';
import { poissonTerm } from './log-gamma.js';

/** P(a, x), the share of a gamma(a) distribution below x. a > 0, x ≥ 0. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? series(a, x) : 1 - fraction(a, x);
}

/** Q(a, x), the share of a gamma(a) distribution above x. a > 0, x ≥ 0. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
}

/** All terms are positive and fall at least as fast as those of a Gaussian of width √a. */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * (Number.EPSILON / 4); k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * poissonTerm(a, x);
}

function fraction(a: number, x: number): number {
  const scale = poissonTerm(a, x) * a;
  if (scale === 0) return 0;
  return (
    scale /
    continuedFraction(x + 1 - a, (k, term) => {
      term.a = k * (a - k);
      term.b = x + 1 - a + 2 * k;
    })
  );
}
