/**
 * What several tests of this room need: seeded draws and the bounds of a binomial count.
 *
 * Not a test itself.
 */
import seedrandom from 'seedrandom';

/** Independent standard normal draws, Box & Muller (1958), the same for the same seed. */
export function normals(seed: string): () => number {
  const uniform = seedrandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Independent exponential draws of mean 1. */
export function exponentials(seed: string): () => number {
  const uniform = seedrandom(seed);
  return () => -Math.log(1 - uniform());
}

/**
 * Range that a binomial count leaves with probability below 1e-6: five standard deviations. The seeds are fixed, so a
 * test within it passes always; the width says how far the truth may be from the promise without being noticed.
 */
export function binomialRange(trials: number, p: number): [low: number, high: number] {
  const reach = 5 * Math.sqrt(trials * p * (1 - p));
  return [trials * p - reach, trials * p + reach];
}

/** |a − b| relative to the larger of |b| and 1. */
export function apart(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
}
