/**
 * The one error of this room and the checks that raise it.
 *
 * A NaN that slips into a running figure poisons it without a trace, so every entrance refuses it and says
 * which argument of which operation it was. Does not know where a figure came from: callers add that.
 */

/** An argument that no statistic can be made of: NaN, the wrong sign, too few observations, time going backwards. */
export class StatsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StatsError';
  }
}

/** Refuses NaN; infinities pass. `what` names operation and argument, such as `Tally.add: value`. */
export function requireNumber(what: string, x: number): void {
  if (Number.isNaN(x) || typeof x !== 'number') throw new StatsError(`${what} must be a number, got ${String(x)}`);
}

/** Refuses NaN and both infinities. */
export function requireFinite(what: string, x: number): void {
  if (!Number.isFinite(x)) throw new StatsError(`${what} must be a finite number, got ${String(x)}`);
}

/** Refuses everything outside the closed interval [0, 1]. */
export function requireProbability(what: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new StatsError(`${what} must lie in [0, 1], got ${String(p)}`);
}

/** Refuses everything outside the open interval (0, 1): no interval is ever surer than sure. */
export function requireConfidence(what: string, confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new StatsError(`${what} must lie strictly between 0 and 1, got ${String(confidence)}`);
  }
}

/** Refuses zero, negative values and NaN; +Infinity passes where the limit is meaningful (degrees of freedom). */
export function requirePositive(what: string, x: number): void {
  if (!(x > 0)) throw new StatsError(`${what} must be positive, got ${String(x)}`);
}
