/**
 * Three integrals over [warmup, horizon] of one member or component: time down, workers busy while up, messages waiting.
 *
 * Not here: what they belong to, and when an instant is over.
 */
import type { Microseconds } from '../../model/index.js';
import type { Window } from './window.js';

/** Time down and times it went down. */
export class DownClock {
  /** µs. After `end`. */
  downtime: Microseconds = 0;
  /** Times it went down in [warmup, horizon]. */
  outages = 0;
  /** From the end of warm-up to the first instant at which it is down, µs; NaN: it never was. After `end`. */
  first = NaN;
  readonly #window: Window;
  #downSince = -1;

  constructor(window: Window) {
    this.#window = window;
  }

  set(time: Microseconds, down: boolean): void {
    if (down === this.#downSince >= 0) return;
    if (!down) return this.end(time);
    this.#downSince = time;
    if (time >= this.#window.warmup && time <= this.#window.horizon) this.outages += 1;
  }

  /** Time down so far, µs. */
  downtimeBy(time: Microseconds): Microseconds {
    return this.downtime + (this.#downSince >= 0 ? this.#window.overlap(this.#downSince, time) : 0);
  }

  end(time: Microseconds): void {
    if (this.#downSince >= 0) {
      const { warmup, horizon } = this.#window;
      this.downtime += this.#window.overlap(this.#downSince, time);
      if (Number.isNaN(this.first) && time > warmup && this.#downSince <= horizon) this.first = Math.max(0, this.#downSince - warmup);
    }
    this.#downSince = -1;
  }
}

/** Busy workers and workers, both only while up: a worker that hangs in a member that is down does no work. */
export class WorkClock {
  /** Worker × µs. After `end`. */
  busyTime = 0;
  slotTime = 0;
  readonly #window: Window;
  #busy = 0;
  #slots: number;
  #up = true;
  #since: Microseconds = 0;

  constructor(window: Window, slots: number) {
    this.#window = window;
    this.#slots = slots;
  }

  get slots(): number {
    return this.#slots;
  }

  set(time: Microseconds, busy: number, slots: number): void {
    this.end(time);
    this.#busy = busy;
    this.#slots = slots;
  }

  /** One of the slots is busy from one instant to another, whatever is set. */
  book(from: Microseconds, until: Microseconds): void {
    this.busyTime += this.#window.overlap(from, until);
  }

  setUp(time: Microseconds, up: boolean): void {
    this.end(time);
    this.#up = up;
  }

  end(time: Microseconds): void {
    const span = this.#up ? this.#window.overlap(this.#since, time) : 0;
    if (span > 0) {
      this.busyTime += this.#busy * span;
      this.slotTime += this.#slots * span;
    }
    if (time > this.#since) this.#since = time;
  }
}

/** A length: its integral, and the largest in the window. A peak that lasts no time counts. */
export class LevelClock {
  /** Length × µs. After `end`. */
  area = 0;
  max = 0;
  level = 0;
  /** Whether a length was ever reported. */
  used = false;
  readonly #window: Window;
  #since: Microseconds = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  set(time: Microseconds, level: number): void {
    this.end(time);
    this.used = true;
    this.level = level;
    if (level > this.max && time >= this.#window.warmup && time <= this.#window.horizon) this.max = level;
  }

  end(time: Microseconds): void {
    const span = this.#window.overlap(this.#since, time);
    if (span > 0) {
      this.area += this.level * span;
      // The length that warm-up leaves behind was set before the window opened.
      if (this.level > this.max) this.max = this.level;
    }
    this.#since = time;
  }
}
