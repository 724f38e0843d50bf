/**
 * Products of a probability and a count, freed of the rounding of decimal fractions.
 *
 * 0.07 × 100 is 7.000000000000001 in binary; taken at its word the 7 % quantile of 100 values would be the eighth.
 * Does not choose a definition of quantile: the callers do.
 */

/** Relative rounding of a decimal fraction and one product, with some air. */
const TOLERANCE = 4 * Number.EPSILON;

/** p × n, or the whole number next to it when the difference is no more than rounding. */
export function rankOf(p: number, n: number): number {
  const rank = p * n;
  const whole = Math.round(rank);
  return Math.abs(rank - whole) <= rank * TOLERANCE ? whole : rank;
}
