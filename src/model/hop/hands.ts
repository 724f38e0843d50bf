/**
 * What members have in hand: where a copy goes back to, whose lock stays, and what the ledger hears of it.
 *
 * Not here: the work itself (`work.ts`).
 */
import type { Context } from '../context.js';
import type { LedgerWriter } from '../ledger-writer.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import type { Lane } from './lane.js';
import type { RouteNode } from './route.js';

export class Hands {
  protected readonly to: LedgerWriter['to'];

  constructor(protected readonly context: Context, protected readonly copies: Copies, protected readonly fates: Fates) {
    this.to = context.ledger.to;
  }

  /** A message that goes back to the queue it was taken from, to be taken again. */
  giveBack(copy: number): void {
    const lane = this.laneOf(copy);
    this.copies.state[copy] = CopyState.ready;
    this.copies.pool.set(copy, NONE);
    this.rewind(copy);
    lane.sequence?.freed(copy);
    lane.queue.putBack(lane, copy);
  }

  /** Back to the last persistence point. */
  rewind(copy: number): void {
    this.copies.step.set(copy, this.copies.persisted.get(copy));
    this.copies.phase[copy] = Phase.working;
  }

  /** The lock stays with a member that no longer works on the message. */
  orphan(copy: number, pool: Pool, causes = pool.works.causes): void {
    this.copies.state[copy] = CopyState.orphan;
    this.copies.pool.set(copy, pool.index);
    this.rewind(copy);
    pool.orphans.push(copy);
    this.laneOf(copy).sequence?.hold(copy, this.laneOf(copy), Infinity, this.context.causes.union(causes, this.laneOf(copy).causes));
  }

  tellBusy(pool: Pool): void {
    pool.throttle?.load(pool);
    for (const reader of this.to.busy) reader.busy(this.context.sim.now, pool.member.index, pool.busy, pool.slots);
    if (pool.polling !== null) this.tellLocked(pool);
  }

  tellWaiting(pool: Pool): void {
    for (const reader of this.to.waiting) reader.waiting(this.context.sim.now, pool.member.index, pool.waiting.length);
    if (pool.polling !== null) this.tellLocked(pool);
  }

  tellLocked(pool: Pool): void {
    const readers = this.to.gauge;
    if (readers.length === 0) return;
    const locked = pool.inMemory + pool.orphans.length;
    for (const reader of readers) reader.gauge(this.context.sim.now, pool.member.index, 'locked', locked);
  }

  messageOf(copy: number): number {
    return this.nodeOf(copy).records.n[this.copies.slot[copy]];
  }

  /** Where a copy that belongs to a store lies, or lay before it was taken. */
  laneOf(copy: number): Lane {
    return this.nodeOf(copy).lanes[this.copies.place[copy]];
  }

  nodeOf(copy: number): RouteNode {
    return this.fates.nodes[this.copies.node[copy]];
  }

  /** A step of work is done at a node, for the first time or again. */
  protected countWork(copy: number, node: RouteNode, place: number, step: number): void {
    const readers = this.to.worked;
    const records = node.records;
    const at = this.copies.slot[copy] * records.nodes + node.local;
    const again = step <= records.done[at];
    if (!again) records.done[at] = Math.min(255, step);
    for (const reader of readers) reader.worked(this.context.sim.now, node.handlers[place].index, again);
  }
}
