/**
 * The regularised incomplete beta function I_x(a, b).
 *
 * Continued fraction Abramowitz & Stegun (1964) 26.5.8 on the side where it converges fast, the symmetry
 * I_x(a, b) = 1 − I_{1−x}(b, a) on the other.
 */
import { continuedFraction } from './continued-fraction.js';
import { logBeta } from './log-gamma.js';

/**
 * I_x(a, b) for a, b > 0. The caller gives both x and y = 1 − x, because it knows the smaller of them exactly where
 * a subtraction here would have lost its digits. Accurate to about 1e-13 while one of a and b is moderate.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  return x < (a + 1) / (a + b + 2) ? direct(a, b, x, y) : 1 - direct(b, a, y, x);
}

function direct(a: number, b: number, x: number, y: number): number {
  const scale = Math.exp(a * logOf(x, y) + b * logOf(y, x) - logBeta(a, b)) / a;
  if (scale === 0) return 0;
  return (
    scale /
    continuedFraction(1, (k, term) => {
      const m = k >> 1;
      term.a =
        k % 2 === 0
          ? (m * (b - m) * x) / ((a + k - 1) * (a + k))
          : (-(a + m) * (a + b + m) * x) / ((a + k - 1) * (a + k));
      term.b = 1;
    })
  );
}

/** ln x, by way of its complement when x is near 1. */
function logOf(x: number, complement: number): number {
  return x > 0.5 ? Math.log1p(-complement) : Math.log(x);
}
