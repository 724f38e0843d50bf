/**
 * Time down over [warmup, horizon], split by the faults behind it.
 *
 * Every stretch counts once, for the whole set of its causes: `disk:60 disk+power:5` is 60 s for the disk alone and 5 s for both. Two
 * occurrences of one fault stand there twice (`dies+dies`: a double fault). Where the kind says what a state is spent on, that follows:
 * `dies>failover`. The parts add up to the time down.
 */
import type { Microseconds, ModelMap } from '../../model/index.js';
import { byText, seconds } from './cells.js';
import type { Window } from './window.js';

/** In the place of faults when nothing is to blame: not started yet. */
const NOBODY = '(none)';

export class CauseClock {
  readonly #map: ModelMap;
  readonly #window: Window;
  readonly #parts = new Map<string, Microseconds>();
  #since: Microseconds = -1;
  #occurrences: readonly number[] = [];
  #spentOn: string | null = null;

  constructor(map: ModelMap, window: Window) {
    this.#map = map;
    this.#window = window;
  }

  /** @param occurrences what is behind it now, if it is down; @param spentOn what its state is spent on, if its kind says so */
  set(time: Microseconds, down: boolean, occurrences: readonly number[], spentOn: string | null = null): void {
    this.end(time);
    if (!down) return;
    this.#since = time;
    this.#occurrences = occurrences;
    this.#spentOn = spentOn;
  }

  end(time: Microseconds): void {
    if (this.#since < 0) return;
    const span = this.#window.overlap(this.#since, time);
    this.#since = -1;
    if (span === 0) return;
    const faults = this.#occurrences.map((occurrence) => this.#map.faults[this.#map.occurrences[occurrence].fault].id).sort(byText).join('+') || NOBODY;
    const key = this.#spentOn === null ? faults : `${faults}>${this.#spentOn}`;
    this.#parts.set(key, (this.#parts.get(key) ?? 0) + span);
  }

  /** `disk:60 disk+power:5`, the longest first; null when it was never down. After `end`. */
  get text(): string | null {
    if (this.#parts.size === 0) return null;
    return [...this.#parts].sort(([a, spanA], [b, spanB]) => spanB - spanA || byText(a, b)).map(([key, span]) => `${key}:${String(seconds(span))}`).join(' ');
  }
}
