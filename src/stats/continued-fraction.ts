/**
 * Value of a continued fraction b0 + a1/(b1 + a2/(b2 + …)) by the modified Lentz method.
 *
 * Lentz (1976), Applied Optics 15, 668–671; Thompson & Barnett (1986), J. Comput. Phys. 64, 490–509. Knows no
 * particular fraction.
 */
import { StatsError } from './errors.js';

/** Stands in for a denominator that happens to be zero; the next step takes it out again. */
const TINY = 1e-300;

/** Convergence takes some √(size of the parameters) steps, so this is enough for any that are ever met. */
const STEPS = 1_000_000;

/** Writes a_k and b_k, k ≥ 1, into `term`: one object for all steps, so that none is made for each. */
export interface FractionTerm {
  a: number;
  b: number;
}

/** The value, to rounding. Throws StatsError when it has not settled after a million steps. */
export function continuedFraction(b0: number, next: (k: number, term: FractionTerm) => void): number {
  const term: FractionTerm = { a: 0, b: 0 };
  let value = b0 === 0 ? TINY : b0;
  let upper = value;
  let lower = 0;
  for (let k = 1; k <= STEPS; k += 1) {
    next(k, term);
    lower = 1 / nonZero(term.b + term.a * lower);
    upper = nonZero(term.b + term.a / upper);
    const factor = upper * lower;
    value *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) return value;
  }
  throw new StatsError('continued fraction did not converge');
}

function nonZero(x: number): number {
  return x === 0 ? TINY : x;
}
