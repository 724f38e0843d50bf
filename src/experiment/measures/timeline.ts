/**
 * Rows of `timeline.csv`: bins of equal length over the whole run, from time 0 to the end of the drain.
 *
 * Everything goes by clock, so messages of the warm-up count. A bin holds its start and not its end; what happens at the very
 * end of the run belongs to the last bin. Capacity is the time average over the bin, empty where it was unlimited for any time.
 */
import type { Fate, FlowStatus, LedgerReader, MapFlow, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import { TIMELINE_COLUMNS } from '../columns.js';
import type { Row } from '../result.js';
import { Backlog } from './backlog.js';
import { cellOf, rowOf, seconds } from './cells.js';

class FlowBin {
  offered = 0;
  accepted = 0;
  delivered = 0;
  duplicates = 0;
  lost = 0;
  readonly backlog = new Backlog();
  #capacity: number;
  #capacityTime = 0;
  #unlimited = false;
  #since: Microseconds = 0;

  constructor(readonly flow: MapFlow) {
    this.#capacity = flow.faultFreeCapacity;
  }

  setCapacity(time: Microseconds, capacity: number): void {
    this.#advance(time);
    this.#capacity = capacity;
  }

  /** The row of the bin [from, to]; the next bin begins. */
  close(from: Microseconds, to: Microseconds): Row {
    this.#advance(to);
    const row = rowOf(TIMELINE_COLUMNS, {
      time_s: seconds(from), flow: this.flow.name, offered: this.offered, accepted: this.accepted, delivered: this.delivered,
      duplicates: this.duplicates, lost: this.lost, backlog: this.backlog.value,
      capacity: this.#unlimited ? null : cellOf(this.#capacityTime / (to - from)),
    });
    this.offered = this.accepted = this.delivered = this.duplicates = this.lost = 0;
    this.#capacityTime = 0;
    this.#unlimited = false;
    return row;
  }

  #advance(time: Microseconds): void {
    const span = time - this.#since;
    this.#since = time;
    if (span === 0) return;
    if (this.#capacity === Infinity) this.#unlimited = true;
    else this.#capacityTime += this.#capacity * span;
  }
}

export class TimelineMeasure implements LedgerReader {
  readonly #bin: Microseconds;
  readonly #end: Microseconds;
  readonly #flows: readonly FlowBin[];
  readonly #rows: Row[] = [];
  #from: Microseconds = 0;

  constructor(map: ModelMap, run: RunDefinition) {
    this.#bin = run.timelineBin;
    this.#end = run.horizon + run.drain;
    this.#flows = map.flows.map((flow) => new FlowBin(flow));
  }

  offered(time: Microseconds, flow: number): void {
    const bin = this.#at(time, flow);
    bin.offered += 1;
    bin.backlog.offered();
  }

  accepted(time: Microseconds, flow: number): void {
    this.#at(time, flow).accepted += 1;
  }

  effect(time: Microseconds, flow: number, _leg: number, _n: number, _offeredAt: Microseconds, nth: number): void {
    if (nth > 1) this.#at(time, flow).duplicates += 1;
  }

  delivered(time: Microseconds, flow: number, n: number): void {
    const bin = this.#at(time, flow);
    bin.delivered += 1;
    bin.backlog.delivered(n);
  }

  suspended(time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, suspended: boolean): void {
    this.#at(time, flow).backlog.suspended(n, suspended);
  }

  closed(time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, fate: Fate): void {
    if (fate === 'delivered') return;
    const bin = this.#at(time, flow);
    bin.backlog.closed(n, fate);
    if (fate === 'lost') bin.lost += 1;
  }

  flowChanged(time: Microseconds, flow: number, _status: FlowStatus, capacity: number): void {
    this.#at(time, flow).setCapacity(time, capacity);
  }

  ended(time: Microseconds): void {
    this.#closeUpTo(time);
    if (time > this.#from) this.#close(time);
  }

  /** Rows by bin, flows in their order within one. After the run. */
  rows(): readonly Row[] {
    return this.#rows;
  }

  #at(time: Microseconds, flow: number): FlowBin {
    if (time >= this.#from + this.#bin) this.#closeUpTo(time);
    return this.#flows[flow];
  }

  #closeUpTo(time: Microseconds): void {
    // The bin that the end of the run closes stays open: what happens at that instant belongs to it.
    while (this.#from + this.#bin <= time && this.#from + this.#bin < this.#end) this.#close(this.#from + this.#bin);
  }

  #close(to: Microseconds): void {
    for (const flow of this.#flows) this.#rows.push(flow.close(this.#from, to));
    this.#from = to;
  }
}
