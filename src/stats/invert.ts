/**
 * The argument at which a monotone positive function takes a given value: Newton's method on log–log scales, kept
 * inside a bracket.
 *
 * On those scales power-law and exponential tails are nearly straight, so a handful of steps suffice from far away.
 * Knows no distribution.
 */
import { StatsError } from './errors.js';

const STEPS = 2000;

/** Relative difference of two values of a function that is no more than the rounding inside it. */
const SAME = 2 * Number.EPSILON;

/** Newton's method doubles the digits, so after a relative step this small only rounding is left to gain. */
const LAST_STEP = 1e-10;

/**
 * x > 0 with f(x) = target > 0, for an f that rises or falls throughout (0, ∞) and takes the value there.
 * `start` > 0 is a first guess; `flow` is x |f′(x)|, which stays within range where the derivative alone underflows.
 */
export function invertMonotone(
  direction: 'rising' | 'falling',
  target: number,
  start: number,
  f: (x: number) => number,
  flow: (x: number) => number,
): number {
  const sign = direction === 'rising' ? 1 : -1;
  let low = 0;
  let high = Infinity;
  let x = start;
  for (let step = 0; step < STEPS; step += 1) {
    const value = f(x);
    if (Math.abs(value - target) <= target * SAME) return x;
    if ((target - value) * sign > 0) low = x;
    else high = x;
    const next = x * Math.exp((sign * Math.log(target / value) * value) / flow(x));
    // Also false for NaN, which a value or flow that underflowed leaves behind.
    if (next > low && next < high) {
      if (Math.abs(next - x) <= x * LAST_STEP) return next;
      x = next;
    } else {
      x = halfway(low, high);
      if (x === low || x === high) return x;
    }
  }
  throw new StatsError(`no argument found for the value ${String(target)}`);
}

/** Middle of a bracket on a log scale; a step outwards while an end is still open. */
function halfway(low: number, high: number): number {
  if (high === Infinity) return low * 4;
  if (low === 0) return high / 4;
  return Math.sqrt(low) * Math.sqrt(high);
}
