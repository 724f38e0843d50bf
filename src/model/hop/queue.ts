/**
 * The queue of one component, in one store or spread over several, taken from by several members at their polls.
 *
 * A poll that finds nothing has no effect, so polls are computed: one wake is armed, for the earliest tick at which some member can
 * take something. A message that becomes ready at the instant of a tick is still seen by that tick, unless that poll is already over.
 * Not here: what is done with what is taken.
 */
import { Priority } from '../../kernel/index.js';
import { takeTurn } from '../context.js';
import type { Context } from '../context.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Component } from '../world.js';
import type { Counted } from '../throttle/stored.js';
import { NONE } from './copies.js';
import type { Copies } from './copies.js';
import { gridAtOrAfter } from './pool.js';
import type { Pool } from './pool.js';
import { canWork, placeOf } from './route.js';
import type { Lane } from './lane.js';
import type { StoreSet } from './store-set.js';

export class WorkQueue {
  readonly lanes: Lane[] = [];
  readonly pools: Pool[] = [];
  ready = 0;
  private wake = 0;
  private wakePool: Pool | null = null;
  /** The next opening of a window that something waits for. */
  private opening = 0;
  /** Some member could take nothing of what was ready when the wake was planned: for the next message it may be the first. */
  private passedOver = false;
  /** Of a lane without locks: whether the member has a copy of the message in hand already. */
  has: (copy: number, pool: Pool) => boolean = () => false;
  /** A member that is turned away waits so long, µs; null: it never is. */
  busy: number | null = null;
  /** Number of the message that a copy belongs to; only asked where members are drawn. */
  numberOf: (copy: number) => number = () => NONE;
  private readonly onWake: () => void;
  private readonly onTick: (place: number) => void;
  private readonly onOpen: () => void;
  private readonly onBusyOver = (): void => this.arm();

  constructor(
    private readonly context: Context, readonly component: Component, readonly set: StoreSet,
    /** Messages can be put, taken and settled while this works: the store that routes and all that a transaction needs. */
    readonly works: FunctionNode,
    /** Everything that belongs to this queue, whatever its state. */
    readonly stored: Counted,
    private readonly copies: Copies,
    /** Hands a taken copy to the pool that took it. */
    private readonly take: (copy: number, pool: Pool) => void,
    /** Tests only: an event for every tick of every member, to compare. */
    private readonly realPolls: boolean,
    /** Key of a copy; only asked for sessions. */
    private readonly keyOf: (lane: Lane, copy: number) => number = () => NONE,
  ) {
    this.onWake = () => {
      const pool = this.wakePool!;
      this.wake = 0;
      this.poll(pool);
      this.arm();
    };
    this.onOpen = () => {
      this.opening = 0;
      this.arm();
    };
    this.onTick = (place) => {
      const pool = this.pools[place];
      this.poll(pool);
      this.context.sim.schedule(pool.polling!.period, this.onTick, place, Priority.poll, pool.member.rank);
    };
  }

  start(): void {
    if (!this.realPolls) return;
    this.pools.forEach((pool, place) => {
      const { period, phase } = pool.polling!;
      this.context.sim.scheduleAt(gridAtOrAfter(0, period, phase), this.onTick, place, Priority.poll, pool.member.rank);
    });
  }

  /** A copy can be taken now. */
  add(lane: Lane, copy: number): void {
    this.copies.readyAt[copy] = this.context.sim.now;
    lane.ready.push(copy);
    this.ready++;
    this.tell();
    if (this.wake === 0 || this.passedOver) this.arm();
  }

  /** A copy can be taken again; it keeps its place among those that were ready before. */
  putBack(lane: Lane, copy: number): void {
    lane.ready.giveBack(copy);
    this.ready++;
    this.tell();
    if (this.wake === 0 || this.passedOver) this.arm();
  }

  /** A copy leaves without being taken. */
  remove(lane: Lane, copy: number): void {
    lane.ready.remove(copy);
    this.ready--;
    this.tell();
  }

  tell(): void {
    const readers = this.context.ledger.to.queued;
    if (readers.length === 0) return;
    let length = this.ready;
    for (const lane of this.lanes) length += lane.due.length;
    for (const reader of readers) reader.queued(this.context.sim.now, this.component.index, length);
  }

  /** Looks anew for the earliest poll that would find something; call after any change of who can take what. */
  arm(): void {
    if (this.realPolls) return;
    const { sim, turn } = this.context;
    let best: Pool | null = null;
    let bestTick = Infinity;
    this.passedOver = false;
    this.awaitOpening();
    if (this.ready > 0) {
      for (const pool of this.pools) {
        if (!this.finds(pool)) {
          this.passedOver ||= pool.works.works && this.works.works && pool.room > 0;
          continue;
        }
        const { period, phase } = pool.polling!;
        let tick = period === 0 ? sim.now : gridAtOrAfter(sim.now, period, phase);
        if (period > 0 && tick === sim.now && turn.time === sim.now && pool.member.rank <= turn.rank) tick += period;
        if (tick < bestTick || (tick === bestTick && goesBefore(pool, best!))) {
          best = pool;
          bestTick = tick;
        }
      }
    }
    if (this.wake !== 0) {
      if (best === this.wakePool && sim.timeOf(this.wake) === bestTick) return;
      sim.cancel(this.wake);
      this.wake = 0;
    }
    if (best === null) return;
    this.wakePool = best;
    this.wake = sim.scheduleAt(bestTick, this.onWake, 0, Priority.poll, best.member.rank);
  }

