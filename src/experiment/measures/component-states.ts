/**
 * Which functions, members and components work, as it stands when an instant is over.
 *
 * A fault reaches functions one after the other at one instant; what lies between is no state of the world. Changes of an
 * instant are therefore reported together, once it is over. Functions work until the ledger says otherwise. A member or
 * component without functions is never down.
 */
import type { CauseSetId, Microseconds, ModelMap } from '../../model/index.js';

/** Told once per instant with changes: the members and components that changed (or whose causes did), each once. */
export type Settled = (time: Microseconds, members: readonly number[], components: readonly number[]) => void;

export type UpState = 'up' | 'degraded' | 'down';

export class ComponentStates {
  /** The instant that is not over yet, if it has changes; else Infinity. Callers settle when time has passed it. */
  openInstant: Microseconds = Infinity;
  readonly #map: ModelMap;
  readonly #settled: Settled;
  readonly #works: Uint8Array;
  readonly #causes: Int32Array;
  readonly #workingOfMember: Int32Array;
  readonly #workingOfComponent: Int32Array;
  readonly #functionsOfComponent: Int32Array;
  readonly #members = new Set<number>();
  readonly #components = new Set<number>();

  constructor(map: ModelMap, settled: Settled) {
    this.#map = map;
    this.#settled = settled;
    this.#works = new Uint8Array(map.functions.length).fill(1);
    this.#causes = new Int32Array(map.functions.length);
    this.#workingOfMember = Int32Array.from(map.members, (member) => member.functions.length);
    this.#functionsOfComponent = Int32Array.from(map.components, ({ members }) =>
      members.reduce((sum, member) => sum + map.members[member].functions.length, 0));
    this.#workingOfComponent = this.#functionsOfComponent.slice();
  }

  /** A ledger entry `functionChanged`. */
  change(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    if (this.openInstant < time) this.settle();
    const member = this.#map.functions[fn].member;
    const component = this.#map.members[member].component;
    const delta = (works ? 1 : 0) - this.#works[fn];
    this.#works[fn] += delta;
    this.#workingOfMember[member] += delta;
    this.#workingOfComponent[component] += delta;
    this.#causes[fn] = works ? 0 : causes;
    this.#members.add(member);
    this.#components.add(component);
    this.openInstant = time;
  }

  /** Something else about this member is different from this instant on. */
  touch(time: Microseconds, member: number): void {
    if (this.openInstant < time) this.settle();
    this.#members.add(member);
    this.#components.add(this.#map.members[member].component);
    this.openInstant = time;
  }

  /** The open instant is over: reports it. */
  settle(): void {
    if (this.openInstant === Infinity) return;
    const time = this.openInstant;
    this.openInstant = Infinity;
    const members = [...this.#members];
    const components = [...this.#components];
    this.#members.clear();
    this.#components.clear();
    this.#settled(time, members, components);
  }

  memberState(member: number): UpState {
    return stateOf(this.#workingOfMember[member], this.#map.members[member].functions.length);
  }

  componentState(component: number): UpState {
    return stateOf(this.#workingOfComponent[component], this.#functionsOfComponent[component]);
  }

  /** Calls `visit` with every fault occurrence behind a function of this member that does not work. */
  eachCauseOfMember(member: number, visit: (occurrence: number) => void): void {
    for (const fn of this.#map.members[member].functions) {
      if (this.#works[fn] === 0) for (const occurrence of this.#map.causesOf(this.#causes[fn])) visit(occurrence);
    }
  }

  eachCauseOfComponent(component: number, visit: (occurrence: number) => void): void {
    for (const member of this.#map.components[component].members) this.eachCauseOfMember(member, visit);
  }
}

function stateOf(working: number, functions: number): UpState {
  if (working === functions) return 'up';
  return working === 0 ? 'down' : 'degraded';
}
