/**
 * The map of a run in which several occurrences of faults count as one: a pair has one row, one blast radius, one stop.
 *
 * The first of them stands for all, with the targets of all. Everything else is as it is.
 */
import type { CauseSetId, MapOccurrence, ModelMap } from '../../model/index.js';
import type { Standing } from './standing.js';

export class MergedMap implements ModelMap {
  readonly components: ModelMap['components'];
  readonly members: ModelMap['members'];
  readonly functions: ModelMap['functions'];
  readonly flows: ModelMap['flows'];
  readonly faults: ModelMap['faults'];
  readonly operations: ModelMap['operations'];
  readonly #map: ModelMap;
  readonly #ids: ReadonlySet<string>;
  readonly #known = new Map<CauseSetId, readonly number[]>();

  /**
   * @param ids faults whose occurrences are one
   * @param standing what the flows have anyway: their capacity is measured against that
   */
  constructor(map: ModelMap, ids: readonly string[], standing: Standing) {
    ({ components: this.components, members: this.members, functions: this.functions, faults: this.faults, operations: this.operations } = map);
    this.flows = map.flows.map((flow, index) => ({ ...flow, faultFreeCapacity: standing.flows.get(index)?.capacity ?? flow.faultFreeCapacity }));
    this.#map = map;
    this.#ids = new Set(ids);
  }

  get occurrences(): readonly MapOccurrence[] {
    const first = this.representative;
    if (first === null) return this.#map.occurrences;
    const targets = this.#map.occurrences.filter((one) => this.#isOne(one)).flatMap((one) => one.targets);
    return this.#map.occurrences.map((one, index) => (index === first ? { ...one, targets: [...new Set(targets)] } : one));
  }

  /** The occurrence that stands for all; null: none has come. */
  get representative(): number | null {
    const found = this.#map.occurrences.findIndex((one) => this.#isOne(one));
    return found < 0 ? null : found;
  }

  causesOf(set: CauseSetId): readonly number[] {
    let causes = this.#known.get(set);
    if (causes === undefined) {
      const { occurrences } = this.#map;
      causes = [...new Set(this.#map.causesOf(set).map((cause) => (this.#isOne(occurrences[cause]) ? this.representative! : cause)))].sort((a, b) => a - b);
      this.#known.set(set, causes);
    }
    return causes;
  }

  pathOf(path: number): ReturnType<ModelMap['pathOf']> {
    return this.#map.pathOf(path);
  }

  #isOne({ fault }: MapOccurrence): boolean {
    return this.#ids.has(this.#map.faults[fault].id);
  }
}
