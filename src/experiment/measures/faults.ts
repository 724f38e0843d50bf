/**
 * Rows of `faults.csv`: what each occurrence of a fault did.
 *
 * This file hears the ledger and shares it out: `flow-aftermath.ts` knows when flows stopped and came back, `blast.ts` which
 * components were down, `fault-record.ts` makes the row. Messages are counted here, by their causes and without a twin: one
 * occurrence behind it, it is accountable; several, the row `(interaction)`; none, nobody. A late message blames whatever
 * troubled its flow between offer and effect. Counts are of the cohort, as everywhere. Where twins were run (`../twins/`), what they
 * say takes the place of the causes.
 */
import type { CausePathId, CauseSetId, Fate, FlowStatus, LedgerReader, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import type { Row } from '../result.js';
import type { Attribution } from '../twins/attribution.js';
import { occurrencesOf } from './attribution.js';
import { BlastTracker } from './blast.js';
import { NOBODY, SEVERAL } from './cause-spans.js';
import { FaultRecord, interactionRow, Toll } from './fault-record.js';
import { FlowAftermath } from './flow-aftermath.js';
import type { FlowEffect } from './flow-effect.js';
import { Suspensions } from './suspensions.js';
import { Window } from './window.js';

export class FaultMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #window: Window;
  readonly #replication: number;
  readonly #blast: BlastTracker;
  readonly #flows: readonly FlowAftermath[];
  readonly #deadlines: Float64Array;
  readonly #records: FaultRecord[] = [];
  readonly #interaction = new Toll();
  readonly #suspensions: Suspensions;
  #end: Microseconds = 0;

  constructor(map: ModelMap, run: RunDefinition, replication: number) {
    this.#map = map;
    this.#window = new Window(run);
    this.#replication = replication;
    this.#blast = new BlastTracker(map);
    this.#suspensions = new Suspensions(map.flows.length);
    this.#deadlines = Float64Array.from(map.flows, ({ deadline }) => deadline ?? Infinity);
    this.#flows = map.flows.map((flow, index) =>
      new FlowAftermath(map, flow, run.warmup, (occurrence) => this.#record(occurrence).normalBacklogs[index]));
  }

  offered(time: Microseconds, flow: number): void {
    this.#flows[flow].offered(time);
  }

  delivered(time: Microseconds, flow: number, n: number, offeredAt: Microseconds): void {
    if (time - offeredAt > this.#deadlines[flow] && this.#window.inCohort(offeredAt)) this.#late(time, flow, offeredAt);
    this.#flows[flow].delivered(time, n);
  }

  suspended(time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, suspended: boolean, cause: CausePathId): void {
    this.#suspensions.set(flow, n, suspended, cause);
    this.#flows[flow].suspended(time, n, suspended);
  }

  effect(_time: Microseconds, _flow: number, _leg: number, _n: number, offeredAt: Microseconds, nth: number, cause: CausePathId): void {
    if (nth === 1 || !this.#window.inCohort(offeredAt)) return;
    const toll = this.#tollBehind(cause);
    if (toll !== null) toll.duplicates += 1;
  }

  closed(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, lastCause: CausePathId): void {
    if (fate === 'delivered') return;
    this.#flows[flow].closed(time, n, fate);
    if (!this.#window.inCohort(offeredAt)) return;
    const cause = this.#suspensions.causeOf(flow, n, fate, lastCause);
    if (fate === 'lost' || fate === 'rejected' || fate === 'suspended') {
      const toll = this.#tollBehind(cause);
      if (toll !== null) toll[fate] += 1;
    }
    const deadline = this.#deadlines[flow];
    if (deadline === Infinity || (fate === 'in_flight' && time - offeredAt <= deadline)) return;
    // What ended the message is why it is late, if that is known; else what troubled its flow while it was on its way.
    const toll = this.#tollBehind(cause);
    if (toll !== null) toll.late += 1;
    else this.#late(time, flow, offeredAt);
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    this.#blast.functionChanged(time, fn, works, causes);
  }

  flowChanged(time: Microseconds, flow: number, status: FlowStatus, capacity: number, causes: CauseSetId): void {
    this.#flows[flow].changed(time, status, capacity, causes);
  }

  faultStarted(_time: Microseconds, occurrence: number, effective: boolean): void {
    this.#record(occurrence).effective = effective;
  }

  faultEnded(time: Microseconds, occurrence: number): void {
    this.#record(occurrence).end = time;
  }

  noticed(time: Microseconds, occurrence: number): void {
    this.#record(occurrence).noticed ??= time;
  }

  ended(time: Microseconds): void {
    this.#end = time;
    this.#blast.ended();
    for (const flow of this.#flows) flow.ended(time);
  }

  /** What an occurrence did to each flow that it touched, by index of the flow. After the run. */
  effectsOf(occurrence: number): ReadonlyMap<number, FlowEffect> {
    return new Map(this.#flows.flatMap((flow, index) => {
      const effect = flow.effects.get(occurrence);
      return effect === undefined ? [] : [[index, effect] as const];
    }));
  }

  /** What an occurrence is accountable for by cause path. */
  tollOf(occurrence: number): Toll {
    return this.#record(occurrence).toll;
  }

  /** Rows in the order in which the occurrences came, the interaction last. After the run. */
  rows(attribution: Pick<Attribution, 'tolls' | 'interaction'> | null = null): Row[] {
    const rows = this.#records.filter((record) => record !== undefined).map((record) => {
      const effects = [...this.effectsOf(record.occurrence).values()];
      return record.row(this.#map, this.#replication, effects, this.#blast.cells(record.occurrence), this.#end, attribution?.tolls.get(record.occurrence));
    });
    const interaction = attribution?.interaction ?? this.#interaction;
    return interaction.any ? [...rows, interactionRow(this.#replication, interaction)] : rows;
  }

  #record(occurrence: number): FaultRecord {
    const known = this.#records[occurrence] as FaultRecord | undefined;
    if (known !== undefined) return known;
    const { start } = this.#map.occurrences[occurrence];
    const record = new FaultRecord(occurrence, this.#flows.map((flow) => flow.normalBacklog(start)));
    this.#records[occurrence] = record;
    return record;
  }

  #tollBehind(cause: CausePathId): Toll | null {
    const occurrences = occurrencesOf(this.#map, cause);
    if (occurrences.length === 0) return null;
    return occurrences.length === 1 ? this.#record(occurrences[0]).toll : this.#interaction;
  }

  #late(time: Microseconds, flow: number, offeredAt: Microseconds): void {
    const culprit = this.#flows[flow].blame(offeredAt, time);
    if (culprit === NOBODY) return;
    (culprit === SEVERAL ? this.#interaction : this.#record(culprit).toll).late += 1;
  }
}