  /** Whether a poll of this member would take something. */
  private finds(pool: Pool): boolean {
    if (!pool.works.works || !this.works.works || pool.room <= 0) return false;
    const place = placeOf(this.pools, pool);
    const { now } = this.context.sim;
    for (const lane of this.lanes) if (this.firstOf(lane, pool) !== NONE && this.open(lane, pool, place, now)) return true;
    return false;
  }

  /** The member may take from this lane now, if there is something. */
  private open(lane: Lane, pool: Pool, place: number, now: number): boolean {
    return lane.isOpen(now) && lane.admits(pool, place) && lane.buffer?.credits?.keepsOff(pool, now) !== true && canWork(lane.node, place);
  }

  /** The operation is counted; false: there is none left, and the member waits for a while. */
  private isLetIn({ buffer }: Lane, pool: Pool): boolean {
    const { now } = this.context.sim;
    const credits = buffer?.credits ?? null;
    if (credits === null) return true;
    if (this.busy === null) credits.count(now);
    else if (!credits.spend(now)) {
      credits.turnAway(pool, now + this.busy);
      this.context.sim.schedule(this.busy, this.onBusyOver, 0, Priority.poll, pool.member.rank);
      return false;
    }
    return true;
  }

  private poll(pool: Pool): void {
    takeTurn(this.context, pool.member.rank);
    this.takeFrom(this.lanes, pool, pool.polling!.period === 0 ? Math.min(1, pool.room) : pool.room);
  }

  /** A member takes the next message of these lanes without a poll; false: it cannot. */
  takeOne(lanes: readonly Lane[], pool: Pool): boolean {
    return this.takeFrom(lanes, pool, Math.min(1, pool.room)) > 0;
  }

  /** How many messages were taken. */
  private takeFrom(lanes: readonly Lane[], pool: Pool, most: number): number {
    if (!pool.works.works || !this.works.works) return 0;
    const place = placeOf(this.pools, pool);
    // Which lanes are open is settled before anything is taken, whatever comes of what is taken.
    let closed = this.closedTo(lanes, pool, place);
    let taken = 0;
    // What is handed out goes to one after the other, not to the first as much as it can hold.
    for (let room = most; room > 0; room--) {
      let first: Lane | null = null;
      let best = NONE;
      for (const lane of lanes) {
        const head = this.firstOf(lane, pool);
        if (head === NONE) continue;
        if (closed !== null && closed.includes(lane)) continue;
        if (first === null || this.before(lane, head, first, best)) {
          first = lane;
          best = head;
        }
      }
      if (first === null) break;
      if (!this.isLetIn(first, pool)) {
        closed = this.closedTo(lanes, pool, place);
        continue;
      }
      const copy = best;
      if (!first.unlocked) {
        first.ready.remove(copy);
        this.ready--;
      }
      taken++;
      first.sequence?.taken(copy, first, pool);
      this.take(copy, pool);
      // A fault at the step "taken" may have ended this member.
      if (!pool.works.works) break;
    }
    if (taken > 0) this.tell();
    return taken;
  }

  /** Where something waits for a window, its opening is looked for. */
  private awaitOpening(): void {
    if (this.ready === 0 && this.opening === 0) return;
    const { sim } = this.context;
    let at = Infinity;
    for (const { window, ready } of this.lanes) if (window !== null && ready.length > 0 && !window.isOpen(sim.now)) at = Math.min(at, window.opensAt(sim.now));
    if (this.opening !== 0) {
      if (sim.timeOf(this.opening) === at) return;
      sim.cancel(this.opening);
      this.opening = 0;
    }
    if (at < Infinity) this.opening = sim.scheduleAt(at, this.onOpen, 0, Priority.state, this.component.members[0].rank);
  }

  /** The lanes that this member cannot take from now; null: none, which is the usual case. */
  private closedTo(lanes: readonly Lane[], pool: Pool, place: number): Lane[] | null {
    const { now } = this.context.sim;
    let closed: Lane[] | null = null;
    for (const lane of lanes) if (!this.open(lane, pool, place, now)) (closed ??= []).push(lane);
    return closed;
  }

  /** Whether the first message of one lane is taken before that of another: by priority, without fairness, then by age. */
  private before(lane: Lane, copy: number, other: Lane, otherCopy: number): boolean {
    if (lane.priority !== other.priority) return lane.priority < other.priority;
    return this.copies.readyAt[copy] < this.copies.readyAt[otherCopy];
  }

  /** The first message of a lane that this member can take: without locks one that it does not have yet, of a session only while no other message of it is in somebody's hands. */
  private firstOf(lane: Lane, pool: Pool): number {
    if (lane.sequence !== null) return lane.sequence.firstOf(lane);
    const { head } = lane.ready;
    if (lane.draws !== null) {
      const able = this.pools.filter((one, place) => one.works.works && one.room > 0 && canWork(lane.node, place));
      let copy = head;
      while (copy !== NONE && able[lane.draws.choose(able.length, this.numberOf(copy), this.copies.tries.get(copy))] !== pool) copy = this.copies.next[copy];
      return copy;
    }
    if (lane.shared !== null) return lane.shared.firstOf(pool, this.has);
    if (head === NONE || lane.buffer?.terms.sessions !== true) return head;
    let copy = head;
    while (copy !== NONE && lane.buffer.isBusy(this.keyOf(lane, copy))) copy = this.copies.next[copy];
    return copy;
  }
}

/** Of two that would find something at the same instant: what is handed out goes to who holds less, a poll follows the names. */
function goesBefore(pool: Pool, other: Pool): boolean {
  if (pool.polling!.period === 0 && pool.inMemory !== other.inMemory) return pool.inMemory < other.inMemory;
  return pool.member.rank < other.member.rank;
}
