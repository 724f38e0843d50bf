/**
 * The digest of a run: one number over all ledger entries in their order.
 *
 * An instant is hashed once for all entries that come at it. Whole numbers count with their lower 32 bits, in entries that every message
 * writes; when a message was offered is in the entry that says so, and repeated in the others.
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

/** Numbers from here on do not fit into one word. */
const MORE_THAN_A_WORD = 2 ** 32;

export class DigestMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #hash = new StreamHash();
  readonly #words = this.#hash.words;
  /** Hashes of names, by index. */
  readonly #flows: Int32Array;
  readonly #members: Int32Array;
  readonly #components: Int32Array;
  readonly #paths: number[] = [];
  /** Of a flow that does not fork the end of the leg is the end of the message, word for word. */
  readonly #forks: readonly boolean[];
  /** The instant whose entries come; it is hashed once for all of them. */
  #now: Microseconds = NaN;

  constructor(map: ModelMap) {
    this.#map = map;
    const namesOf = (field: Field, all: { readonly length: number }): Int32Array => Int32Array.from(all as ArrayLike<unknown>, (_, index) => textHash(fieldText(map, field, index)));
    this.#flows = namesOf('flow', map.flows);
    this.#members = namesOf('member', map.members);
    this.#components = namesOf('component', map.components);
    this.#forks = map.flows.map(({ legs }) => legs.length > 1);
  }

  offered(time: Microseconds, flow: number, n: number): void {
    this.#message(CODES.offered, time, flow, n, 0);
  }

  sent(time: Microseconds, flow: number, n: number): void {
    this.#message(CODES.sent, time, flow, n, 0);
  }

  accepted(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, firstAttempt: Microseconds): void {
    const at = this.#message(CODES.accepted, time, flow, n, 2);
    this.#words[at] = offeredAt;
    this.#words[at + 1] = firstAttempt;
  }

  received(time: Microseconds, flow: number, n: number): void {
    this.#message(CODES.received, time, flow, n, 0);
  }

  effect(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, nth: number, cause: CausePathId): void {
    const path = this.#path(cause);
    const at = this.#message(CODES.effect, time, flow, n, 4);
    this.#words[at] = offeredAt;
    this.#words[at + 1] = leg;
    this.#words[at + 2] = nth;
    this.#words[at + 3] = path;
  }

  suppressed(time: Microseconds, flow: number, leg: number, n: number): void {
    this.#words[this.#message(CODES.suppressed, time, flow, n, 1)] = leg;
  }

  delivered(time: Microseconds, flow: number, n: number, offeredAt: Microseconds): void {
    this.#words[this.#message(CODES.delivered, time, flow, n, 1)] = offeredAt;
  }

  legClosed(
    time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean,
  ): void {
    if (!this.#forks[flow]) return;
    const path = this.#path(cause);
    const at = this.#message(CODES.legClosed, time, flow, n, 4);
    this.#words[at] = offeredAt;
    this.#words[at + 1] = FATE_CODES[fate] ^ (stranded ? 1 : 0);
    this.#words[at + 2] = path;
    this.#words[at + 3] = leg;
  }

  closed(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void {
    const path = this.#path(cause);
    const at = this.#message(CODES.closed, time, flow, n, 3);
    this.#words[at] = offeredAt;
    this.#words[at + 1] = FATE_CODES[fate] ^ (stranded ? 1 : 0);
    this.#words[at + 2] = path;
  }

  worked(time: Microseconds, member: number, again: boolean): void {
    this.#load(CODES.worked ^ this.#members[member], time, again ? 1 : 0, 0);
  }

  busy(time: Microseconds, member: number, busy: number, slots: number): void {
    const at = this.#load(CODES.busy ^ this.#members[member], time, busy, 1);
    this.#words[at] = slots;
  }

  waiting(time: Microseconds, member: number, length: number): void {
    this.#load(CODES.waiting ^ this.#members[member], time, length, 0);
  }

  queued(time: Microseconds, component: number, length: number): void {
    this.#load(CODES.queued ^ this.#components[component], time, length, 0);
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

  #at(time: Microseconds): void {
    if (time === this.#now) return;
    this.#now = time;
    this.#hash.number(time);
  }

  /** @returns where so many words more are to be written */
  #message(code: number, time: Microseconds, flow: number, n: number, more: number): number {
    this.#at(time);
    if (n >= MORE_THAN_A_WORD) this.#hash.number(n);
    const at = this.#hash.reserve(2 + more);
    this.#words[at] = code ^ this.#flows[flow];
    this.#words[at + 1] = n;
    return at + 2;
  }

  /** @returns where so many words more are to be written */
  #load(code: number, time: Microseconds, value: number, more: number): number {
    this.#at(time);
    const at = this.#hash.reserve(2 + more);
    this.#words[at] = code;
    this.#words[at + 1] = value;
    return at + 2;
  }

  /** Made once each, as they come. */
  #path(cause: CausePathId): number {
    return cause === 0 ? 0 : (this.#paths[cause] ??= textHash(fieldText(this.#map, 'path', cause)));
  }

  #rare(name: EntryName, time: Microseconds, values: readonly unknown[]): void {
    this.#at(time);
    this.#hash.word(CODES[name]);
    ENTRY_FIELDS[name].forEach((field, i) => this.#hash.text(fieldText(this.#map, field, values[i])));
  }
}
