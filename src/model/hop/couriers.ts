/**
 * Couriers: workers that hold a message and make attempts themselves, at one target after the other or at all of them.
 *
 * A try that failed is repeated after a wait that doubles, as long as tries and time are left; then another target may come, and with its
 * success the roles change. Nobody keeps the message meanwhile: when the worker is gone, so are its attempts, but not what they have
 * brought about. Not here: one attempt itself (`calls.ts`), retries that are kept in a store (`ladder.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CausePathId } from '../ledger.js';
import type { Member } from '../world.js';
import type { Calls, Outcome } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import { TargetsInUse } from './in-use.js';
import type { Pool } from './pool.js';
import { bookAt, placeIn } from './route.js';
import type { RouteNode } from './route.js';
import { Standbys } from './standby.js';
import { Together } from './together.js';
import type { Work } from './work.js';

/** Attempts of one message do not share their draws with those of another try of its source. */
const TRIES_OF_A_SENDER = 64;

export class Couriers {
  readonly standbys: Standbys;
  readonly together: Together;
  private readonly inUse: TargetsInUse;
  /** Called when a member begins to use another target. */
  readonly listeners: (() => void)[] = [];
  private readonly onRetry: (copy: number) => void;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly pools: readonly Pool[], flowNames: readonly string[],
  ) {
    this.inUse = new TargetsInUse(context, flowNames);
    this.standbys = new Standbys(context);
    this.standbys.onChange = () => this.tell();
    this.together = new Together(context, copies, fates, calls, work);
    this.together.failed = (copy, cause) => this.failed(copy, cause);
    this.onRetry = (copy) => {
      this.copies.timer.set(copy, 0);
      // A process that stands still tries again when it goes on.
      if (!this.pools[this.copies.pool.get(copy)].frozen) this.attempt(copy);
    };
  }

  /** The targets that this member uses now, for one client or another. */
  targetsOf(node: RouteNode, member: Member): Iterable<number> {
    return node.sends!.terms.mode === 'standby' ? this.standbys.targetsOf(node, member) : this.inUse.all(node, member);
  }

  /** What the member kept in its memory about targets is gone. */
  processEnded(member: Member): void {
    this.standbys.processEnded(member);
    this.together.processEnded(member);
    if (this.inUse.forget(member)) this.tell();
  }

  begin(copy: number, node: RouteNode): void {
    const { copies } = this;
    copies.state[copy] = CopyState.calling;
    copies.tries.set(copy, copies.tries.get(copy) * TRIES_OF_A_SENDER);
    copies.persisted.set(copy, 0);
    if (node.sends!.terms.mode === 'active') {
      this.sendToAll(copy, node);
      return;
    }
    if (node.sends!.terms.together !== undefined) {
      this.together.join(copy, node, this.pools[copies.pool.get(copy)]);
      return;
    }
    this.startAt(copy, node.sends!.terms.mode === 'standby' ? this.standbyFor(copy, node) : this.targetOf(copy, node));
  }

  /** The answer to an attempt. */
  outcome(copy: number, outcome: Outcome, cause: CausePathId): void {
    const { copies, context } = this;
    const node = this.work.nodeOf(copy);
    const { terms } = node.sends!;
    if (outcome === 'accepted') {
      this.together.accepted(copy);
      this.succeeded(copy, node);
      return;
    }
    if (terms.together !== undefined) {
      this.together.refused(copy, outcome !== 'unknown', cause);
      this.failed(copy, cause);
      return;
    }
    const elapsed = context.sim.now - copies.readyAt[copy];
    const k = copies.attempts.add(copy, 1);
    const wait = outcome === 'throttled' ? terms.busy : Math.min(terms.cap, terms.base * 2 ** (k - 1));
    if (outcome !== 'denied' && k <= terms.retries && elapsed + wait < terms.limit) {
      copies.timer.set(copy, context.sim.schedule(Math.round(wait), this.onRetry, copy, Priority.work, this.pools[copies.pool.get(copy)].member.rank));
      return;
    }
    this.gaveUp(copy, node, outcome, cause);
  }

  /** The process goes on: a try that came due in the meantime is made now. */
  goOn(copy: number): void {
    const { copies } = this;
    // What went on before it may have ended it.
    if (copies.state[copy] !== CopyState.calling || copies.timer.get(copy) !== 0 || copies.request.get(copy) !== NONE) return;
    const { sends } = this.work.nodeOf(copy);
    if (sends?.terms.together !== undefined) {
      this.together.goOn(copy);
      return;
    }
    // A message that goes to all targets makes no attempts of its own.
    if (sends !== null && (sends.terms.mode !== 'active' || copies.phase[copy] === Phase.errand)) this.attempt(copy);
  }

  /** The worker is gone, and with it its errands. */
  breakOff(pool: Pool): void {
    for (const errand of pool.errands.toArray()) {
      this.calls.stopWaiting(errand);
      pool.errands.remove(errand);
      this.copies.pool.set(errand, NONE);
      this.fates.end(errand, 'gone', 0);
    }
  }

  private startAt(copy: number, target: number): void {
    const { copies } = this;
    copies.place[copy] = target;
    copies.attempts.set(copy, 0);
    copies.readyAt[copy] = this.context.sim.now;
    this.attempt(copy);
  }

  private attempt(copy: number): void {
    const { copies } = this;
    const node = this.work.nodeOf(copy);
    const { terms, targets, first } = node.sends!;
    const n = this.work.messageOf(copy);
    const book = bookAt(node.sends!, copies.place[copy]);
    if (book?.lets(n) === false) {
      this.outcome(copy, 'denied', this.context.paths.path(book.access.issuer.causes, node.component.name, 'no token'));
      return;
    }
    const left = copies.readyAt[copy] + terms.limit - this.context.sim.now;
    if (left <= 0) {
      // The process stood still until its time was over.
      this.gaveUp(copy, node, 'unknown', this.context.paths.path(NO_CAUSE, node.component.name, 'time is over'));
      return;
    }
    if (first) for (const reader of this.context.ledger.to.sent) reader.sent(this.context.sim.now, node.flow, n);
    this.calls.attempt(copy, targets[copies.place[copy]], Math.min(terms.timeout, left));
  }

  private sendToAll(copy: number, node: RouteNode): void {
    const { copies } = this;
    const pool = this.pools[copies.pool.get(copy)];
    // Errands that are under way, and those that brought success.
    copies.attempts.set(copy, node.sends!.targets.length);
    const errands = node.sends!.targets.map((_, target) => {
      const errand = this.fates.create(node, copies.slot[copy], CopyState.calling);
      copies.pool.set(errand, pool.index);
      copies.phase[errand] = Phase.errand;
      copies.caller.set(errand, copy);
      copies.callerGeneration.set(errand, copies.generation.get(copy));
      copies.tries.set(errand, copies.tries.get(copy) + target * (TRIES_OF_A_SENDER / node.sends!.targets.length));
      pool.errands.push(errand);
      return errand;
    });
    const generations = errands.map((errand) => copies.generation.get(errand));
    // A fault that comes with one of them may end the worker, and with it the others.
    errands.forEach((errand, target) => { if (copies.generation.get(errand) === generations[target]) this.startAt(errand, target); });
  }

  private succeeded(copy: number, node: RouteNode): void {
    const { copies } = this;
    if (copies.phase[copy] === Phase.errand) {
      this.errandEnds(copy, true, 0);
      return;
    }
    const { terms } = node.sends!;
    const used = this.targetOf(copy, node);
    if (terms.mode === 'standby') this.standbys.succeeded(this.handlerOf(copy, node), copies.place[copy]);
    // It came here because the target in use failed, and no other message has changed that in the meantime.
    if (terms.mode === 'passive' && terms.swaps === 'on-success' && copies.persisted.get(copy) > 0 && used !== copies.place[copy] && used === this.previous(copy, node)) {
      this.use(copy, node, copies.place[copy]);
    }
    this.done(copy, node);
  }

  private done(copy: number, node: RouteNode): void {
    const pool = this.pools[this.copies.pool.get(copy)];
    const place = placeIn(node, pool);
    this.copies.state[copy] = CopyState.working;
    this.copies.phase[copy] = Phase.put;
    if (this.work.step('put', copy, node, place, pool)) this.work.afterPut(copy, node, place, pool);
  }

  private gaveUp(copy: number, node: RouteNode, outcome: Outcome, cause: CausePathId): void {
    const { copies } = this;
    if (copies.phase[copy] === Phase.errand) {
      this.errandEnds(copy, false, cause);
      return;
    }
    const { terms, targets } = node.sends!;
    if (terms.mode === 'standby') {
      this.asideAgain(copy, node, outcome, cause);
      return;
    }
    const tried = copies.persisted.add(copy, 1);
    // A busy or a forbidding service is no reason to try another.
    const another = terms.mode === 'passive' && tried < terms.targets && (outcome === 'refused' || outcome === 'unknown');
    if (another) {
      const next = (copies.place[copy] + 1) % targets.length;
      if (terms.swaps === 'on-failure') this.use(copy, node, next);
      this.startAt(copy, next);
      return;
    }
    this.failed(copy, cause);
  }

  /** What fails at the first target fails; what fails at another goes on to one that is left. */
  private asideAgain(copy: number, node: RouteNode, outcome: Outcome, cause: CausePathId): void {
    const member = this.handlerOf(copy, node);
    const target = this.copies.place[copy];
    this.standbys.failed(node, member, target, outcome, cause);
    const next = target === 0 ? NONE : this.standbyFor(copy, node);
    if (next === NONE && target > 0) this.standbys.exhausted(member);
    if (next !== NONE && this.copies.persisted.add(copy, 1) < node.sends!.targets.length - 1) this.startAt(copy, next);
    else this.failed(copy, cause);
  }

  private failed(copy: number, cause: CausePathId): void {
    const pool = this.pools[this.copies.pool.get(copy)];
    this.copies.state[copy] = CopyState.working;
    this.calls.answer(copy, 'refused', cause);
    this.work.free(copy, pool);
    this.fates.end(copy, 'gone', cause);
  }

  /** One of the attempts of a message that goes to all targets is over; the first success is that of the whole. */
  private errandEnds(errand: number, success: boolean, cause: CausePathId): void {
    const { copies } = this;
    const copy = copies.caller.get(errand);
    const node = this.work.nodeOf(errand);
    const waits = copy !== NONE && copies.generation.get(copy) === copies.callerGeneration.get(errand);
    const pool = this.pools[copies.pool.get(errand)];
    pool.errands.remove(errand);
    this.fates.end(errand, success ? 'done' : 'gone', cause);
    if (!waits) return;
    if (success) this.done(copy, node);
    else if (copies.attempts.add(copy, -1) === 0) this.failed(copy, cause);
  }

  /** The target tried before the present one. */
  private previous(copy: number, { sends }: RouteNode): number {
    const { length } = sends!.targets;
    return (this.copies.place[copy] + length - (this.copies.persisted.get(copy) % length)) % length;
  }

  private handlerOf(copy: number, node: RouteNode): Member {
    return node.handlers[placeIn(node, this.pools[this.copies.pool.get(copy)])];
  }

  /** The target that is used for this message's client now. */
  private targetOf(copy: number, node: RouteNode): number {
    return this.inUse.of(node, this.handlerOf(copy, node), this.work.messageOf(copy));
  }

  private standbyFor(copy: number, node: RouteNode): number {
    return this.standbys.choose(node, this.handlerOf(copy, node), this.work.messageOf(copy), this.copies.tries.get(copy));
  }

  private use(copy: number, node: RouteNode, target: number): void {
    this.inUse.use(node, this.handlerOf(copy, node), this.work.messageOf(copy), target);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
