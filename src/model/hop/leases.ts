/**
 * Leases on single messages: who takes one works on a copy of it, while the message itself stays where it is, locked.
 *
 * The lock ends when the work is settled, when the work failed and the message is given back, or by itself. Then the message is there
 * for others, whether or not somebody still works on a copy of it: that is where duplicates come from. A message that was delivered too
 * often is dead-lettered. Not here: how old a message may get (`expiry.ts`), the work (`work.ts`), the answer of the worker (`calls.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CausePathId } from '../ledger.js';
import type { Calls, Outcome } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import { Expiry } from './expiry.js';
import type { Fates } from './fates.js';
import type { Ladders } from './ladder.js';
import type { Pool } from './pool.js';
import type { Lane } from './lane.js';
import { canWork, hindrance, placeIn } from './route.js';
import type { RouteNode } from './route.js';
import { addressOf, keyOf } from './store-set.js';
import type { Unlocked } from './unlocked.js';
import type { Work } from './work.js';

export class Leases {
  unlocked!: Unlocked;
  private readonly onLock: (row: number) => void;
  private readonly onDue: (row: number) => void;
  private readonly expiry: Expiry;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly ladders: Ladders, private readonly pools: readonly Pool[],
  ) {
    this.expiry = new Expiry(context, copies, fates, work, ladders);
    this.onLock = (row) => this.lockEnds(row);
    this.onDue = (row) => this.due(row);
  }

  /** A message was put, or may be taken again: it is looked after until it is taken. */
  stored(lane: Lane): void {
    this.expiry.lookAfter(lane);
  }

  /** A message that was put is not there for anybody for a while. */
  hides(row: number, lane: Lane): boolean {
    if (lane.buffer!.terms.hides === undefined) return false;
    const node = this.work.nodeOf(row);
    const time = lane.buffer!.hidesFor(addressOf(node, this.work.messageOf(row)));
    if (time === 0) return false;
    this.copies.readyAt[row] = this.context.sim.now;
    this.wait(row, lane, time);
    return true;
  }

  /** A member takes a message: it has a copy of it to work on. */
  deliver(row: number, pool: Pool): void {
    const { copies, fates, context } = this;
    const node = this.work.nodeOf(row);
    const handling = node.handling!;
    const lane = this.work.laneOf(row);
    const slot = copies.slot[row];
    const n = node.records.n[slot];
    for (const reader of context.ledger.to.received) reader.received(context.sim.now, node.flow, n);
    const delivery = fates.create(handling, slot);
    const deliveries = copies.tries.add(row, 1);
    copies.tries.set(delivery, deliveries);
    if (lane.unlocked) {
      this.unlocked.taken(row, delivery, pool);
      this.work.arrive(delivery, pool, placeIn(handling, pool));
      return;
    }
    copies.state[row] = CopyState.locked;
    lane.locked.push(row);
    lane.buffer!.takeSession(keyOf(node, n));
    copies.caller.set(delivery, row);
    copies.callerGeneration.set(delivery, copies.generation.get(row));
    copies.request.set(row, delivery);
    copies.readyAt[delivery] = context.sim.now;
    copies.attempts.set(row, placeIn(handling, pool));
    const { lock } = lane.buffer!.terms;
    const { sim } = context;
    copies.remaining.set(row, sim.now + lock);
    const settlesFirst = handling.order === 'settle-first';
    if (lock < Infinity && !settlesFirst) this.arm(row, lane, pool.renews > 0 ? Math.ceil(lock / 2) : lock);
    const generation = copies.generation.get(row);
    this.work.arrive(delivery, pool, copies.attempts.get(row));
    // Taken, but the answer was lost.
    if (settlesFirst && lock < Infinity && copies.generation.get(row) === generation && copies.state[row] === CopyState.locked && copies.timer.get(row) === 0) this.arm(row, lane, lock);
  }

  /** What the worker makes of it. */
  outcome(row: number, outcome: Outcome, cause: CausePathId): void {
    const lane = this.work.laneOf(row);
    // Without lock and transaction it was gone when it was handed out, whether or not that can be told now.
    const handedOut = outcome === 'accepted' && lane.buffer!.terms.lock === Infinity && this.work.nodeOf(row).handling?.order === 'settle-first';
    if (!handedOut && (!lane.reached || !this.mayTell(lane, row))) {
      // It cannot be told: the lock goes on until it ends, and then somebody else has the message.
      if (outcome === 'accepted') this.doubt(row, this.context.paths.path(lane.causes, lane.buffer!.component.name, 'put, not settled'));
      this.lockOn(row, lane);
      return;
    }
    this.unlock(row, lane);
    if (outcome === 'accepted') {
      lane.buffer!.trail?.settling(row, this.work.nodeOf(row));
      this.fates.end(row, 'done', 0);
    } else this.returned(row, lane, cause);
  }

  /** The worker is gone: the lock goes on, unless the message lies with the worker itself, or he was shut down in order (`inOrder`) and could give it back. */
  broken(row: number, delivery: number, cause: CausePathId, inOrder: boolean): void {
    const lane = this.work.laneOf(row);
    const mine = this.copies.request.get(row) === delivery;
    if (mine) this.copies.request.set(row, NONE);
    if (mine && (lane.buffer!.terms.lock === Infinity || (inOrder && this.isHeard(row, delivery, lane)))) {
      this.calls.stopWaiting(row);
      this.unlock(row, lane);
      this.returned(row, lane, cause);
    }
  }

  /** Who works on it can tell where the message lies. */
  private isHeard(row: number, delivery: number, lane: Lane): boolean {
    return lane.reached && this.mayTell(lane, row) && lane.cutFrom(this.pools[this.copies.pool.get(delivery)].member) === NO_CAUSE;
  }

  /** It belongs to somebody else now: what its last owner has in hand is free, and whatever he still does is not committed. */
  passOn(lane: Lane): void {
    for (const row of lane.locked.toArray()) {
      const delivery = this.copies.request.get(row);
      if (delivery !== NONE && lane.admitsResult(this.pools[this.copies.pool.get(delivery)])) continue;
      this.calls.stopWaiting(row);
      this.unlock(row, lane);
      this.returned(row, lane, NO_CAUSE);
    }
  }

  /** The work of a sink, with its effect and the end of the lock in one transaction: both or neither. What a fault finds after "put" is not committed yet. */
  commit(delivery: number, node: RouteNode, place: number, pool: Pool): void {
    const { work } = this;
    if (!work.step('put', delivery, node, place, pool)) return;
    if (!canWork(node, place) || !this.mayCommit(delivery, pool)) {
      this.calls.breakOff(delivery, this.context.paths.path(hindrance(node, place)?.causes ?? NO_CAUSE, node.handlers[place].name, 'not committed'), true);
      work.free(delivery, pool);
      this.fates.end(delivery, 'gone', 0);
      return;
    }
    work.recognition.haveEffect(delivery, node, place);
    this.copies.phase[delivery] = Phase.settled;
    if (work.settleCall(delivery, node, place, pool)) work.finish(delivery, pool);
  }

  /** Whoever sends still has what he took, and the service lets him settle it. @param delivery NONE: nobody is there any more */
  mayCommitWith(delivery: number): boolean {
    if (delivery === NONE) return false;
    const pool = this.pools[this.copies.pool.get(delivery)];
    if (!this.mayCommit(delivery, pool)) return false;
    const row = this.copies.caller.get(delivery);
    const lane = this.work.laneOf(row);
    return lane.reached && this.mayTell(lane, row);
  }

  /** What was taken is settled where it lies, in the transaction that puts what came of it. */
  settleWith(delivery: number): void {
    const row = this.copies.caller.get(delivery);
    const lane = this.work.laneOf(row);
    this.copies.caller.set(delivery, NONE);
    this.calls.stopWaiting(row);
    this.unlock(row, lane);
    lane.buffer!.trail?.settling(row, this.work.nodeOf(row));
    this.fates.end(row, 'done', 0);
  }

  /** Whoever did the work still has the message, and reaches where that lies. */
  private mayCommit(delivery: number, pool: Pool): boolean {
    const { copies } = this;
    const row = copies.caller.get(delivery);
    if (row === NONE || copies.generation.get(row) !== copies.callerGeneration.get(delivery) || copies.request.get(row) !== delivery) return false;
    const lane = this.work.laneOf(row);
    return lane.works && lane.admitsResult(pool);
  }

  /** Everything that is locked in this lane is gone with it. */
  forget(row: number, lane: Lane): void {
    this.calls.stopWaiting(row);
    this.unlock(row, lane);
  }

  /** It is locked no more; the next of its session may follow. */
  private unlock(row: number, lane: Lane): void {
    lane.locked.remove(row);
    if (lane.buffer!.terms.sessions !== true) return;
    lane.buffer!.endSession(keyOf(this.work.nodeOf(row), this.work.messageOf(row)));
    lane.queue.arm();
  }

  private arm(row: number, lane: Lane, time: number): void {
    this.copies.timer.set(row, this.context.sim.schedule(time, this.onLock, row, Priority.work, lane.component.members[0].rank));
  }

  /** Whoever has it in hand still comes in. */
  private mayTell(lane: Lane, row: number): boolean {
    return lane.book === null || lane.book.valid(this.copies.attempts.get(row));
  }

  private lockOn(row: number, lane: Lane): void {
    const { lock } = lane.buffer!.terms;
    if (lock === Infinity) {
      this.unlock(row, lane);
      this.returned(row, lane, 0);
      return;
    }
    this.arm(row, lane, Math.max(0, this.copies.remaining.get(row) - this.context.sim.now));
  }

  /** The end of a lock, or the instant at which it is prolonged. */
  private lockEnds(row: number): void {
    const { copies, context } = this;
    const { sim } = context;
    const lane = this.work.laneOf(row);
    const { lock } = lane.buffer!.terms;
    const delivery = copies.request.get(row);
    copies.timer.set(row, 0);
    if (sim.now < copies.remaining.get(row)) {
      const pool = delivery === NONE ? null : this.pools[copies.pool.get(delivery)];
      const since = delivery === NONE ? 0 : copies.readyAt[delivery];
      if (pool !== null && pool.works.works && !pool.frozen && lane.reached && lane.cutFrom(pool.member) === NO_CAUSE) copies.remaining.set(row, Math.min(sim.now + lock, Math.max(copies.remaining.get(row), since + pool.renews)));
      const left = copies.remaining.get(row) - sim.now;
      const again = pool !== null && copies.remaining.get(row) === sim.now + lock;
      this.arm(row, lane, again ? Math.ceil(lock / 2) : left);
      return;
    }
    const node = this.work.nodeOf(row);
    this.calls.stopWaiting(row);
    if (delivery !== NONE) {
      // Who still works on it does not matter any more; what he does may be done twice.
      this.doubt(row, context.paths.path(this.slownessOf(delivery, lane), node.component.name, 'lock ended during the work'));
    }
    this.unlock(row, lane);
    this.returned(row, lane, context.paths.path(NO_CAUSE, node.component.name, 'delivered too often'));
  }

  /** There for others again, or too often delivered. */
  private returned(row: number, lane: Lane, cause: CausePathId): void {
    const { copies } = this;
    const { terms } = lane.buffer!;
    copies.request.set(row, NONE);
    if (copies.tries.get(row) >= terms.deliveries) {
      this.ladders.suspend(row, this.work.nodeOf(row), cause);
      return;
    }
    if (terms.pause > 0) this.wait(row, lane, terms.pause);
    else this.offer(row, lane);
  }

  /** It is there for others again, unless its time is over. */
  private offer(row: number, lane: Lane): void {
    if (this.expiry.ends(row, lane)) return;
    this.copies.state[row] = CopyState.ready;
    lane.queue.putBack(lane, row);
    this.stored(lane);
  }

  private wait(row: number, lane: Lane, time: number): void {
    this.copies.state[row] = CopyState.due;
    this.copies.timer.set(row, this.context.sim.schedule(time, this.onDue, row, Priority.work, lane.component.members[0].rank));
    lane.due.push(row);
    lane.queue.tell();
  }

  private due(row: number): void {
    const lane = this.work.laneOf(row);
    this.copies.timer.set(row, 0);
    lane.due.remove(row);
    this.offer(row, lane);
  }

  private doubt(row: number, cause: CausePathId): void {
    this.fates.doubt(this.work.nodeOf(row), this.copies.slot[row], cause);
  }

  /** Faults that hold up who works on it, or keep him from prolonging the lock. */
  private slownessOf(delivery: number, lane: Lane): number {
    const node: RouteNode = this.work.nodeOf(delivery);
    let causes = NO_CAUSE;
    for (const one of [...node.impairments.list, ...node.poolImpairments.list]) if (one.kind === 'slow') causes = this.context.causes.union(causes, this.context.causes.single(one.occurrence));
    const pool = this.copies.pool.get(delivery);
    if (pool === NONE) return causes;
    causes = this.context.causes.union(causes, lane.cutFrom(this.pools[pool].member));
    return this.pools[pool].works.works ? causes : this.context.causes.union(causes, this.pools[pool].works.causes);
  }
}
