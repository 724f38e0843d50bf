/**
 * Time down over [warmup, horizon], split by the faults behind it.
 *
 * Every stretch counts once, for the whole set of its causes: `disk:60 disk+power:5` is 60 s for the disk alone and 5 s for both. Two
 * occurrences of one fault stand there twice (`dies+dies`: a double fault). The parts add up to the time down.
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

  constructor(map: ModelMap, window: Window) {
    this.#map = map;
    this.#window = window;
  }

  /** @param occurrences what is behind it now, if it is down */
  set(time: Microseconds, down: boolean, occurrences: readonly number[]): void {
    this.end(time);
    if (!down) return;
    this.#since = time;
    this.#occurrences = occurrences;
  }

  end(time: Microseconds): void {
    if (this.#since < 0) return;
    const span = this.#window.overlap(this.#since, time);
    this.#since = -1;
    if (span === 0) return;
    const key = this.#occurrences.map((occurrence) => this.#map.faults[this.#map.occurrences[occurrence].fault].id).sort(byText).join('+') || NOBODY;
    this.#parts.set(key, (this.#parts.get(key) ?? 0) + span);
  }

  /** `disk:60 disk+power:5`, the longest first; null when it was never down. After `end`. */
  get text(): string | null {
    if (this.#parts.size === 0) return null;
    return [...this.#parts].sort(([a, spanA], [b, spanB]) => spanB - spanA || byText(a, b)).map(([key, span]) => `${key}:${String(seconds(span))}`).join(' ');
  }
}
