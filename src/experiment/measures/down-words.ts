/**
 * What the time down of a component is spent on, for whom it keeps from working: `failover`, `failed-switch`, `double-fault`.
 *
 * A kind says so of its states. A flow that is stopped by the same fault occurrences waits for just that.
 * Not here: whose time it is (`components.ts`, `flows.ts`), and how it adds up (`downtime-causes.ts`).
 */
import type { CauseSetId, ModelMap } from '../../model/index.js';

interface Speaker { word: string | null; /** Functions that do not work, and why. */ readonly down: Map<number, CauseSetId> }

export class DownWords {
  readonly #map: ModelMap;
  /** Members whose kind says what their states are spent on, in the order of the model. */
  readonly #speakers = new Map<number, Speaker>();

  constructor(map: ModelMap) {
    this.#map = map;
    map.members.forEach(({ component }, member) => {
      if (map.components[component].downAs !== undefined) this.#speakers.set(member, { word: null, down: new Map() });
    });
  }

  /** A ledger entry `functionChanged`. True: what is said may be different from now on. */
  functionChanged(fn: number, works: boolean, causes: CauseSetId): boolean {
    const speaker = this.#speakers.get(this.#map.functions[fn].member);
    if (speaker === undefined) return false;
    if (works) speaker.down.delete(fn);
    else speaker.down.set(fn, causes);
    return true;
  }

  /** A ledger entry `lifecycle`. True: the same. */
  lifecycle(member: number, to: string): boolean {
    const speaker = this.#speakers.get(member);
    if (speaker === undefined) return false;
    speaker.word = this.#map.components[this.#map.members[member].component].downAs![to] ?? null;
    return true;
  }

  /** The word of the first that is down because of one of these occurrences; null: nobody says anything. */
  wordFor(occurrences: readonly number[]): string | null {
    for (const { word, down } of this.#speakers.values()) {
      if (word === null) continue;
      for (const causes of down.values()) if (this.#map.causesOf(causes).some((occurrence) => occurrences.includes(occurrence))) return word;
    }
    return null;
  }
}
