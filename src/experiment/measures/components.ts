/**
 * Rows of `components.csv`: how long each component and member was down, and how much it had to do.
 *
 * Everything goes by clock over [warmup, horizon]. A component is down while none of its functions on any member works; a
 * member not started yet counts as down, too. Members get rows of their own when there are several or when they are named
 * `x@server`. Work and queue cells are empty where there are neither workers nor ever a message; failovers are the component's:
 * roles and sessions that passed to another.
 */
import type { CauseSetId, LedgerReader, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import { COMPONENT_COLUMNS } from '../columns.js';
import type { Cell, Row } from '../result.js';
import type { Sum } from './batches.js';
import { cellOf, rowOf, seconds } from './cells.js';
import { ComponentStates } from './component-states.js';
import { DownClock, LevelClock, WorkClock } from './component-clocks.js';
import { CauseClock } from './downtime-causes.js';
import { Window, YEAR } from './window.js';

class MemberState {
  readonly down: DownClock;
  readonly causes: CauseClock;
  readonly work: WorkClock;
  readonly queue: LevelClock;
  operations = 0;
  reworked = 0;
  /** What its state is spent on, where its kind says so. */
  spentOn: string | null = null;
  /** Its operations are booked; nothing waits inside it as messages do. */
  books = false;
  constructor(map: ModelMap, window: Window, slots: number) {
    this.down = new DownClock(window);
    this.causes = new CauseClock(map, window);
    this.work = new WorkClock(window, slots);
    this.queue = new LevelClock(window);
  }
}

class ComponentState {
  readonly down: DownClock;
  readonly causes: CauseClock;
  readonly queue: LevelClock;
  failovers = 0;
  /** Length of the queue that its members share; it adds to what waits inside them. */
  shared = 0;
  constructor(map: ModelMap, window: Window) {
    this.down = new DownClock(window);
    this.causes = new CauseClock(map, window);
    this.queue = new LevelClock(window);
  }
}

export class ComponentMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #window: Window;
  readonly #replication: number;
  readonly #states: ComponentStates;
  readonly #members: readonly MemberState[];
  readonly #components: readonly ComponentState[];

  constructor(map: ModelMap, run: RunDefinition, replication: number) {
    const window = new Window(run);
    this.#map = map;
    this.#window = window;
    this.#replication = replication;
    this.#members = map.members.map(({ slots }) => new MemberState(map, window, slots));
    this.#components = map.components.map(() => new ComponentState(map, window));
    this.#states = new ComponentStates(map, (time, members, components) => this.#settled(time, members, components));
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    this.#states.change(time, fn, works, causes);
  }

  lifecycle(time: Microseconds, member: number, _from: string, to: string): void {
    const words = this.#map.components[this.#map.members[member].component].downAs;
    if (words === undefined) return;
    if (this.#states.openInstant < time) this.#states.settle();
    this.#members[member].spentOn = words[to] ?? null;
    this.#states.touch(time, member);
  }

  failover(time: Microseconds, component: number): void {
    if (time >= this.#window.warmup && time <= this.#window.horizon) this.#components[component].failovers += 1;
  }

  sessionMoved(time: Microseconds, component: number, _source: number, from: number, to: number): void {
    if (from >= 0 && to >= 0 && from !== to) this.failover(time, component);
  }

  worked(time: Microseconds, member: number, again: boolean): void {
    if (time < this.#window.warmup || time > this.#window.horizon) return;
    this.#members[member].operations += 1;
    if (again) this.#members[member].reworked += 1;
  }

  busy(time: Microseconds, member: number, busy: number, slots: number): void {
    // Whether the member was up matters from the instant at which it changed, so that instant must be over first.
    if (this.#states.openInstant < time) this.#states.settle();
    this.#members[member].work.set(time, busy, slots);
  }

  booked(time: Microseconds, member: number, from: Microseconds, until: Microseconds): void {
    const { work } = this.#members[member];
    work.book(from, until);
    this.#members[member].books = true;
    if (time >= this.#window.warmup && time <= this.#window.horizon) this.#members[member].operations += 1;
  }

  waiting(time: Microseconds, member: number, length: number): void {
    const { queue } = this.#members[member];
    const whole = this.#components[this.#map.members[member].component].queue;
    whole.set(time, whole.level + length - queue.level);
    queue.set(time, length);
  }

  queued(time: Microseconds, component: number, length: number): void {
    const state = this.#components[component];
    state.queue.set(time, state.queue.level + length - state.shared);
    state.shared = length;
  }

  ended(time: Microseconds): void {
    this.#states.settle();
    for (const { down, causes, work, queue } of this.#members) {
      down.end(time);
      causes.end(time);
      work.end(time);
      queue.end(time);
    }
    for (const { down, causes, queue } of this.#components) {
      down.end(time);
      causes.end(time);
      queue.end(time);
    }
  }

  /** What of their figures grows with time, so far: for batches. */
  sums(time: Microseconds): Sum[] {
    // What has changed before this instant is known by now; what changes at it begins a batch.
    if (this.#states.openInstant < time) this.#states.settle();
    return this.#each((component) => this.#sumsOf(`components.${this.#map.components[component].name}`, time, this.#components[component], this.#map.components[component].members),
      (member) => this.#sumsOf(`components.${this.#map.members[member].name}`, time, this.#members[member], [member])).flat();
  }

  /** Components in the order of the model, their members after them. After the run. */
  rows(): Row[] {
    return this.#each((component) => this.#componentRow(component), (member) => this.#memberRow(member));
  }

  #each<T>(ofComponent: (component: number) => T, ofMember: (member: number) => T): T[] {
    return this.#map.components.flatMap(({ name, members }, component) => {
      const own = members.length > 1 || members.some((member) => this.#map.members[member].name !== name);
      return [ofComponent(component), ...(own ? members.map(ofMember) : [])];
    });
  }

  #sumsOf(subject: string, time: Microseconds, { down, queue }: { readonly down: DownClock; readonly queue: LevelClock }, indices: readonly number[]): Sum[] {
    const members = indices.map((index) => this.#members[index]);
    for (const { work } of members) work.end(time);
    queue.end(time);
    const elapsed = this.#window.overlap(0, time);
    const downtime = down.downtimeBy(time);
    const sum = (part: (work: WorkClock) => number): number => members.reduce((total, { work }) => total + part(work), 0);
    return [
      { subject, column: 'availability', above: elapsed - downtime, below: elapsed },
      { subject, column: 'outages_per_year', above: down.outages * YEAR, below: elapsed },
      { subject, column: 'downtime_per_year_s', above: seconds(downtime * YEAR), below: elapsed },
      { subject, column: 'mttf_s', above: seconds(elapsed - downtime), below: down.outages },
      { subject, column: 'mttr_s', above: seconds(downtime), below: down.outages },
      { subject, column: 'utilisation', above: sum(({ busyTime }) => busyTime), below: sum(({ slotTime }) => slotTime) },
      { subject, column: 'queue_mean', above: queue.area, below: elapsed },
    ];
  }

  #settled(time: Microseconds, members: readonly number[], components: readonly number[]): void {
    for (const member of members) {
      const down = this.#states.memberState(member) === 'down';
      this.#members[member].down.set(time, down);
      this.#members[member].causes.set(time, down, down ? collect((visit) => this.#states.eachCauseOfMember(member, visit)) : [], this.#members[member].spentOn);
      this.#members[member].work.setUp(time, !down);
    }
    for (const component of components) {
      const down = this.#states.componentState(component) === 'down';
      this.#components[component].down.set(time, down);
      this.#components[component].causes.set(time, down, down ? collect((visit) => this.#states.eachCauseOfComponent(component, visit)) : [], this.#spentOn(component));
    }
  }

  /** Of several members, the first that says so. */
  #spentOn(component: number): string | null {
    return this.#map.components[component].members.map((member) => this.#members[member].spentOn).find((word) => word !== null) ?? null;
  }

  #componentRow(component: number): Row {
    const { name, kind, members } = this.#map.components[component];
    const state = this.#components[component];
    return rowOf(COMPONENT_COLUMNS, {
      replication: this.#replication, component: name, kind, ...this.#downCells(state.down), failovers: state.failovers,
      ...this.#workCells(members, state.queue), ...this.#outageCells(state),
    });
  }

  #memberRow(member: number): Row {
    const { name, component } = this.#map.members[member];
    const state = this.#members[member];
    return rowOf(COMPONENT_COLUMNS, {
      replication: this.#replication, component: name, kind: this.#map.components[component].kind, ...this.#downCells(state.down),
      ...this.#workCells([member], state.queue), ...this.#outageCells(state),
    });
  }

  #downCells(down: DownClock): Record<string, Cell> {
    return { availability: cellOf(1 - down.downtime / this.#window.span), downtime_s: seconds(down.downtime), outages: down.outages };
  }

  #outageCells({ down, causes }: { readonly down: DownClock; readonly causes: CauseClock }): Record<string, Cell> {
    const { span } = this.#window;
    return {
      outages_per_year: cellOf((down.outages * YEAR) / span), downtime_per_year_s: cellOf(seconds((down.downtime * YEAR) / span)),
      mttf_s: cellOf(seconds((span - down.downtime) / down.outages)), mttr_s: cellOf(seconds(down.downtime / down.outages)),
      first_outage_s: cellOf(seconds(down.first)), downtime_by_cause: causes.text,
    };
  }

  #workCells(indices: readonly number[], queue: LevelClock): Record<string, Cell> {
    const members = indices.map((index) => this.#members[index]);
    const sum = (part: (member: MemberState) => number): number => members.reduce((total, member) => total + part(member), 0);
    const works = sum(({ work }) => work.slots) > 0 || sum(({ operations }) => operations) > 0;
    const queues = queue.used || (works && !members.every(({ books }) => books));
    return {
      utilisation: works ? cellOf(sum(({ work }) => work.busyTime) / sum(({ work }) => work.slotTime)) : null,
      queue_mean: queues ? cellOf(queue.area / this.#window.span) : null,
      queue_max: queues ? queue.max : null,
      operations: works ? sum(({ operations }) => operations) : null,
      reworked: works ? sum(({ reworked }) => reworked) : null,
    };
  }
}

/** Each once, in the order of their coming. */
function collect(each: (visit: (occurrence: number) => void) => void): readonly number[] {
  const found = new Set<number>();
  each((occurrence) => found.add(occurrence));
  return [...found];
}
