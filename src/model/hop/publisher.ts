/**
 * Publishing: puts a message that was worked on into the queue of each next node.
 *
 * A put may have to wait first: for a database that is busy, a mark of the backup, a throttle. Each of them is asked how long, the
 * worker holds the message meanwhile, and only the end of the wait commits. Not here: who makes a put wait.
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CauseSetId } from '../ledger.js';
import type { Calls } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Leases } from './leases.js';
import type { Pool } from './pool.js';
import { placeIn } from './route.js';
import type { RouteNode } from './route.js';
import { addressOf, placeFor } from './store-set.js';
import type { BufferSet } from './store-set.js';
import type { Together } from './together.js';
import type { Work } from './work.js';

/** How long a put of this message must wait from now on, µs; 0: not at all. Asked once, when the put begins. */
export type PutWait = (copy: number, node: RouteNode, place: number, pool: Pool) => number;

export class Publisher {
  /** Asked in this order; the waits add up. */
  readonly waits: PutWait[] = [];
  leases!: Leases;
  together!: Together;
  private readonly onPut: (copy: number) => void;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly pools: readonly Pool[],
  ) {
    this.onPut = (copy) => {
      this.copies.timer.set(copy, 0);
      const node = this.work.nodeOf(copy);
      const pool = this.pools[this.copies.pool.get(copy)];
      this.commit(copy, node, placeIn(node, pool), pool);
    };
  }

  /** The work is done: the put waits if it must, then happens. */
  begin(copy: number, node: RouteNode, place: number, pool: Pool): void {
    let wait = 0;
    for (const one of this.waits) wait += one(copy, node, place, pool);
    if (node.buffer !== null && this.together.groupOf(copy) === null) wait += node.buffer.waitOf(addressOf(node, this.work.messageOf(copy)));
    if (wait <= 0) {
      this.commit(copy, node, place, pool);
      return;
    }
    this.copies.phase[copy] = Phase.putting;
    this.copies.timer.set(copy, this.context.sim.schedule(wait, this.onPut, copy, Priority.work, pool.member.rank));
  }

  /** A put that stood still waits for what was left. */
  goOn(copy: number, pool: Pool): void {
    this.copies.timer.set(copy, this.context.sim.schedule(this.copies.remaining.get(copy), this.onPut, copy, Priority.work, pool.member.rank));
  }

  /** Puts into the queue of each next node; then settles, or both in one transaction. */
  private commit(copy: number, node: RouteNode, place: number, pool: Pool): void {
    if (pool.together) {
      const batch = this.work.batches.gather(copy, pool);
      if (batch !== null) this.commitAll(batch, pool);
      return;
    }
    const group = this.together.groupOf(copy);
    if (group !== null) {
      this.together.ready(copy, group, node, place, pool);
      return;
    }
    const delivery = node.joint ? this.calls.waitsFor(copy) : NONE;
    if (node.joint && !this.leases.mayCommitWith(delivery)) {
      this.turnDown(copy, node, place, pool);
      return;
    }
    if (!pool.works.needsMet || !this.canPut(copy, node)) {
      this.refuse(copy, node, place, pool);
      return;
    }
    pool.throttle?.publishingRate?.finished();
    if (node.lane === null && node.order === 'one-transaction') {
      this.commitBoth(copy, node, place, pool);
      return;
    }
    if (node.lane === null) {
      if (!this.admit(copy, node, place, pool)) return;
      if (node.joint) this.leases.settleWith(delivery);
      this.copies.phase[copy] = Phase.put;
      if (this.work.step('put', copy, node, place, pool)) this.work.afterPut(copy, node, place, pool);
      return;
    }
    // One transaction: what a fault finds after "put" is not committed yet and goes back.
    if (!this.work.step('put', copy, node, place, pool)) return;
    const n = this.work.messageOf(copy);
    this.work.free(copy, pool);
    if (node.next.length === 1) {
      const [next] = node.next;
      const at = placeFor(this.copies, copy, n, node, next);
      this.fates.move(copy, next);
      this.store(copy, next, at);
    } else {
      this.storeEach(copy, node);
      this.fates.end(copy, 'done', 0);
    }
    this.work.announce('committed', n, node, place);
    this.work.announce('settled', n, node, place);
  }

  /** Whoever sent it does not have what it took any more: neither is done. */
  private turnDown(copy: number, node: RouteNode, place: number, pool: Pool): void {
    const cause = this.context.paths.path(NO_CAUSE, node.handlers[place].name, 'transaction not committed');
    this.calls.answer(copy, 'refused', cause);
    this.work.free(copy, pool);
    this.fates.end(copy, 'gone', cause);
  }

  /** What was taken is deleted and what comes of it is put, together or not at all: what a fault finds after "put" is not committed yet. */
  private commitBoth(copy: number, node: RouteNode, place: number, pool: Pool): void {
    const n = this.work.messageOf(copy);
    if (!this.work.step('put', copy, node, place, pool)) return;
    if (!this.calls.isHeard(copy)) {
      this.refuse(copy, node, place, pool);
      return;
    }
    this.storeEach(copy, node);
    this.calls.answer(copy, 'accepted', 0);
    this.work.free(copy, pool);
    this.fates.end(copy, 'done', 0);
    this.work.announce('committed', n, node, place);
    this.work.announce('settled', n, node, place);
  }

  /** A whole batch: all of it is put, or nothing is. */
  private commitAll(batch: readonly number[], pool: Pool): void {
    const { batches } = this.work;
    const all = batch.map((copy) => {
      const node = this.work.nodeOf(copy);
      return { copy, node, place: placeIn(node, pool), n: this.work.messageOf(copy), generation: this.copies.generation.get(copy) };
    });
    const refuse = (): void => {
      batches.close(pool);
      for (const { copy, node, place } of all) this.refuse(copy, node, place, pool);
    };
    if (!pool.works.needsMet || !all.every(({ copy, node }) => this.canPut(copy, node))) {
      refuse();
      return;
    }
    if (all[0].node.order === 'one-transaction') {
      // What a fault finds after any "put" is not committed yet.
      for (const { copy, node, place } of all) if (!this.work.step('put', copy, node, place, pool)) return;
      if (!all.every(({ copy }) => this.calls.isHeard(copy))) {
        refuse();
        return;
      }
      batches.close(pool);
      for (const { copy, node } of all) {
        this.storeEach(copy, node);
        this.calls.answer(copy, 'accepted', 0);
      }
      for (const { copy } of all) {
        this.work.free(copy, pool);
        this.fates.end(copy, 'done', 0);
      }
      for (const step of ['committed', 'settled'] as const) for (const { n, node, place } of all) this.work.announce(step, n, node, place);
      return;
    }
    batches.close(pool);
    for (const { copy, node } of all) {
      this.storeEach(copy, node);
      this.copies.phase[copy] = Phase.put;
    }
    // What a fault finds after any "put" is published, and not one of them is deleted yet.
    for (const { copy, node, place, generation } of all) if (batches.inHand(copy, generation, pool)) this.work.step('put', copy, node, place, pool);
    for (const { copy, node, place, generation } of all) if (batches.inHand(copy, generation, pool)) this.work.afterPut(copy, node, place, pool);
  }

  /** Puts the message into the queues behind, unless a buffer knows it already; false: the buffer is full, and its caller has been told. */
  private admit(copy: number, node: RouteNode, place: number, pool: Pool): boolean {
    const { buffer } = node;
    if (buffer === null) {
      const memory = node.memories[place];
      const n = this.work.messageOf(copy);
      if (memory?.matches(node.flow, n, node.legs[0]) === true) {
        this.fates.suppress(node, this.copies.slot[copy], this.context.paths.path(NO_CAUSE, node.handlers[place].name, 'suppressed by its memory'));
        return true;
      }
      // With the put, in one transaction.
      memory?.record(node.flow, n, node.legs[0]);
      this.storeEach(copy, node);
      return true;
    }
    const message = addressOf(node, this.work.messageOf(copy));
    if (buffer.knows(message)) {
      this.fates.suppress(node, this.copies.slot[copy], this.context.paths.path(NO_CAUSE, buffer.component.name, 'taken for a duplicate'));
      return true;
    }
    if (buffer.isFull(message.bytes)) {
      const cause = this.context.paths.path(NO_CAUSE, node.handlers[place].name, 'full');
      this.calls.answer(copy, 'denied', cause);
      this.work.free(copy, pool);
      this.fates.end(copy, 'gone', cause);
      return false;
    }
    buffer.accepted(message);
    this.storeEach(copy, node);
    return true;
  }

  /** A stored message is handed to another taker of the same way, in one transaction; false: the store does not take it now. */
  pass(copy: number, from: RouteNode, to: RouteNode): boolean {
    const at = placeFor(this.copies, copy, this.work.messageOf(copy), from, to);
    if (at === NONE || !this.work.laneOf(copy).works || !to.lanes[at].works) return false;
    this.fates.move(copy, to);
    this.store(copy, to, at);
    return true;
  }

  /** The store that the message lies in, and those that it is to be put into, take part in a transaction now. */
  private canPut(copy: number, node: RouteNode): boolean {
    if (node.lane !== null && !this.work.laneOf(copy).works) return false;
    const n = this.work.messageOf(copy);
    for (const next of node.next) {
      const at = placeFor(this.copies, copy, n, node, next);
      if (at === NONE || !next.lanes[at].works) return false;
    }
    return true;
  }

  /** Where what is put into a fragment of this node's buffer comes to lie; NONE: nowhere now. */
  placeOf(node: RouteNode, next: RouteNode, fragment: number): number {
    return (next.lane!.queue.set as BufferSet).placeOf(node.component, fragment);
  }

  /** A copy of its own for every next node. @param fragment where, if that is decided */
  storeEach(copy: number, node: RouteNode, fragment?: number): void {
    const n = this.work.messageOf(copy);
    const created: number[] | null = this.work.replies.follows(node) ? [] : null;
    for (const next of node.next) {
      const at = fragment === undefined ? placeFor(this.copies, copy, n, node, next) : this.placeOf(node, next, fragment);
      const one = this.fates.create(next, this.copies.slot[copy]);
      this.store(one, next, at);
      created?.push(one);
    }
    if (created !== null) this.work.replies.passedOn(copy, node, created);
  }

  private store(copy: number, node: RouteNode, at: number): void {
    const lane = node.lanes[at];
    this.copies.state[copy] = CopyState.ready;
    this.copies.place[copy] = at;
    lane.queue.set.tracking?.written(at);
    if (lane.buffer !== null) lane.buffer.enter(node.bytes);
    if (lane.buffer !== null && this.leases.hides(copy, lane)) return;
    if (lane.sequence?.stopped === true) {
      this.work.ladders.suspend(copy, node, lane.sequence.cause);
      return;
    }
    lane.queue.add(lane, copy);
    if (lane.buffer !== null) this.leases.stored(lane);
  }

  /** The store behind is away: a caller is refused; a stored message stays locked until its store and its member are back. */
  refuse(copy: number, node: RouteNode, place: number, pool: Pool): void {
    const n = this.work.messageOf(copy);
    const lanes = [...node.next, node].flatMap((one) => {
      if (one === node || node.buffer === null) return one.lanes;
      const at = placeFor(this.copies, copy, n, node, one);
      return at === NONE ? one.lanes : [one.lanes[at]];
    });
    const away = lanes.flatMap((lane) => [lane.gate, lane.store.works]).concat(pool.works).find((fn) => !fn.works);
    const causes: CauseSetId = away?.causes ?? NO_CAUSE;
    const cause = this.context.paths.path(causes, node.handlers[place].name, 'worked, not put');
    if (node.lane === null) {
      this.calls.answer(copy, 'refused', cause);
      this.work.free(copy, pool);
      this.fates.end(copy, 'gone', cause);
      return;
    }
    this.work.free(copy, pool);
    // Its own store is there: the transaction is rolled back, and the message is taken again at a later poll.
    if (this.work.laneOf(copy).store.works.works) this.work.giveBack(copy);
    else this.work.orphan(copy, pool);
  }
}
