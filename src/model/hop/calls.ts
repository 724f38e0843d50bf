/**
 * Calls: an attempt to hand a message to a member that answers, and what the caller makes of the answer.
 *
 * Between caller and callee nothing is stored. The caller hears `accepted`, `refused` or `throttled`, or it hears nothing and after its
 * timeout does not know whether the work was done: that is where duplicates come from. Callee and caller fail independently.
 * Not here: what the callee does (`work.ts`), which target comes next (`ladder.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { Partitions } from '../fault/partitions.js';
import type { Member } from '../world.js';
import { CopyState, NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import { canWork, hindrance, meant } from './route.js';
import type { RouteNode } from './route.js';
import { isFull, takesAnyway } from './station.js';
import type { Transactions } from '../transaction/transactions.js';
import type { Unlocked } from './unlocked.js';
import type { Work } from './work.js';

export type Outcome = 'accepted' | 'refused' | 'throttled' | 'denied' | 'unknown';

export class Calls {
  work!: Work;
  unlocked!: Unlocked;
  transactions!: Transactions;
  /** Whoever worked on a copy of a locked message is gone. */
  onBroken!: (row: number, delivery: number, cause: CausePathId, inOrder: boolean) => void;
  /** Null: the network never fails. */
  network: Partitions | null = null;
  /** A request is on its way; what comes of it comes later. */
  onRequest: (request: number) => void = () => undefined;
  /** What the caller does next. */
  onOutcome!: (caller: number, outcome: Outcome, cause: CausePathId) => void;
  private readonly onTimeout: (caller: number) => void;
  /** Why nobody answers, for callers that wait in vain. */
  private readonly silence = new Map<number, CausePathId>();

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly flowNames: readonly string[]) {
    this.onTimeout = (caller) => this.timedOut(caller);
  }

  /** Calls the target; the outcome may come at once. The caller's state is set by whoever calls. */
  attempt(caller: number, called: RouteNode, timeout: number): void {
    const { copies } = this;
    const target = meant(called);
    const records = target.records;
    const slot = copies.slot[caller];
    const tries = copies.tries.add(caller, 1);
    const n = records.n[slot];
    copies.request.set(caller, NONE);
    const place = this.besideOf(caller, target) ?? this.choose(target, n, tries);
    if (place === NONE) {
      const cause = this.context.paths.path(this.unreachableCauses(target), target.component.name, 'nobody to call');
      if (this.balancerIsSilent(target)) this.waitInVain(caller, timeout, cause, target.handlers[0].rank);
      else this.onOutcome(caller, 'refused', cause);
      return;
    }
    const handler = target.handlers[place];
    const cut = this.network === null ? NO_CAUSE : this.network.between(this.placeOf(caller), handler);
    if (cut !== NO_CAUSE) {
      this.waitInVain(caller, timeout, this.context.paths.path(cut, handler.name, 'called, no answer'), handler.rank);
      return;
    }
    if (!canWork(target, place) && !takesAnyway(target, place)) {
      const fn = hindrance(target, place)!;
      const silent = target.workable[place].some((one) => !one.works && one.silent);
      if (silent) this.waitInVain(caller, timeout, this.context.paths.path(fn.causes, handler.name, 'called, no answer'), handler.rank);
      else this.onOutcome(caller, 'refused', this.context.paths.path(fn.causes, handler.name, 'refused'));
      return;
    }
    const pool = target.pools[place];
    const error = target.impairments.hit('error', handler, 'taken', this.flowNames[target.flow], n, target.legs[0], tries);
    if (error !== NO_CAUSE) {
      this.onOutcome(caller, 'refused', this.context.paths.path(error, handler.name, 'refused'));
      return;
    }
    if (target.buffer?.credits?.spend(this.context.sim.now) === false) {
      this.onOutcome(caller, 'throttled', this.context.paths.path(NO_CAUSE, handler.name, 'busy'));
      return;
    }
    if (isFull(target, pool)) {
      this.onOutcome(caller, 'throttled', this.context.paths.path(NO_CAUSE, handler.name, 'full'));
      return;
    }
    const request = this.fates.create(target, slot);
    copies.tries.set(request, tries);
    copies.caller.set(request, caller);
    copies.callerGeneration.set(request, copies.generation.get(caller));
    copies.request.set(caller, request);
    this.onRequest(request);
    copies.timer.set(caller, this.context.sim.schedule(timeout, this.onTimeout, caller, Priority.work, handler.rank));
    if (target.enlisted !== null) this.transactions.join(caller, request, target, place);
    this.work.arrive(request, pool, place);
  }

  /** The callee answers; if the caller still listens to this request it hears the outcome. */
  answer(request: number, outcome: Outcome, cause: CausePathId): void {
    if (this.unlocked.heard(request, outcome)) return;
    const caller = this.listener(request);
    if (caller === NONE) return;
    if (this.network !== null && this.cutOff(request, caller, outcome)) return;
    this.copies.caller.set(request, NONE);
    this.stopWaiting(caller);
    this.onOutcome(caller, outcome, cause);
  }

  /** The network between the two was cut meanwhile: the answer does not arrive. */
  private cutOff(request: number, caller: number, outcome: Outcome): boolean {
    const callee = this.placeOf(request);
    // A message under a lock is where it lies.
    const cut = this.copies.state[caller] === CopyState.locked ? this.work.laneOf(caller).cutFrom(callee) : this.network!.between(callee, this.placeOf(caller));
    if (cut === NO_CAUSE) return false;
    const node = this.fates.nodes[this.copies.node[request]];
    const cause = this.context.paths.path(cut, callee!.name, outcome === 'accepted' ? 'put, answer lost' : 'answer lost');
    if (outcome === 'accepted' && this.copies.transaction.get(request) === NONE) this.fates.doubt(node, this.copies.slot[request], cause);
    this.loseAnswer(request, cause);
    return true;
  }

  /** Where a copy is handled: what has no place of its own, such as a line, is where its caller is. Null: at a source, which stands nowhere, or with whoever has a copy of it in hand. */
  private placeOf(copy: number): Member | null {
    const node = this.fates.nodes[this.copies.node[copy]];
    // A message under a lock is where it lies.
    if (this.copies.state[copy] === CopyState.locked) return node.lanes[this.copies.place[copy]].store.works.member;
    if (this.copies.state[copy] === CopyState.source || this.copies.pool.get(copy) === NONE) return null;
    const handler = node.handlers[node.pools.findIndex(({ index }) => index === this.copies.pool.get(copy))];
    const caller = this.listener(copy);
    return caller === NONE || this.network!.stands(handler) ? handler : this.placeOf(caller);
  }

  /** The answer is lost on the way: the caller goes on waiting. */
  loseAnswer(request: number, cause: CausePathId): void {
    if (this.unlocked.heard(request, 'unknown')) return;
    const caller = this.listener(request);
    if (caller === NONE) return;
    this.copies.caller.set(request, NONE);
    if (this.copies.state[caller] === CopyState.locked) {
      // Nobody waits for this answer: the lock decides.
      this.onBroken(caller, request, cause, false);
      return;
    }
    this.copies.request.set(caller, NONE);
    this.silence.set(caller, cause);
  }

  /** Who waits for the answer of this request; NONE: nobody. */
  waitsFor(request: number): number {
    return this.listener(request);
  }

  /** Who waits for the answer of this request could act on it now. */
  isHeard(request: number): boolean {
    const caller = this.listener(request);
    if (caller === NONE || (this.network !== null && this.network.between(this.placeOf(request), this.placeOf(caller)) !== NO_CAUSE)) return false;
    return this.copies.state[caller] !== CopyState.locked || this.work.laneOf(caller).works;
  }

  /** The connection broke: the caller knows at once that it does not know (`audible`), or hears nothing until its timeout. `inOrder`: who did the work is shut down and says so. */
  breakOff(request: number, cause: CausePathId, audible: boolean, inOrder = false): void {
    const caller = this.copies.caller.get(request);
    if (caller !== NONE && this.copies.state[caller] === CopyState.locked && this.copies.generation.get(caller) === this.copies.callerGeneration.get(request)) this.onBroken(caller, request, cause, inOrder);
    else if (audible) this.answer(request, 'unknown', cause);
    else this.loseAnswer(request, cause);
  }

  /** The caller no longer listens: it was broken off itself. */
  stopWaiting(caller: number): void {
    const { copies } = this;
    if (copies.timer.get(caller) !== 0) this.context.sim.cancel(copies.timer.get(caller));
    copies.timer.set(caller, 0);
    copies.request.set(caller, NONE);
    if (this.silence.size > 0) this.silence.delete(caller);
  }

  /** Why the caller waits in vain, if that is known. */
  silenceOf(caller: number): CausePathId | undefined {
    return this.silence.get(caller);
  }

  private waitInVain(caller: number, timeout: number, cause: CausePathId, rank: number): void {
    this.silence.set(caller, cause);
    this.copies.timer.set(caller, this.context.sim.schedule(timeout, this.onTimeout, caller, Priority.work, rank));
  }

  /** No balancer answers, not even with a refusal. */
  private balancerIsSilent(target: RouteNode): boolean {
    const functions = target.through!.component.members.map((member) => [...member.functions.values()]);
    return functions.every((one) => one.some((fn) => !fn.works)) && functions.flat().some((fn) => !fn.works && fn.silent);
  }

  private listener(request: number): number {
    const caller = this.copies.caller.get(request);
    if (caller === NONE || this.copies.generation.get(caller) !== this.copies.callerGeneration.get(request)) return NONE;
    return this.copies.request.get(caller) === request ? caller : NONE;
  }

  private timedOut(caller: number): void {
    const { copies } = this;
    const request = copies.request.get(caller);
    let cause = this.silence.get(caller);
    if (cause === undefined) {
      const node = request === NONE ? null : this.fates.nodes[copies.node[request]];
      const slow = request !== NONE && copies.state[request] !== CopyState.free && node !== null ? this.slowCauses(request, node) : NO_CAUSE;
      cause = this.context.paths.path(slow, node?.component.name ?? '', 'answer later than the timeout');
      // Only an attempt that reached somebody may have been done; in a transaction it is undone.
      if (node !== null && copies.transaction.get(caller) === NONE) this.fates.doubt(node, copies.slot[caller], cause);
    }
    this.stopWaiting(caller);
    this.onOutcome(caller, 'unknown', cause);
  }

  /** Faults that hold up a request: those behind a member that does not work now, or works slowly. */
  private slowCauses(request: number, node: RouteNode): CauseSetId {
    const place = node.pools.findIndex((pool) => pool.index === this.copies.pool.get(request));
    if (place < 0) return NO_CAUSE;
    let causes = hindrance(node, place)?.causes ?? NO_CAUSE;
    for (const one of node.impairments.list) {
      if (one.kind === 'slow') causes = this.context.causes.union(causes, this.context.causes.single(one.occurrence));
    }
    return causes;
  }

  /** The member on the server of the caller, where that is the one to call. */
  private besideOf(caller: number, target: RouteNode): number | undefined {
    if (target.hop.beside !== true || this.copies.state[caller] === CopyState.source) return undefined;
    const node = this.fates.nodes[this.copies.node[caller]];
    const server = node.pools.find(({ index }) => index === this.copies.pool.get(caller))?.member.server ?? null;
    const place = server === null ? NONE : target.handlers.findIndex((member) => member.server === server);
    return place === NONE ? undefined : place;
  }

  /** Which member is called, of those believed to be there. NONE: nobody is believed to be there. */
  private choose(target: RouteNode, n: number, tries: number): number {
    const count = target.pools.length;
    if (target.through === null) return count === 1 ? 0 : (n + tries - 1) % count;
    const { component, view, spread, draws } = target.through;
    if (!component.members.some((member) => [...member.functions.values()].every((fn) => fn.works))) return NONE;
    let believed = 0;
    for (const pool of target.pools) if (view.believes(pool.works)) believed++;
    if (believed === 0) return NONE;
    let turn = spread === 'random' ? draws.choose(believed, n, tries) : (spread === 'client' ? n % target.clients : n + tries - 1) % believed;
    for (let place = 0; place < count; place++) {
      if (view.believes(target.pools[place].works) && turn-- === 0) return place;
    }
    return NONE;
  }

  private unreachableCauses(target: RouteNode): CauseSetId {
    const { component, view } = target.through!;
    let causes: CauseSetId = NO_CAUSE;
    for (const pool of target.pools) causes = this.context.causes.union(causes, view.causesOf(pool.works));
    for (const member of component.members) for (const fn of member.functions.values()) causes = this.context.causes.union(causes, fn.causes);
    return causes;
  }
}
