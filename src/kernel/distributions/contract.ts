/** What every distribution offers, and the checks its parameters share. It holds no family. */
import { DistributionError } from '../errors.js';

export interface Distribution {
  /** The family's name as scenarios write it, e.g. `lognormal`. */
  readonly family: string;
  /** The family with its parameters for people, amounts read as microseconds. */
  readonly text: string;
  readonly mean: number;
  readonly variance: number;
  /** Least amount possible. */
  readonly min: number;
  /** Greatest amount possible, +Infinity when there is no bound. */
  readonly max: number;
  /**
   * The amount below which a share `u` lies; does not decrease in `u`.
   * @param u strictly between 0 and 1
   */
  sample(u: number): number;
  /** Share of amounts ≤ x, where it is cheap to say. */
  cdf?(x: number): number;
}

/** @throws DistributionError unless `value` is finite and not negative */
export function requireAmount(family: string, name: string, value: number): void {
  if (!(value >= 0 && value < Infinity))
    throw new DistributionError(`${family}: ${name} must be finite and not negative, but is ${value}`);
}

/** @throws DistributionError unless `value` is finite and above 0 */
export function requirePositive(family: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new DistributionError(`${family}: ${name} must be finite and above 0, but is ${value}`);
}

/** @throws DistributionError unless the values do not fall, in the order given */
export function requireOrder(family: string, lowName: string, low: number, highName: string, high: number): void {
  if (!(low <= high))
    throw new DistributionError(`${family}: ${lowName} (${low}) must not be above ${highName} (${high})`);
}

/** Hands the distribution on when its moments are finite. @throws DistributionError when they are not */
export function withFiniteMoments(distribution: Distribution): Distribution {
  const { family, mean, variance } = distribution;
  if (!(mean < Infinity && variance < Infinity))
    throw new DistributionError(`${family}: mean and variance must be finite, but are ${mean} and ${variance}`);
  return distribution;
}
