/**
 * How long something was stopped: the share of time it was not, how often it stopped, and the longest uninterrupted stop.
 *
 * It runs from the start of the simulation. Availability is over [warmup, horizon]; a stop counts with its whole length, the
 * drain included, when it reaches beyond the end of warm-up. Stops that touch (restored and stopped again at one instant) are one.
 */
import type { Microseconds } from '../../model/index.js';
import type { Window } from './window.js';

export class StopClock {
  readonly #window: Window;
  #stoppedSince = -1;
  #lastStart = -1;
  #lastEnd = -1;
  #stoppedTime = 0;
  #stops = 0;
  #first = NaN;
  #longest = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  set(time: Microseconds, stopped: boolean): void {
    if (stopped === this.#stoppedSince >= 0) return;
    if (stopped) this.#stoppedSince = time;
    else this.#close(time);
  }

  /** The run is over; a stop that lasts ends here. */
  end(time: Microseconds): void {
    if (this.#stoppedSince >= 0) this.#close(time);
  }

  /** Share of [warmup, horizon] in which it was not stopped; NaN when that stretch is empty. After `end`. */
  get availability(): number {
    return 1 - this.#stoppedTime / this.#window.span;
  }

  /** Time stopped in [warmup, horizon], µs. After `end`. */
  get stoppedTime(): Microseconds {
    return this.#stoppedTime;
  }

  /** The same so far. */
  stoppedTimeBy(time: Microseconds): Microseconds {
    return this.#stoppedTime + (this.#stoppedSince >= 0 ? this.#window.overlap(this.#stoppedSince, time) : 0);
  }

  /** Stops that began in [warmup, horizon]. After `end`. */
  get stops(): number {
    return this.#stops;
  }

  /** From the end of warm-up to the first instant at which it is stopped, µs; NaN: it never was. After `end`. */
  get first(): Microseconds {
    return this.#first;
  }

  /** Longest uninterrupted stop, µs; 0 when there was none. After `end`. */
  get longest(): Microseconds {
    return this.#longest;
  }

  #close(time: Microseconds): void {
    const from = this.#stoppedSince;
    this.#stoppedSince = -1;
    if (time === from) return;
    this.#stoppedTime += this.#window.overlap(from, time);
    const { warmup, horizon } = this.#window;
    if (from !== this.#lastEnd && from >= warmup && from <= horizon) this.#stops += 1;
    if (Number.isNaN(this.#first) && time > warmup && from <= horizon) this.#first = Math.max(0, from - warmup);
    this.#lastStart = from === this.#lastEnd ? this.#lastStart : from;
    this.#lastEnd = time;
    if (time > this.#window.warmup) this.#longest = Math.max(this.#longest, time - this.#lastStart);
  }
}
