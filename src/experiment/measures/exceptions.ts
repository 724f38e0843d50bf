/**
 * The legs of the cohort that were not "delivered once, in time": what twins compare, message by message.
 *
 * Ordinary messages leave nothing behind. The list is bounded; what did not fit is counted in `overflow`, and a comparison of
 * lists with an overflow is not sound.
 */
import type { Fate, LedgerReader, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import { Window } from './window.js';

export interface Exception {
  readonly flow: number;
  readonly n: number;
  readonly leg: number;
  fate: Fate;
  /** Effects at the sink. */
  effects: number;
  late: boolean;
}

export class ExceptionMeasure implements LedgerReader {
  /** Exceptions beyond the limit. */
  overflow = 0;
  readonly #window: Window;
  readonly #deadlines: readonly number[];
  readonly #limit: number;
  /** Per flow and leg: by number of the message. */
  readonly #lists: readonly (readonly Map<number, Exception>[])[];
  #size = 0;

  constructor(map: ModelMap, run: RunDefinition, limit = 1_000_000) {
    this.#window = new Window(run);
    this.#deadlines = map.flows.map(({ deadline }) => deadline ?? Infinity);
    this.#lists = map.flows.map(({ legs }) => legs.map(() => new Map()));
    this.#limit = limit;
  }

  effect(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, nth: number): void {
    if (nth === 1 && time - offeredAt <= this.#deadlines[flow]) return;
    if (!this.#window.inCohort(offeredAt)) return;
    const exception = this.#of(flow, leg, n);
    if (exception === null) return;
    exception.effects = nth;
    if (nth === 1) exception.late = true;
  }

  legClosed(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, fate: Fate): void {
    if (fate === 'delivered' || !this.#window.inCohort(offeredAt)) return;
    const exception = this.#of(flow, leg, n);
    if (exception === null) return;
    exception.fate = fate;
    exception.effects = 0;
    exception.late = this.#deadlines[flow] < Infinity && (fate !== 'in_flight' || time - offeredAt > this.#deadlines[flow]);
  }

  /** By flow, message and leg. After the run. */
  exceptions(): Exception[] {
    return this.#lists.flatMap((legs) => legs.flatMap((list) => [...list.values()]))
      .sort((a, b) => a.flow - b.flow || a.n - b.n || a.leg - b.leg);
  }

  /** The entry of a leg, delivered once and in time until somebody says otherwise; null when there is no room. */
  #of(flow: number, leg: number, n: number): Exception | null {
    const list = this.#lists[flow][leg];
    const known = list.get(n);
    if (known !== undefined) return known;
    if (this.#size === this.#limit) {
      this.overflow += 1;
      return null;
    }
    const exception: Exception = { flow, n, leg, fate: 'delivered', effects: 1, late: false };
    this.#size += 1;
    list.set(n, exception);
    return exception;
  }
}
