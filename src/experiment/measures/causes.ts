/**
 * Cause paths with counts: why messages of the cohort were lost, rejected, suspended or had an effect twice.
 *
 * A path reads `fault > component > step`; several faults behind one are joined by ` + `, occurrences of one fault are added up.
 * Without a fault the path begins with the component; without anything to blame it is `(no cause)`.
 */
import type { CausePathId, Fate, LedgerReader, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import type { CauseCount } from '../result.js';
import { occurrencesOf } from './attribution.js';
import { byText } from './cells.js';
import { Suspensions } from './suspensions.js';
import { Window } from './window.js';

type Effect = CauseCount['effect'];
const EFFECTS: readonly Effect[] = ['lost', 'duplicate', 'rejected', 'suspended'];

export class CauseMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #window: Window;
  readonly #suspensions: Suspensions;
  /** Per flow and effect: counts by path. */
  readonly #counts: readonly (readonly Map<CausePathId, number>[])[];

  constructor(map: ModelMap, run: RunDefinition) {
    this.#map = map;
    this.#window = new Window(run);
    this.#suspensions = new Suspensions(map.flows.length);
    this.#counts = map.flows.map(() => EFFECTS.map(() => new Map()));
  }

  effect(_time: Microseconds, flow: number, _leg: number, _n: number, offeredAt: Microseconds, nth: number, cause: CausePathId): void {
    if (nth > 1 && this.#window.inCohort(offeredAt)) this.#count(flow, 'duplicate', cause);
  }

  suspended(_time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, suspended: boolean, cause: CausePathId): void {
    this.#suspensions.set(flow, n, suspended, cause);
  }

  closed(_time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId): void {
    if (fate !== 'lost' && fate !== 'rejected' && fate !== 'suspended') return;
    if (this.#window.inCohort(offeredAt)) this.#count(flow, fate, this.#suspensions.causeOf(flow, n, fate, cause));
  }

  /** By flow, effect, falling count and path. After the run. */
  causes(): CauseCount[] {
    return this.#map.flows.flatMap(({ name }, flow) => EFFECTS.flatMap((effect, index) => {
      const byPath = new Map<string, number>();
      for (const [path, count] of this.#counts[flow][index]) {
        const text = pathText(this.#map, path);
        byPath.set(text, (byPath.get(text) ?? 0) + count);
      }
      return [...byPath]
        .sort(([a, countA], [b, countB]) => countB - countA || byText(a, b))
        .map(([path, count]) => ({ flow: name, effect, path, count }));
    }));
  }

  #count(flow: number, effect: Effect, cause: CausePathId): void {
    const counts = this.#counts[flow][EFFECTS.indexOf(effect)];
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
}

/** `fault > component > step`, without the parts that are missing. */
export function pathText(map: ModelMap, path: CausePathId): string {
  if (path === 0) return '(no cause)';
  const { component, step } = map.pathOf(path);
  const faults = [...new Set(occurrencesOf(map, path).map((occurrence) => map.faults[map.occurrences[occurrence].fault].id))];
  return [faults.join(' + '), component, step].filter((part) => part !== '').join(' > ') || '(no cause)';
}
