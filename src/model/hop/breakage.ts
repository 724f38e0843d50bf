/**
 * What becomes of work in hand and of stored messages when something fails.
 *
 * A crash drops work: locks stay with the dead member until it is back or a job frees them; callers find their connection broken.
 * A clean stop gives locks back. A hang lets work stand still. The loss of a store ends everything in it.
 * Not here: when these things happen (life cycles say so).
 */
import { Priority } from '../../kernel/index.js';
import type { EventId } from '../../kernel/index.js';
import { takeTurn } from '../context.js';
import type { Context } from '../context.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { StateDeclaration } from '../kind.js';
import type { Calls } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Ladders } from './ladder.js';
import type { Leases } from './leases.js';
import { gridAtOrAfter } from './pool.js';
import type { Cleanup, Polling, Pool } from './pool.js';
import type { Store } from './store.js';
import type { TransactionFailures } from '../transaction/failures.js';
import { endSince } from './unwritten.js';
import { placeIn } from './route.js';
import type { Work } from './work.js';

export class Breakage {
  transactions!: TransactionFailures;
  leases!: Leases;
  private readonly onSweep: (index: number) => void;
  /** Event that frees the orphans of a process. */
  private readonly sweeps = new Map<Pool, EventId>();

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly ladders: Ladders, private readonly pools: readonly Pool[],
  ) {
    this.onSweep = (index) => this.sweep(this.pools[index]);
  }

  /** The member entered a state that treats its work so. */
  apply(pool: Pool, what: NonNullable<StateDeclaration['work']>, causes: CauseSetId): void {
    const stoodStill = pool.frozen;
    if (what !== 'frozen' && pool.frozen) this.thaw(pool, what === 'kept');
    if (what === 'frozen') this.freeze(pool);
    if (what === 'dropped' || what === 'released') this.breakOff(pool, what === 'released', what === 'released' && !stoodStill, causes);
  }

  /** Locks of an earlier life of this member come free. */
  freeOrphans(pool: Pool): void {
    this.cancelSweep(pool);
    for (const copy of pool.orphans.toArray()) {
      // What lies in a store that is away stays locked until that store is back.
      if (!this.work.laneOf(copy).store.works.works) continue;
      pool.orphans.remove(copy);
      this.work.giveBack(copy);
    }
    this.work.tellLocked(pool);
  }

  /** What a store does not keep over the end of its process is gone. */
  forget(store: Store, causes: CauseSetId): void {
    if (store.keeps === 'nothing') this.wipe(store, causes, 'kept in memory only');
    if (store.unwritten === 0) return;
    const cause = this.context.paths.path(causes, store.component.name, 'acknowledged, not written');
    const lanes = store.queues.flatMap(({ lanes: all }) => all).filter((lane) => lane.store === store);
    endSince(lanes, this.context.sim.now - store.unwritten, cause, this.context, { copies: this.copies, fates: this.fates, leases: this.leases });
  }

  /** Everything in a store is gone. */
  wipe(store: Store, causes: CauseSetId, what = 'stored, data gone'): void {
    const cause = this.context.paths.path(causes, store.component.name, what);
    for (const queue of store.queues) {
      for (const lane of queue.lanes) {
        if (lane.store !== store) continue;
        for (const copy of lane.ready.toArray()) {
          if (lane.unlocked) this.leases.unlocked.gone(copy);
          queue.remove(lane, copy);
          this.fates.end(copy, 'gone', cause);
        }
        for (const copy of lane.due.toArray()) {
          this.context.sim.cancel(this.copies.timer.get(copy));
          lane.due.remove(copy);
          this.fates.end(copy, 'gone', cause);
        }
        const suspended = lane.suspended.toArray();
        for (const copy of suspended) {
          lane.suspended.remove(copy);
          this.fates.end(copy, 'gone', cause);
        }
        if (suspended.length > 0) this.ladders.tellSuspended(lane.node);
        for (const copy of lane.locked.toArray()) {
          this.leases.forget(copy, lane);
          this.fates.end(copy, 'gone', cause);
        }
      }
      for (const lane of queue.lanes) {
        if (lane.store !== store) continue;
        for (const copy of lane.held.toArray()) {
          this.transactions.rowGone(copy, cause);
          lane.held.remove(copy);
          this.fates.end(copy, 'gone', cause);
        }
      }
      for (const pool of queue.pools) this.wipePool(pool, store, cause);
      queue.tell();
      for (const lane of queue.lanes) this.work.waits.tell(lane);
      const place = queue.set.stores.indexOf(store);
      queue.stored.wipe(place);
      queue.set.tracking?.wipe(place);
    }
    // Workers that lost their message go on with what lies in other stores; who only waited for them can end.
    for (const queue of store.queues) for (const pool of queue.pools) this.work.goOnWithOthers(pool);
  }

  /** The store or the job that frees orphans is back, or a member was lost: looks when the orphans come free. */
  planSweep(pool: Pool): void {
    this.cancelSweep(pool);
    const { polling } = pool;
    if (polling?.cleanup === undefined || polling.cleanup === null || pool.orphans.length === 0 || pool.works.works || !jobRuns(polling, polling.cleanup)) return;
    const { beat, beatPhase, deadAfter, sweep, sweepPhase } = polling.cleanup;
    // The last sign of life was on the grid of beats, at or before the instant at which the member stopped.
    const lastBeat = beatPhase + Math.floor((Math.min(pool.lostAt, this.context.sim.now) - beatPhase) / beat) * beat;
    const earliest = Math.max(this.context.sim.now, lastBeat + deadAfter);
    const tick = gridAtOrAfter(earliest, sweep, sweepPhase);
    this.sweeps.set(pool, this.context.sim.scheduleAt(tick, this.onSweep, pool.index, Priority.poll, pool.member.rank));
  }

  /** A member that went on without this store finds what it holds there free again; the dead wait for the job. */
  storeChanged(pool: Pool, store: Store): void {
    if (store.works.works && pool.works.works) this.freeOrphans(pool);
    else this.planSweep(pool);
  }

  private sweep(pool: Pool): void {
    this.sweeps.delete(pool);
    takeTurn(this.context, pool.member.rank);
    // Without its needs the job does not run at this tick; when they are back, its next tick is looked for.
    if (!pool.works.works && jobRuns(pool.polling!, pool.polling!.cleanup!)) this.freeOrphans(pool);
  }

  private cancelSweep(pool: Pool): void {
    const event = this.sweeps.get(pool);
    if (event === undefined) return;
    this.context.sim.cancel(event);
    this.sweeps.delete(pool);
  }

  private breakOff(pool: Pool, release: boolean, finish: boolean, causes: CauseSetId): void {
    const { copies } = this;
    const inHand = pool.inHand.toArray();
    const waiting = pool.waiting.toArray();
    if (pool.inMemory + pool.errands.length === 0 && !(release && pool.orphans.length > 0)) {
      this.planSweep(pool);
      return;
    }
    const given: number[] = [];
    this.work.batches.close(pool);
    this.work.replies.breakOff(pool, causes);
    this.work.couriers.breakOff(pool);
    this.work.waits.breakOff(pool, release, given);
    for (const copy of [...inHand, ...waiting]) {
      // A process that is shut down in order ends the sends that are under way, begins no other, and saves how far it came.
      if (finish && copies.state[copy] === CopyState.calling && !this.ladders.connections.isWaiting(copy, pool)) continue;
      const { station } = this.work.nodeOf(copy);
      if (station?.keeps === 'all') {
        this.keep(copy, pool, causes);
        continue;
      }
      const undone = copies.transaction.get(copy) !== NONE;
      if (undone && this.transactions.broken(copy, pool, release, causes)) continue;
      const node = this.work.nodeOf(copy);
      if (finish && node.lane?.queue.works.works === true) copies.persisted.set(copy, Math.min(copies.step.get(copy), node.steps.length - 1));
      const handler = node.handlers[placeIn(node, pool)];
      const state = copies.state[copy];
      const calling = state === CopyState.calling;
      const reached = calling && copies.request.get(copy) !== NONE;
      if (calling) {
        this.calls.stopWaiting(copy);
        this.ladders.miss(copy, pool);
      } else if (copies.timer.get(copy) !== 0) {
        this.context.sim.cancel(copies.timer.get(copy));
        copies.timer.set(copy, 0);
      }
      if (state === CopyState.waiting) pool.waiting.remove(copy);
      else {
        pool.inHand.remove(copy);
        pool.busy--;
      }
      if (node.lane === null) {
        const cause = this.context.paths.path(causes, handler.name, copies.phase[copy] >= Phase.put ? 'put, not settled' : node.order === 'settle-first' ? 'settled, not put' : 'taken, connection broken');
        if ((reached || copies.phase[copy] >= Phase.put) && !undone) this.noteDoubt(copy, cause);
        this.calls.breakOff(copy, cause, !(pool.works.silent || pool.member.life.silent), finish && copies.phase[copy] < Phase.put);
        copies.pool.set(copy, NONE);
        this.fates.end(copy, 'gone', cause);
      } else {
        // Only an effect that happened, or a request that is under way, can make the next one a duplicate.
        if (!undone && (reached || copies.phase[copy] >= Phase.put)) this.noteDoubt(copy, this.context.paths.path(causes, handler.name, 'put, not settled'));
        copies.pool.set(copy, NONE);
        given.push(copy);
      }
    }
    for (const copy of given) {
      if (release && this.work.laneOf(copy).store.works.works) this.work.giveBack(copy);
      else this.work.orphan(copy, pool, causes);
    }
    this.work.tellBusy(pool);
    this.work.tellWaiting(pool);
    if (release && pool.polling?.queue.set.stores.some(({ works }) => works.works) === true) this.freeOrphans(pool);
    this.planSweep(pool);
  }

  /** Its queue outlives it: nothing in it ends, what was under way is broken off. */
  private keep(copy: number, pool: Pool, causes: CauseSetId): void {
    const node = this.work.nodeOf(copy);
    if (this.copies.state[copy] === CopyState.calling) {
      if (this.copies.request.get(copy) !== NONE) this.noteDoubt(copy, this.context.paths.path(causes, node.handlers[placeIn(node, pool)].name, 'passed on, not answered'));
      this.calls.stopWaiting(copy);
      this.ladders.miss(copy, pool);
    }
    this.work.stations.survive(copy, node, pool, causes);
  }

  private noteDoubt(copy: number, cause: CausePathId): void {
    const node = this.work.nodeOf(copy);
    this.fates.doubt(node, this.copies.slot[copy], cause);
  }

  private freeze(pool: Pool): void {
    if (pool.frozen) return;
    pool.frozen = true;
    for (const copy of pool.inHand.toArray()) {
      if (this.copies.state[copy] !== CopyState.working || this.copies.timer.get(copy) === 0) continue;
      this.copies.remaining.set(copy, this.context.sim.timeOf(this.copies.timer.get(copy)) - this.context.sim.now);
      this.context.sim.cancel(this.copies.timer.get(copy));
      this.copies.timer.set(copy, 0);
    }
  }

  private thaw(pool: Pool, goOn: boolean): void {
    pool.frozen = false;
    if (!goOn) return;
    for (const copy of [...pool.inHand.toArray(), ...pool.errands.toArray()]) {
      if (this.copies.state[copy] === CopyState.working && this.copies.timer.get(copy) === 0) this.work.goOn(copy);
      else this.ladders.hear(copy);
    }
  }

  private wipePool(pool: Pool, store: Store, cause: CausePathId): void {
    for (const copy of [...pool.inHand.toArray(), ...pool.waiting.toArray(), ...pool.asleep.toArray(), ...pool.orphans.toArray()]) {
      if (this.work.nodeOf(copy).lane === null || this.work.laneOf(copy).store !== store) continue;
      if (this.copies.transaction.get(copy) !== NONE) this.transactions.rowGone(copy, cause);
      const state = this.copies.state[copy];
      if (state === CopyState.orphan) pool.orphans.remove(copy);
      else if (state === CopyState.waiting) pool.waiting.remove(copy);
      else if (state === CopyState.asleep) this.work.waits.forget(copy, pool);
      else {
        if (state === CopyState.calling) {
          this.calls.stopWaiting(copy);
          this.ladders.miss(copy, pool);
        } else if (this.copies.timer.get(copy) !== 0) this.context.sim.cancel(this.copies.timer.get(copy));
        pool.inHand.remove(copy);
        pool.busy--;
      }
      this.copies.timer.set(copy, 0);
      this.fates.end(copy, 'gone', cause);
    }
    this.work.tellBusy(pool);
    this.work.tellWaiting(pool);
  }
}

/** The job that frees what dead members hold can run now. */
function jobRuns({ queue }: Polling, { jobs }: Cleanup): boolean {
  return queue.set.stores[0].works.works && jobs.works;
}
