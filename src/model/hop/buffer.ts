/**
 * A buffer: messages are put into one of its fragments and stay there until a taker settles them.
 *
 * Each fragment lies in a store of its own and lives or fails with it. A message with a key always goes to the same fragment; one
 * without goes to any, and past those that are known to be away. Not here: locks on what is taken (`leases.ts`), who takes (`queue.ts`).
 */
import type { KeyedStream } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import { gaugeOf } from '../gauges.js';
import type { Gauge } from '../gauges.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { CauseSetId } from '../ledger.js';
import type { Component } from '../world.js';
import type { Access } from './access.js';
import type { Credits } from './credits.js';
import { NONE } from './copies.js';
import type { BufferTerms } from './declaration.js';
import type { Store } from './store.js';
import type { Trail } from './trail.js';

/** What decides in which fragment a message comes to lie. */
export interface Addressed { readonly flow: number; readonly n: number; /** NONE: without a key. */ readonly key: number; readonly bytes: number }

export class Buffer {
  /** Messages in it, whatever their state, and their size. */
  count = 0;
  bytes = 0;
  deadLettered = 0;
  /** What it stands behind: what lies here counts there, too. */
  front: Buffer | null = null;
  /** What its second copy may not know yet; null: there is none, or it never lags. */
  trail: Trail | null = null;
  /** When it was last lost, µs, and to what. */
  lostAt = 0;
  lostBy: CauseSetId = NO_CAUSE;
  private isThereNow = true;
  /** Since when each fragment has been away, µs; Infinity while it is there. */
  private readonly awaySince: Float64Array;
  /** Ids accepted within the window of duplicate detection, oldest first, with the time. */
  private readonly seen = new Map<string, number>();
  /** Keys of which a message is locked. */
  private readonly inWork = new Set<number>();
  private readonly spread: KeyedStream;
  private readonly tellCount: Gauge;
  private readonly tellDead: Gauge;

  constructor(
    private readonly context: Context, readonly component: Component,
    /** Messages can be put, taken and settled while this works. */
    readonly gate: FunctionNode,
    readonly stores: readonly Store[], readonly terms: BufferTerms,
    /** Who may put and take; null: anybody. */
    readonly access: Access | null = null,
    /** Operations that it shares with others; null: any number. */
    readonly credits: Credits | null = null,
  ) {
    this.awaySince = new Float64Array(stores.length).fill(Infinity);
    this.spread = context.streams.keyed(component.name, 'fragment');
    this.tellCount = gaugeOf(context, component, 'messages');
    this.tellDead = gaugeOf(context, component, 'dead-lettered');
    gate.listeners.push(() => {
      if (!gate.works && this.isThereNow) {
        this.lostAt = context.sim.now;
        this.lostBy = gate.causes;
      }
      this.isThereNow = gate.works;
    });
    stores.forEach(({ works }, fragment) => works.listeners.push(() => {
      if (works.works) this.awaySince[fragment] = Infinity;
      else if (this.awaySince[fragment] === Infinity) this.awaySince[fragment] = context.sim.now;
    }));
  }

  /** The fragment that takes this message now; NONE when none can. */
  choose(message: Addressed): number {
    return this.stores.length === 1 ? 0 : this.chooseOne(message);
  }

  private chooseOne(message: Addressed): number {
    const wanted = this.wanted(message);
    if (this.isThere(wanted) || !this.reroutes(message)) return wanted;
    if (this.noticeIn(wanted) > 0) return NONE;
    const there = this.stores.filter((_, fragment) => this.isThere(fragment)).length;
    if (there === 0) return NONE;
    let left = this.pick(there, message);
    for (let fragment = 0; fragment < this.stores.length; fragment++) if (this.isThere(fragment) && left-- === 0) return fragment;
    return NONE;
  }

