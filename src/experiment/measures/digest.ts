/**
 * The digest of a run: one number over all ledger entries in their order.
 *
 * Two runs with the same digest have the same ledgers. Indices are hashed as the names behind them, so a scenario with its keys
 * in another order has the same digest. Readings of gauges are not in it: they say in another way what the other entries say, and
 * nobody takes them where nobody asks. To learn where two runs differ, record them (`recorder.ts`).
 */
import { FATES } from '../../model/index.js';
import type { CausePathId, CauseSetId, Fate, LedgerReader, Microseconds, ModelMap } from '../../model/index.js';
import { ENTRY_FIELDS, ENTRY_NAMES, fieldText } from './entries.js';
import type { EntryName, Field } from './entries.js';
import { StreamHash, textHash } from './hash.js';

const CODES = Object.fromEntries(ENTRY_NAMES.map((name) => [name, textHash(name)])) as Readonly<Record<EntryName, number>>;
const FATE_CODES = Object.fromEntries(FATES.map((fate) => [fate, textHash(fate)])) as Readonly<Record<Fate, number>>;

/** Hashes of names, made once each: an array per sort of index, filled as they come. */
class NameHashes {
  readonly #known: number[] = [];
  constructor(private readonly map: ModelMap, private readonly field: Field) {}
  of(index: number): number {
    return (this.#known[index] ??= textHash(fieldText(this.map, this.field, index)));
  }
}

export class DigestMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #hash = new StreamHash();
  readonly #flows: NameHashes;
  readonly #members: NameHashes;
  readonly #components: NameHashes;
  readonly #paths: NameHashes;

  constructor(map: ModelMap) {
    this.#map = map;
    this.#flows = new NameHashes(map, 'flow');
    this.#members = new NameHashes(map, 'member');
    this.#components = new NameHashes(map, 'component');
    this.#paths = new NameHashes(map, 'path');
  }

  offered(time: Microseconds, flow: number, n: number): void {
    this.#message(CODES.offered, time, flow, n);
  }

  sent(time: Microseconds, flow: number, n: number): void {
    this.#message(CODES.sent, time, flow, n);
  }

  accepted(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, firstAttempt: Microseconds): void {
    this.#message(CODES.accepted, time, flow, n);
    this.#hash.number(offeredAt);
    this.#hash.number(firstAttempt);
  }

  received(time: Microseconds, flow: number, n: number): void {
    this.#message(CODES.received, time, flow, n);
  }

  effect(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, nth: number, cause: CausePathId): void {
    this.#message(CODES.effect, time, flow, n);
    this.#hash.three(leg, offeredAt, nth);
    this.#hash.number(this.#paths.of(cause));
  }

  suppressed(time: Microseconds, flow: number, leg: number, n: number): void {
    this.#message(CODES.suppressed, time, flow, n);
    this.#hash.number(leg);
  }

  delivered(time: Microseconds, flow: number, n: number, offeredAt: Microseconds): void {
    this.#message(CODES.delivered, time, flow, n);
    this.#hash.number(offeredAt);
  }

  legClosed(
    time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean,
  ): void {
    this.#message(CODES.legClosed, time, flow, n);
    this.#hash.number(leg);
    this.#fate(offeredAt, fate, cause, stranded);
  }

  closed(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void {
    this.#message(CODES.closed, time, flow, n);
    this.#fate(offeredAt, fate, cause, stranded);
  }

  worked(time: Microseconds, member: number, again: boolean): void {
    this.#load(CODES.worked, time, this.#members.of(member), again ? 1 : 0);
  }

  busy(time: Microseconds, member: number, busy: number, slots: number): void {
    this.#load(CODES.busy, time, this.#members.of(member), busy);
    this.#hash.number(slots);
  }

  waiting(time: Microseconds, member: number, length: number): void {
    this.#load(CODES.waiting, time, this.#members.of(member), length);
  }

  queued(time: Microseconds, component: number, length: number): void {
    this.#load(CODES.queued, time, this.#components.of(component), length);
  }

  // The rest is rare: hashed as it reads.

  suspended(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, suspended: boolean, cause: CausePathId): void {
    this.#rare('suspended', time, [flow, n, offeredAt, suspended, cause]);
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    this.#rare('functionChanged', time, [fn, works, causes]);
  }

  slowed(time: Microseconds, member: number, factor: number, causes: CauseSetId): void {
    this.#rare('slowed', time, [member, factor, causes]);
  }

  booked(time: Microseconds, member: number, from: Microseconds, until: Microseconds, slots: number): void {
    this.#rare('booked', time, [member, from, until, slots]);
  }

  lifecycle(time: Microseconds, member: number, from: string, to: string, causes: CauseSetId): void {
    this.#rare('lifecycle', time, [member, from, to, causes]);
  }

  failover(time: Microseconds, component: number, toServer: number): void {
    this.#rare('failover', time, [component, toServer]);
  }

  sessionMoved(time: Microseconds, component: number, source: number, fromMember: number, toMember: number, destination: number): void {
    this.#rare('sessionMoved', time, [component, source, fromMember, toMember, ...(destination < 0 ? [] : [destination])]);
  }

  believed(time: Microseconds, observer: number, member: number, up: boolean): void {
    this.#rare('believed', time, [observer, member, up]);
  }

  flowChanged(time: Microseconds, flow: number, status: number, capacity: number, causes: CauseSetId): void {
    this.#rare('flowChanged', time, [flow, status, capacity, causes]);
  }

  acceptChanged(time: Microseconds, flow: number, status: number, causes: CauseSetId): void {
    this.#rare('acceptChanged', time, [flow, status, causes]);
  }


  faultStarted(time: Microseconds, occurrence: number, effective: boolean): void {
    this.#rare('faultStarted', time, [occurrence, effective]);
  }

  faultEnded(time: Microseconds, occurrence: number): void {
    this.#rare('faultEnded', time, [occurrence]);
  }

  noticed(time: Microseconds, occurrence: number): void {
    this.#rare('noticed', time, [occurrence]);
  }

  operation(time: Microseconds, operation: number, target: string, startedAt: Microseconds, result: string, reason: string): void {
    this.#rare('operation', time, [operation, target, startedAt, result, reason]);
  }

  ended(time: Microseconds): void {
    this.#rare('ended', time, []);
  }

  /** 16 hexadecimal digits over what came so far. Steps are not in it: tracing must not change the digest. */
  get digest(): string {
    return this.#hash.hex;
  }

  #message(code: number, time: Microseconds, flow: number, n: number): void {
    this.#hash.three(code ^ this.#flows.of(flow), time, n);
  }

  #load(code: number, time: Microseconds, name: number, value: number): void {
    this.#hash.three(code ^ name, time, value);
  }

  #fate(offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void {
    this.#hash.three(offeredAt, FATE_CODES[fate] + (stranded ? 0.5 : 0), this.#paths.of(cause));
  }

  #rare(name: EntryName, time: Microseconds, values: readonly unknown[]): void {
    this.#hash.number(CODES[name]);
    this.#hash.number(time);
    ENTRY_FIELDS[name].forEach((field, i) => this.#hash.text(fieldText(this.#map, field, values[i])));
  }
}
