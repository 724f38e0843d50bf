/**
 * The measures of a run as one reader of the entries that every message writes.
 *
 * A message writes some twenty entries. Handed to a list of readers of many classes, each of them costs more than what the reader
 * does with it; here each measure has a place of its own and is called directly. Not here: what is rare, which each measure
 * reads by itself.
 */
import type { CausePathId, Fate, LedgerReader, Microseconds } from '../../model/index.js';
import type { Engine } from '../engine.js';
import type { CauseMeasure } from './causes.js';
import type { ComponentMeasure } from './components.js';
import type { DigestMeasure } from './digest.js';
import { ENTRY_NAMES } from './entries.js';
import type { FaultMeasure } from './faults.js';
import type { FlowMeasure } from './flows.js';
import type { TimelineMeasure } from './timeline.js';

/** What a run always has, and what it may have. */
export interface Bundled {
  readonly digest: DigestMeasure;
  readonly flows: FlowMeasure;
  readonly faults: FaultMeasure;
  readonly components: ComponentMeasure;
  readonly causes: CauseMeasure;
  readonly timeline: TimelineMeasure | null;
}

export class Bundle implements LedgerReader {
  readonly #digest: DigestMeasure;
  readonly #flows: FlowMeasure;
  readonly #faults: FaultMeasure;
  readonly #components: ComponentMeasure;
  readonly #causes: CauseMeasure;
  readonly #timeline: TimelineMeasure | null;

  constructor({ digest, flows, faults, components, causes, timeline }: Bundled) {
    this.#digest = digest;
    this.#flows = flows;
    this.#faults = faults;
    this.#components = components;
    this.#causes = causes;
    this.#timeline = timeline;
  }

  /** Makes an engine tell all of them everything. */
  listenTo(engine: Engine): void {
    engine.read(this);
    for (const measure of [this.#flows, this.#faults, this.#components, this.#causes, this.#digest, this.#timeline]) {
      if (measure !== null) engine.read(this.#othersOf(measure));
    }
  }

  offered(time: Microseconds, flow: number, n: number): void {
    this.#digest.offered(time, flow, n);
    this.#flows.offered(time, flow, n);
    this.#faults.offered(time, flow);
    this.#timeline?.offered(time, flow);
  }

  sent(time: Microseconds, flow: number, n: number): void {
    this.#digest.sent(time, flow, n);
    this.#flows.sent(time, flow, n);
  }

  accepted(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, firstAttempt: Microseconds): void {
    this.#digest.accepted(time, flow, n, offeredAt, firstAttempt);
    this.#flows.accepted(time, flow, n, offeredAt, firstAttempt);
    this.#timeline?.accepted(time, flow);
  }

  received(time: Microseconds, flow: number, n: number): void {
    this.#digest.received(time, flow, n);
    this.#flows.received(time, flow, n);
  }

  effect(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, nth: number, cause: CausePathId): void {
    this.#digest.effect(time, flow, leg, n, offeredAt, nth, cause);
    this.#flows.effect(time, flow, leg, n, offeredAt, nth);
    this.#faults.effect(time, flow, leg, n, offeredAt, nth, cause);
    this.#causes.effect(time, flow, leg, n, offeredAt, nth, cause);
    this.#timeline?.effect(time, flow, leg, n, offeredAt, nth);
  }

  delivered(time: Microseconds, flow: number, n: number, offeredAt: Microseconds): void {
    this.#digest.delivered(time, flow, n, offeredAt);
    this.#flows.delivered(time, flow, n, offeredAt);
    this.#faults.delivered(time, flow, n, offeredAt);
    this.#timeline?.delivered(time, flow, n);
  }

  legClosed(
    time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean,
  ): void {
    this.#digest.legClosed(time, flow, leg, n, offeredAt, fate, cause, stranded);
    this.#flows.legClosed(time, flow, leg, n, offeredAt, fate, cause, stranded);
  }

  closed(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void {
    this.#digest.closed(time, flow, n, offeredAt, fate, cause, stranded);
    this.#flows.closed(time, flow, n, offeredAt, fate, cause, stranded);
    this.#faults.closed(time, flow, n, offeredAt, fate, cause);
    this.#causes.closed(time, flow, n, offeredAt, fate, cause);
    this.#timeline?.closed(time, flow, n, offeredAt, fate);
  }

  worked(time: Microseconds, member: number, again: boolean): void {
    this.#digest.worked(time, member, again);
    this.#components.worked(time, member, again);
  }

  busy(time: Microseconds, member: number, busy: number, slots: number): void {
    this.#digest.busy(time, member, busy, slots);
    this.#components.busy(time, member, busy, slots);
  }

  waiting(time: Microseconds, member: number, length: number): void {
    this.#digest.waiting(time, member, length);
    this.#components.waiting(time, member, length);
  }

  queued(time: Microseconds, component: number, length: number): void {
    this.#digest.queued(time, component, length);
    this.#components.queued(time, component, length);
  }

  /** What a measure reads and this does not hand on to it. */
  #othersOf(measure: LedgerReader): LedgerReader {
    const entries = ENTRY_NAMES.filter((name) => measure[name] !== undefined && (this as LedgerReader)[name] === undefined);
    return Object.fromEntries(entries.map((name) => [name, (measure[name] as (...values: unknown[]) => void).bind(measure)]));
  }
}