  /** How long a put of this message must wait until another fragment is taken instead of one that is away, µs. */
  waitOf(message: Addressed): number {
    if (this.stores.length === 1) return 0;
    const wanted = this.wanted(message);
    return this.isThere(wanted) || !this.reroutes(message) || !this.stores.some((_, fragment) => this.isThere(fragment)) ? 0 : this.noticeIn(wanted);
  }

  /** Share of the messages that find their fragment away and cannot go elsewhere, and why. */
  outlook(keyed: boolean): { readonly failing: number; readonly causes: CauseSetId } {
    let away = 0;
    let causes: CauseSetId = NO_CAUSE;
    for (const { works } of this.stores) {
      if (works.works) continue;
      away++;
      causes = this.context.causes.union(causes, works.causes);
    }
    const total = this.stores.length;
    return { failing: away === total ? 1 : this.fixed(keyed) ? away / total : 0, causes };
  }

  /** Whether a message with this id was accepted within the window. */
  knows({ flow, n }: Addressed): boolean {
    const { window } = this.terms;
    if (window === 0) return false;
    const { now } = this.context.sim;
    for (const [id, time] of this.seen) {
      if (time + window > now) break;
      this.seen.delete(id);
    }
    return this.seen.has(`${String(flow)}:${String(n)}`);
  }

  /** A message is accepted: from now on its id is known. */
  accepted({ flow, n }: Addressed): void {
    if (this.terms.window > 0) this.seen.set(`${String(flow)}:${String(n)}`, this.context.sim.now);
  }

  /** A message was put. */
  enter(bytes: number): void {
    this.count++;
    this.bytes += bytes;
    this.tellCount(this.count);
    this.front?.enter(bytes);
  }

  leave(bytes: number): void {
    this.count--;
    this.bytes -= bytes;
    this.tellCount(this.count);
    this.front?.leave(bytes);
  }

  /** So many more messages are dead-lettered. */
  deadLetter(change: number): void {
    this.deadLettered += change;
    this.tellDead(this.deadLettered);
  }

  /** How long an accepted message stays invisible, µs. */
  hidesFor({ flow, n }: Addressed): number {
    const { hides } = this.terms;
    if (hides === undefined || this.spread.uniform(3, flow, n) >= hides.share) return 0;
    return Math.round(hides.time.sample(this.spread.uniform(4, flow, n)));
  }

  /** A message of this session is in somebody's hands. */
  isBusy(key: number): boolean {
    return this.terms.sessions === true && this.inWork.has(key);
  }

  takeSession(key: number): void {
    if (this.terms.sessions === true) this.inWork.add(key);
  }

  endSession(key: number): void {
    this.inWork.delete(key);
  }

  /** @param bytes of all the messages together */
  isFull(bytes: number, messages = 1): boolean {
    return this.bytes + bytes > this.terms.capacityBytes * this.stores.length || this.count + messages > this.terms.capacity;
  }

  private isThere(fragment: number): boolean {
    return this.stores[fragment].works.works;
  }

  /** Until it is noticed that a fragment is away, µs. */
  private noticeIn(fragment: number): number {
    return Math.max(0, this.awaySince[fragment] + this.terms.reroute - this.context.sim.now);
  }

  /** With a key, or with an id that must meet its like, the fragment is not free to choose. */
  private fixed(keyed: boolean): boolean {
    return keyed || this.terms.window > 0;
  }

  private reroutes(message: Addressed): boolean {
    return this.stores.length > 1 && !this.fixed(message.key !== NONE);
  }

  private wanted(message: Addressed): number {
    const { length } = this.stores;
    if (length === 1) return 0;
    if (message.key !== NONE) return this.spread.choose(length, 0, message.key);
    if (this.terms.window > 0) return this.spread.choose(length, 1, message.flow, message.n);
    return this.pick(length, message);
  }

  private pick(count: number, { flow, n }: Addressed): number {
    return this.terms.spread === 'random' ? this.spread.choose(count, 2, flow, n) : n % count;
  }
}
