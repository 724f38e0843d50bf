/**
 * Blast radius: which components and members were down, and which components degraded, because of each fault occurrence.
 *
 * A component counts while it is down (or degraded) and the occurrence is among the causes of a function of it that does not
 * work. The scope is the smallest box that holds every member that was down, the target included; what is only degraded does not
 * widen it. A fault under which nothing was down has no scope.
 */
import type { CauseSetId, Microseconds, ModelMap } from '../../model/index.js';
import type { Cell } from '../result.js';
import { byText } from './cells.js';
import { ComponentStates } from './component-states.js';

interface Blast { readonly down: Set<number>; readonly degraded: Set<number>; readonly membersDown: Set<number> }

/** Levels of scope between `component` and `system`, smallest first; those of one level do not hold each other. */
const LEVELS = [['server'], ['group', 'namespace'], ['datacenter']] as const;

export class BlastTracker {
  readonly #map: ModelMap;
  readonly #states: ComponentStates;
  readonly #blasts = new Map<number, Blast>();

  constructor(map: ModelMap) {
    this.#map = map;
    this.#states = new ComponentStates(map, (_time, members, components) => this.#settled(members, components));
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    this.#states.change(time, fn, works, causes);
  }

  ended(): void {
    this.#states.settle();
  }

  /** The cells about components of one occurrence. After the run. */
  cells(occurrence: number): Record<string, Cell> {
    const blast = this.#blasts.get(occurrence);
    if (blast === undefined) return { components_down: 0, components_degraded: 0 };
    const targets = new Set(this.#map.occurrences[occurrence].targets.map((member) => this.#map.members[member].component));
    const down = this.#names([...blast.down].filter((component) => !targets.has(component)));
    const degraded = this.#names([...blast.degraded].filter((component) => !targets.has(component) && !blast.down.has(component)));
    return {
      scope: this.#scope([...blast.membersDown]), components_down: down.length, components_degraded: degraded.length,
      blast_radius: down.length + degraded.length > 0 ? [...down, ...degraded].join(' ') : null,
    };
  }

  #settled(members: readonly number[], components: readonly number[]): void {
    for (const member of members) {
      if (this.#states.memberState(member) !== 'down') continue;
      this.#states.eachCauseOfMember(member, (occurrence) => this.#blastOf(occurrence).membersDown.add(member));
    }
    for (const component of components) {
      const state = this.#states.componentState(component);
      if (state === 'up') continue;
      this.#states.eachCauseOfComponent(component, (occurrence) => this.#blastOf(occurrence)[state].add(component));
    }
  }

  #scope(down: readonly number[]): string | null {
    if (down.length === 0) return null;
    const { members } = this.#map;
    if (down.every((member) => members[member].component === members[down[0]].component)) return 'component';
    // The boxes of the first are the only candidates: the box must hold it, too.
    const candidates = this.#boxesOf(down[0]);
    for (const level of LEVELS) {
      for (const scope of level) {
        const holds = candidates.some((box) => box.scope === scope && down.every((member) =>
          this.#boxesOf(member).some((other) => other.scope === scope && other.box === box.box)));
        if (holds) return scope;
      }
    }
    return 'system';
  }

  /** Boxes of a member: its own, and those that hold its whole component. */
  #boxesOf(member: number): ModelMap['members'][number]['boxes'] {
    const { boxes, component } = this.#map.members[member];
    return [...boxes, ...this.#map.components[component].boxes];
  }

  #names(components: readonly number[]): string[] {
    return components.map((component) => this.#map.components[component].name).sort(byText);
  }

  #blastOf(occurrence: number): Blast {
    let blast = this.#blasts.get(occurrence);
    if (blast === undefined) {
      blast = { down: new Set(), degraded: new Set(), membersDown: new Set() };
      this.#blasts.set(occurrence, blast);
    }
    return blast;
  }
}
