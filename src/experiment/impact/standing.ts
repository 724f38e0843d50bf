/**
 * What is not as it should be anyway, whether the fault of a case comes or not: functions that are down and flows that are not
 * served in the twin from the instant of the fault to the end. A fault is not charged with these: with one of two servers in
 * maintenance, a flow has half its capacity with or without the fault.
 */
import { FlowStatus } from '../../model/index.js';
import type { CauseSetId, LedgerReader, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import { FaultMeasure } from '../measures/faults.js';

interface FlowState { readonly status: FlowStatus; readonly capacity: number }

/** A reader of the twin. */
export class Standing implements LedgerReader {
  readonly #at: Microseconds;
  readonly down = new Set<number>();
  /** Of the flows that are not served. */
  readonly flows = new Map<number, FlowState>();

  constructor(at: Microseconds) {
    this.#at = at;
  }

  functionChanged(time: Microseconds, fn: number, works: boolean): void {
    if (works) this.down.delete(fn);
    else if (time <= this.#at) this.down.add(fn);
  }

  flowChanged(time: Microseconds, flow: number, status: FlowStatus, capacity: number): void {
    if (time <= this.#at && status !== FlowStatus.served) this.flows.set(flow, { status, capacity });
    else this.flows.delete(flow);
  }
}

/** Hears a run, and is told of nothing that stands so anyway. */
export class FaultMeasureBeyond extends FaultMeasure {
  readonly #standing: Standing;

  constructor(map: ModelMap, run: RunDefinition, replication: number, standing: Standing) {
    super(map, run, replication);
    this.#standing = standing;
  }

  override functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    super.functionChanged(time, fn, works, this.#standing.down.has(fn) ? 0 : causes);
  }

  override flowChanged(time: Microseconds, flow: number, status: FlowStatus, capacity: number, causes: CauseSetId): void {
    const before = this.#standing.flows.get(flow);
    const same = before !== undefined && status <= before.status && capacity >= before.capacity;
    if (same) super.flowChanged(time, flow, FlowStatus.served, before.capacity, 0);
    else super.flowChanged(time, flow, status, capacity, causes);
  }
}
