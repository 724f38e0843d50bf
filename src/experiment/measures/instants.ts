/**
 * Whether components, members and flows are up at an instant, and whether they were ever down until then: what
 * `components.app.availability at 8h` and `components.app.reliability at 8h` ask for. 1 or 0; their means over replications are shares.
 *
 * Counted is what `components.csv` and `flows.csv` count: what is down for no time was not down.
 */
import { FlowStatus } from '../../model/index.js';
import type { CauseSetId, LedgerReader, Microseconds, ModelMap } from '../../model/index.js';
import type { Column } from '../columns.js';
import { ComponentStates } from './component-states.js';
import type { GaugeRequest } from './gauges.js';

/** Metrics that every component, member and flow has at an instant. */
export const INSTANT_COLUMNS: readonly Column[] = [
  { name: 'availability', unit: 'share', meaning: 'it is up at that instant' },
  { name: 'reliability', unit: 'share', meaning: 'it was never down from time 0 to that instant' },
];

/** Times down, as far as they begin before the last instant of interest. */
class History {
  readonly #spans: { readonly from: Microseconds; readonly to: Microseconds }[] = [];
  #since: Microseconds | null = null;

  constructor(private readonly until: Microseconds) {}

  set(time: Microseconds, down: boolean): void {
    if (down === (this.#since !== null)) return;
    if (down) this.#since = time;
    else this.#close(time);
  }

  end(): void {
    if (this.#since !== null) this.#close(Infinity);
  }

  upAt(time: Microseconds): boolean {
    return !this.#spans.some(({ from, to }) => from <= time && time < to);
  }

  neverDownUntil(time: Microseconds): boolean {
    return !this.#spans.some(({ from }) => from <= time);
  }

  #close(to: Microseconds): void {
    const from = this.#since!;
    this.#since = null;
    if (to > from && from <= this.until) this.#spans.push({ from, to });
  }
}

export class InstantMeasure implements LedgerReader {
  readonly #requests: readonly GaugeRequest[];
  readonly #states: ComponentStates;
  readonly #components = new Map<number, History>();
  readonly #members = new Map<number, History>();
  readonly #flows = new Map<number, History>();
  readonly #histories: readonly (History | null)[];

  constructor(map: ModelMap, requests: readonly GaugeRequest[]) {
    this.#requests = requests;
    const until = Math.max(...requests.map(({ at }) => at));
    const historyIn = (all: Map<number, History>, index: number): History | null => {
      if (index < 0) return null;
      const history = all.get(index) ?? new History(until);
      all.set(index, history);
      return history;
    };
    this.#histories = requests.map(({ of, component: name, gauge }) => {
      if (of === undefined || !INSTANT_COLUMNS.some((column) => column.name === gauge)) return null;
      if (of === 'flow') return historyIn(this.#flows, map.flows.findIndex((flow) => flow.name === name));
      const component = map.components.findIndex((one) => one.name === name);
      return component >= 0 ? historyIn(this.#components, component) : historyIn(this.#members, map.members.findIndex((one) => one.name === name));
    });
    this.#states = new ComponentStates(map, (time, members, components) => {
      for (const member of members) this.#members.get(member)?.set(time, this.#states.memberState(member) === 'down');
      for (const component of components) this.#components.get(component)?.set(time, this.#states.componentState(component) === 'down');
    });
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    this.#states.change(time, fn, works, causes);
  }

  flowChanged(time: Microseconds, flow: number, status: FlowStatus): void {
    this.#flows.get(flow)?.set(time, status === FlowStatus.stopped);
  }

  ended(): void {
    this.#states.settle();
    for (const history of this.#histories) history?.end();
  }

  /** In the order of the requests; null for those that ask for something else. After the run. */
  values(): (number | null)[] {
    return this.#requests.map(({ gauge, at }, index) => {
      const history = this.#histories[index];
      if (history === null) return null;
      return Number(gauge === 'availability' ? history.upAt(at) : history.neverDownUntil(at));
    });
  }
}
