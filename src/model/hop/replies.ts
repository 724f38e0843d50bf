/**
 * Callers that are answered before their work is final, or late: who asked for a reply waits until what was published for him has been worked on to the end.
 *
 * Nobody works meanwhile: the request is kept in memory by the member that took it, which alone can answer it. If it ends, or gives up
 * waiting, the caller hears an error or nothing; the work is done all the same. Whoever asks again has it done again.
 * Not here: what is done (`work.ts`), how long the caller himself waits (`calls.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CauseSetId } from '../ledger.js';
import type { Calls } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { CopyEnd, Fates } from './fates.js';
import type { Pool } from './pool.js';
import { placeIn } from './route.js';
import type { RouteNode } from './route.js';
import type { Work } from './work.js';

/** A request that waits: what must still be done for it, and whether its answer or its end is due. */
interface Waiting { readonly parts: Set<number>; due: boolean; over: boolean }

export class Replies {
  private readonly waiting = new Map<number, Waiting>();
  /** Requests by what was published for them. */
  private readonly followed = new Map<number, number>();
  private readonly listened = new Set<Pool>();
  private readonly onOver: (copy: number) => void;
  private readonly onDue: (copy: number) => void;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly pools: readonly Pool[],
  ) {
    this.onOver = (copy) => this.timeIsUp(copy, 'over');
    this.onDue = (copy) => this.timeIsUp(copy, 'due');
  }

  /** Whether it may matter what a message was turned into at this node. */
  follows(node: RouteNode): boolean {
    return node.replies !== null || this.followed.size > 0;
  }

  /** What a message was turned into belongs to the request that it was published for. */
  passedOn(copy: number, node: RouteNode, into: readonly number[]): void {
    const request = node.replies !== null ? copy : this.followed.get(copy);
    if (request === undefined) return;
    this.fates.onEnd ??= (one, how) => {
      this.forget(one);
      this.ended(one, how);
    };
    let waiting = this.waiting.get(request);
    if (waiting === undefined) this.waiting.set(request, (waiting = { parts: new Set(), due: false, over: false }));
    this.followed.delete(copy);
    waiting.parts.delete(copy);
    for (const one of into) {
      waiting.parts.add(one);
      this.followed.set(one, request);
    }
  }

  /** Its message is published: the worker is free, the caller goes on waiting. False: he is answered at once. */
  begin(copy: number, node: RouteNode, pool: Pool): boolean {
    if (node.replies === null || !this.waiting.has(copy)) return false;
    this.wait(copy, node.replies.timeout, pool);
    return true;
  }

  private wait(copy: number, timeout: number, pool: Pool): void {
    if (!this.listened.has(pool)) {
      this.listened.add(pool);
      pool.works.listeners.push(() => this.answerAll(pool));
    }
    pool.inHand.remove(copy);
    pool.busy--;
    this.copies.state[copy] = CopyState.asleep;
    pool.awaiting.push(copy);
    this.copies.timer.set(copy, this.context.sim.schedule(timeout, this.onOver, copy, Priority.work, pool.member.rank));
    this.work.tellBusy(pool);
    this.work.goOnWithOthers(pool);
  }

  /** The work is done as far as it goes without the outcome of its transaction. */
  pending(copy: number, node: RouteNode, place: number): void {
    const handler = node.handlers[place];
    const lost = this.work.answers.lost(copy, node, handler, this.work.messageOf(copy));
    this.copies.phase[copy] = Phase.pending;
    if (lost === NO_CAUSE) this.calls.answer(copy, 'accepted', 0);
    else this.calls.loseAnswer(copy, this.context.paths.path(lost, handler.name, 'put, answer lost'));
  }

  /** The process of this member has ended: nobody can answer what it kept. */
  breakOff(pool: Pool, causes: CauseSetId): void {
    for (const copy of pool.awaiting.toArray()) {
      const node = this.work.nodeOf(copy);
      const cause = this.context.paths.path(causes, node.handlers[placeIn(node, pool)].name, 'put, not answered');
      this.fates.doubt(node, this.copies.slot[copy], cause);
      this.leave(copy, pool);
      this.calls.breakOff(copy, cause, !(pool.works.silent || pool.member.life.silent));
      this.fates.end(copy, 'gone', cause);
    }
  }

  /** Something that was published for a request is settled, or will never be. */
  private ended(copy: number, how: CopyEnd): void {
    const request = this.followed.get(copy);
    if (request === undefined) return;
    this.followed.delete(copy);
    const waiting = this.waiting.get(request);
    // What failed for good brings no reply: the request waits until its time is over.
    if (how !== 'done' || waiting === undefined) return;
    waiting.parts.delete(copy);
    if (waiting.parts.size > 0) return;
    const { copies, context } = this;
    const node = this.work.nodeOf(request);
    const u = node.replies!.draws.uniform(this.work.messageOf(request), node.legs[0], copies.tries.get(request));
    context.sim.cancel(copies.timer.get(request));
    copies.timer.set(request, context.sim.schedule(Math.round(node.replies!.time.sample(u)), this.onDue, request, Priority.work, this.pools[copies.pool.get(request)].member.rank));
  }

  private timeIsUp(copy: number, what: 'due' | 'over'): void {
    this.copies.timer.set(copy, 0);
    this.waiting.get(copy)![what] = true;
    const pool = this.pools[this.copies.pool.get(copy)];
    if (pool.works.works) this.answer(copy, pool);
  }

  /** A member that works again answers what has come due meanwhile. */
  private answerAll(pool: Pool): void {
    if (!pool.works.works || pool.frozen) return;
    for (const copy of pool.awaiting.toArray()) {
      const waiting = this.waiting.get(copy);
      if (waiting !== undefined && (waiting.due || waiting.over)) this.answer(copy, pool);
    }
  }

  private answer(copy: number, pool: Pool): void {
    const node = this.work.nodeOf(copy);
    const place = placeIn(node, pool);
    if (this.waiting.get(copy)!.due) {
      this.copies.phase[copy] = Phase.put;
      if (!this.work.settleCall(copy, node, place, pool)) return;
      this.leave(copy, pool);
      this.fates.end(copy, 'done', 0);
      return;
    }
    const cause = this.context.paths.path(NO_CAUSE, node.handlers[place].name, 'no reply in time');
    this.fates.doubt(node, this.copies.slot[copy], cause);
    this.leave(copy, pool);
    this.calls.answer(copy, 'unknown', cause);
    this.fates.end(copy, 'gone', cause);
  }

  private leave(copy: number, pool: Pool): void {
    if (this.copies.timer.get(copy) !== 0) this.context.sim.cancel(this.copies.timer.get(copy));
    this.copies.timer.set(copy, 0);
    pool.awaiting.remove(copy);
    this.copies.pool.set(copy, NONE);
    this.work.tellBusy(pool);
  }

  /** The request is over: nobody waits for what was published for it. */
  private forget(copy: number): void {
    for (const part of this.waiting.get(copy)?.parts ?? []) this.followed.delete(part);
    this.waiting.delete(copy);
  }
}
