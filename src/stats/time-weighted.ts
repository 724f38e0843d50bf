/**
 * Time average, integral and maximum of a piecewise constant value: queue length, units busy, up or down.
 *
 * Keeps no history, so the past can only be asked for up to now, and knows no quantiles over time (feed a
 * `QuantileHistogram` with durations as weights for that). Times are in the caller's unit, which is also the unit
 * of the integral's time dimension; whole numbers of it are integrated exactly below 2^53.
 */
import { CompensatedSum } from './compensated-sum.js';
import { requireFinite, StatsError } from './errors.js';

export class TimeWeighted {
  #start: number;
  #since: number;
  #value: number;
  #max: number;
  readonly #area = new CompensatedSum();

  /** A value that holds from `start` on. Throws StatsError unless both are finite. */
  constructor(start: number, value = 0) {
    requireFinite('TimeWeighted: start', start);
    requireFinite('TimeWeighted: value', value);
    this.#start = start;
    this.#since = start;
    this.#value = value;
    this.#max = value;
  }

  /** The value is `value` from `time` on. Throws StatsError when time goes backwards or either is not finite. */
  set(time: number, value: number): void {
    requireFinite('TimeWeighted.set: value', value);
    this.#advance('TimeWeighted.set', time);
    this.#value = value;
    if (value > this.#max) this.#max = value;
  }

  /** The value changes by `delta` at `time`. Same errors as `set`. */
  add(time: number, delta: number): void {
    requireFinite('TimeWeighted.add: delta', delta);
    this.set(time, this.#value + delta);
  }

  /** Forgets everything before `time` (the end of warm-up); the value of that moment goes on, as first maximum. */
  reset(time: number): void {
    this.#advance('TimeWeighted.reset', time);
    this.#start = time;
    this.#max = this.#value;
    this.#area.clear();
  }

  /** Time average over [start or last reset, until]; NaN when that span is empty. Changes nothing. */
  mean(until: number): number {
    const area = this.integral(until);
    const span = until - this.#start;
    return span === 0 ? NaN : area / span;
  }

  /** Integral over [start or last reset, until], value × time. Throws StatsError when `until` precedes a change. */
  integral(until: number): number {
    this.#requireNotBefore('TimeWeighted: until', until);
    return this.#area.value + this.#value * (until - this.#since);
  }

  /** The value that holds now. */
  get value(): number {
    return this.#value;
  }

  /**
   * Largest value since start or the last reset. A peak that lasts no time counts: a queue that a message enters
   * and leaves at one instant has been one long.
   */
  get max(): number {
    return this.#max;
  }

  #advance(what: string, time: number): void {
    this.#requireNotBefore(`${what}: time`, time);
    // Most changes at one instant come in groups; nothing is gained by adding zeros.
    if (time === this.#since) return;
    this.#area.add(this.#value * (time - this.#since));
    this.#since = time;
  }

  #requireNotBefore(what: string, time: number): void {
    requireFinite(what, time);
    if (time < this.#since) {
      throw new StatsError(`${what} ${String(time)} precedes the last change at ${String(this.#since)}`);
    }
  }
}
