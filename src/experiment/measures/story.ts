/**
 * The story of the first faults in a few lines: what came, what stopped, who noticed, what moved, what came back.
 *
 * Told from the first fault or operation on (who owns which session from the beginning), one group of lines per instant, at most 40 lines. Words for a summary on the terminal, no measure:
 * `faults.csv` has the figures.
 */
import { gatherParts } from '../part-names.js';
import { FlowStatus } from '../../model/index.js';
import type { CauseSetId, LedgerReader, Microseconds, ModelMap } from '../../model/index.js';
import type { StoryLine } from '../result.js';
import { byText, seconds } from './cells.js';
import { ComponentStates } from './component-states.js';
import type { UpState } from './component-states.js';

/** Names in one line before "and n more". */
const NAMES = 8;

/** Owners of sessions of one component that are named one by one. */
const OWNERS = 3;

/** Order of the lines of one instant: cause before effect. */
const enum Place { fault, noticed, joined, moved, down, degraded, up, operation, flow }

export class StoryMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #limit: number;
  readonly #states: ComponentStates;
  readonly #lines: StoryLine[] = [];
  readonly #shown: UpState[];
  readonly #flowShown: FlowStatus[];
  readonly #stoppedAt: Microseconds[];
  /** Flow states of the open instant; only what holds when it is over is told. */
  readonly #flowNow = new Map<number, { readonly status: FlowStatus; readonly capacity: number }>();
  #instant: Microseconds = -1;
  #pending: { readonly place: Place; readonly text: string }[] = [];
  #begun = false;
  /** Members that were not there at the beginning. */
  readonly #toCome = new Set<number>();
  /** Components that share out sessions among their members. */
  readonly #sharing = new Set<number>();
  /** Sessions that had no owner before the open instant, by their owner. */
  readonly #first = new Map<number, string[]>();

  constructor(map: ModelMap, limit = 40) {
    this.#map = map;
    this.#limit = limit;
    this.#states = new ComponentStates(map, (_time, _members, components) => this.#componentsSettled(components));
    this.#shown = map.components.map(() => 'up');
    this.#flowShown = map.flows.map(() => FlowStatus.served);
    this.#stoppedAt = map.flows.map(() => 0);
  }

  faultStarted(time: Microseconds, occurrence: number, effective: boolean): void {
    this.#at(time);
    this.#begun = true;
    const { kind, targetText } = this.#map.occurrences[occurrence];
    this.#say(Place.fault, `${this.#fault(occurrence)}: ${kind} of ${targetText}${effective ? '' : ', masked: it was down already'}`);
  }

  faultEnded(time: Microseconds, occurrence: number): void {
    this.#at(time);
    this.#say(Place.fault, `${this.#fault(occurrence)} ends`);
  }

  noticed(time: Microseconds, occurrence: number): void {
    this.#at(time);
    const after = seconds(time - this.#map.occurrences[occurrence].start);
    this.#say(Place.noticed, `${this.#fault(occurrence)} is noticed after ${secondsText(after)}`);
  }

  failover(time: Microseconds, component: number, toServer: number): void {
    this.#at(time);
    this.#say(Place.moved, `${this.#map.components[component].name} moves to ${this.#map.components[toServer]?.name ?? String(toServer)}`);
  }

  sessionMoved(time: Microseconds, component: number, source: number, from: number, to: number, destination: number): void {
    this.#at(time);
    this.#sharing.add(component);
    const session = `${this.#map.components[source].name}${destination < 0 ? '' : ` into ${this.#map.components[destination].name}`}`;
    // That an owner is gone is told by what else is down.
    if (from < 0 && to >= 0) this.#first.set(to, [...(this.#first.get(to) ?? []), session]);
    else if (to >= 0 && from !== to) this.#tell(Place.moved, `session ${session} passes from ${this.#map.members[from].name} to ${this.#map.members[to].name}`);
  }

  operation(time: Microseconds, operation: number, target: string, _startedAt: Microseconds, result: string, reason: string): void {
    this.#at(time);
    this.#begun = true;
    this.#say(Place.operation, `${this.#map.operations[operation].id} on ${target}: ${result}${reason === '' ? '' : `, ${reason}`}`);
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    if (this.#full) return;
    this.#at(time);
    this.#joins(time, this.#map.functions[fn].member, works);
    this.#states.change(time, fn, works, causes);
  }

  flowChanged(time: Microseconds, flow: number, status: FlowStatus, capacity: number): void {
    if (this.#full) return;
    this.#at(time);
    this.#flowNow.set(flow, { status, capacity });
  }

  ended(time: Microseconds): void {
    this.#at(time);
    this.#settle();
  }

  /** After the run. */
  story(): readonly StoryLine[] {
    return this.#lines;
  }

  get #full(): boolean {
    return this.#lines.length >= this.#limit;
  }

  #at(time: Microseconds): void {
    if (time === this.#instant) return;
    this.#settle();
    this.#instant = time;
  }

  /** The instant is over: its lines, in the order of cause and effect. */
  #settle(): void {
    this.#states.settle();
    for (const [flow, { status, capacity }] of this.#flowNow) this.#flowSettled(flow, status, capacity);
    this.#flowNow.clear();
    this.#tellFirst();
    const pending = this.#pending;
    this.#pending = [];
    pending.sort((a, b) => a.place - b.place);
    for (const { text } of pending) {
      if (this.#full) return;
      // The last line says that the story goes on, since a reader would take it for the end.
      const last = this.#lines.length === this.#limit - 1;
      this.#lines.push({ timeSeconds: seconds(this.#instant), text: last ? 'and so on' : text });
    }
  }

  #componentsSettled(components: readonly number[]): void {
    const names: Record<UpState, string[]> = { down: [], degraded: [], up: [] };
    for (const component of components) {
      const state = this.#states.componentState(component);
      if (state === this.#shown[component]) continue;
      this.#shown[component] = state;
      names[state].push(this.#map.components[component].name);
    }
    if (names.down.length > 0) this.#say(Place.down, `down: ${listText(names.down)}`);
    if (names.degraded.length > 0) this.#say(Place.degraded, `degraded: ${listText(names.degraded)}`);
    if (names.up.length > 0) this.#say(Place.up, `up: ${listText(names.up)}`);
  }

  #flowSettled(flow: number, status: FlowStatus, capacity: number): void {
    const before = this.#flowShown[flow];
    if (status === before) return;
    this.#flowShown[flow] = status;
    const { name, faultFreeCapacity } = this.#map.flows[flow];
    const after = before === FlowStatus.stopped ? ` after ${secondsText(seconds(this.#instant - this.#stoppedAt[flow]))}` : '';
    if (status === FlowStatus.stopped) {
      this.#stoppedAt[flow] = this.#instant;
      this.#say(Place.flow, `flow ${name} stops`);
    } else if (status === FlowStatus.served) this.#say(Place.flow, `flow ${name} is served in full again${after}`);
    else {
      const share = faultFreeCapacity > 0 && faultFreeCapacity < Infinity ? ` at ${Math.round((100 * capacity) / faultFreeCapacity)} % of its capacity` : '';
      this.#say(Place.flow, `flow ${name} is served in part${share}${after}`);
    }
  }

  /** Who has which session; of many members only how many have how much. */
  #tellFirst(): void {
    for (const component of new Set([...this.#first.keys()].map((member) => this.#map.members[member].component))) {
      const owners = [...this.#first].filter(([member]) => this.#map.members[member].component === component);
      const count = owners.reduce((sum, [, sessions]) => sum + sessions.length, 0);
      if (owners.length > OWNERS) this.#tell(Place.moved, `${this.#map.components[component].name} has ${count} sessions at ${owners.length} members`);
      else for (const [member, sessions] of owners) this.#tell(Place.moved, `${this.#map.members[member].name} has ${sessions.length === 1 ? 'session' : 'sessions'} ${listText(sessions)}`);
    }
    this.#first.clear();
  }

  /** One of those who share out sessions comes later than the others. */
  #joins(time: Microseconds, member: number, works: boolean): void {
    if (time === 0 && !works) this.#toCome.add(member);
    else if (works && this.#toCome.delete(member) && this.#sharing.has(this.#map.members[member].component)) this.#tell(Place.joined, `${this.#map.members[member].name} joins`);
  }

  #say(place: Place, text: string): void {
    if (this.#begun) this.#tell(place, text);
  }

  /** Told before the first fault, too. */
  #tell(place: Place, text: string): void {
    if (!this.#full) this.#pending.push({ place, text });
  }

  #fault(occurrence: number): string {
    const { fault, number } = this.#map.occurrences[occurrence];
    return number === 1 ? this.#map.faults[fault].id : `${this.#map.faults[fault].id} (${number})`;
  }
}

function listText(all: string[]): string {
  const names = gatherParts(all.sort(byText));
  return names.length <= NAMES ? names.join(', ') : `${names.slice(0, NAMES).join(', ')} and ${names.length - NAMES} more`;
}

/** At most three decimals, no trailing zeros. */
function secondsText(value: number): string {
  return `${Number(value.toFixed(3))} s`;
}
