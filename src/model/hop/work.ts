/**
 * What a worker does with a message: take, work, put, settle, in the order its hop declares.
 *
 * After every step a fault may have come (`when: step`), so each step asks whether the message is still in this worker's hands.
 * Not here: attempts and ladders (`ladder.ts`), work that is broken off (`breakage.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Step } from '../definition.js';
import type { CauseSetId } from '../ledger.js';
import { Answers } from './answers.js';
import { Batches } from './batches.js';
import type { Calls } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Couriers } from './couriers.js';
import type { Fates } from './fates.js';
import { Hands } from './hands.js';
import type { Ladders } from './ladder.js';
import type { Pool } from './pool.js';
import type { Publisher } from './publisher.js';
import { Recognition } from './recognition.js';
import { hindrance, hindranceAllows, placeIn } from './route.js';
import type { Replies } from './replies.js';
import type { RouteNode } from './route.js';
import type { Settling } from './settling.js';
import { takesAnyway } from './station.js';
import type { Stations } from './station.js';
import type { Steps } from './steps.js';
import type { Waits } from './waits.js';

export class Work extends Hands {
  ladders!: Ladders;
  couriers!: Couriers;
  readonly recognition: Recognition;
  readonly answers: Answers;
  readonly batches: Batches;
  publisher!: Publisher;
  settling!: Settling;
  replies!: Replies;
  /** The last work in hand of a member that takes no more is done. */
  onIdle: (pool: Pool) => void = () => undefined;
  waits!: Waits;
  stations!: Stations;
  private readonly onWorked: (copy: number) => void;

  constructor(
    context: Context, copies: Copies, fates: Fates, private readonly calls: Calls,
    private readonly pools: readonly Pool[], private readonly steps: Steps, private readonly flowNames: readonly string[],
  ) {
    super(context, copies, fates);
    this.recognition = new Recognition(context, copies, fates);
    this.answers = new Answers(copies, flowNames);
    this.batches = new Batches(context, copies, fates, calls, this);
    this.onWorked = (copy) => this.worked(copy);
  }

  /** A request reaches a member. */
  arrive(request: number, pool: Pool, place: number): void {
    const node = this.nodeOf(request);
    this.copies.pool.set(request, pool.index);
    this.accept(request, pool);
    if (this.step('taken', request, node, place, pool) && node.order === 'settle-first') this.settleCall(request, node, place, pool);
  }

  /** A copy was taken from a queue at a poll, locked by this member. */
  take(copy: number, pool: Pool): void {
    const node = this.nodeOf(copy);
    this.copies.pool.set(copy, pool.index);
    this.copies.tries.add(copy, 1);
    pool.throttle?.deliveryRate?.came();
    for (const reader of this.to.received) reader.received(this.context.sim.now, node.flow, this.messageOf(copy));
    this.accept(copy, pool);
    this.step('taken', copy, node, placeIn(node, pool), pool);
  }

  /** Begins with what waits, as far as workers are free. */
  resume(pool: Pool): void {
    // What is taken up may free its worker at once: the loop that runs goes on with the next.
    if (pool.resuming) return;
    pool.resuming = true;
    while (pool.works.works && !pool.frozen && pool.busy < pool.slots && pool.waiting.length > 0 && this.batches.admits(pool)) {
      const copy = pool.waiting.shift();
      this.tellWaiting(pool);
      this.begin(copy, pool);
    }
    pool.resuming = false;
    this.ladders.connect(pool);
  }

  /** Work that stood still goes on with what was left of it, or with what comes after the step that was reached. */
  goOn(copy: number): void {
    const { copies } = this;
    const pool = this.pools[copies.pool.get(copy)];
    const node = this.nodeOf(copy);
    const place = placeIn(node, pool);
    switch (copies.phase[copy]) {
      case Phase.worked:
        this.output(copy, node, place, pool);
        return;
      case Phase.putting:
        if (node.output === 'call') this.ladders.passing.goOn(copy, pool);
        else this.publisher.goOn(copy, pool);
        return;
      case Phase.settling:
        this.settling.goOn(copy, pool);
        return;
      case Phase.put:
        this.afterPut(copy, node, place, pool);
        return;
      case Phase.settled:
        this.finish(copy, pool);
        return;
      case Phase.pending:
      case Phase.gathered:
        return;
      default:
        copies.timer.set(copy, this.context.sim.schedule(copies.remaining.get(copy), this.onWorked, copy, Priority.work, pool.member.rank));
    }
  }

  /** The worker of this copy is free again. */
  free(copy: number, pool: Pool): void {
    pool.inHand.remove(copy);
    this.copies.pool.set(copy, NONE);
    pool.busy--;
    pool.throttle?.deliveryRate?.finished();
    this.tellBusy(pool);
    this.goOnWithOthers(pool);
  }

  /** Workers have become free: they take up what waits, and there is room for more. */
  goOnWithOthers(pool: Pool): void {
    if (pool.busy === 0 && !pool.works.works) this.onIdle(pool);
    this.resume(pool);
    if (pool.polling !== null && pool.polling.queue.ready > 0) pool.polling.queue.arm();
  }

  /** A message in the hands of a member is worked on as soon as a worker is free. */
  accept(copy: number, pool: Pool): void {
    const node = this.nodeOf(copy);
    if (pool.busy < pool.slots && pool.waiting.length === 0 && pool.works.works && !pool.frozen && this.batches.admits(pool)) this.begin(copy, pool);
    else if (node.station !== null) this.stations.wait(copy, node, node.station, pool);
    else {
      this.copies.state[copy] = CopyState.waiting;
      pool.waiting.push(copy);
      pool.throttle?.load(pool);
      this.tellWaiting(pool);
    }
  }

  private begin(copy: number, pool: Pool): void {
    this.copies.state[copy] = CopyState.working;
    pool.inHand.push(copy);
    pool.busy++;
    this.batches.begin(copy, pool);
    this.tellBusy(pool);
    const node = this.nodeOf(copy);
    if (node.remembersFirst) this.recognition.lookUp(copy, node, placeIn(node, pool));
    if (node.station !== null && this.stations.takeUp(copy)) this.goOn(copy);
    else this.nextStep(copy, node, pool, pool.throttle === null ? 0 : pool.throttle.deliveryDelay());
  }

  /** @param delay time that the worker is held back first, µs */
  private nextStep(copy: number, node: RouteNode, pool: Pool, delay: number): void {
    const { copies, context } = this;
    const step = copies.step.get(copy);
    const { work, wait } = node.steps[step];
    const time = wait ?? work;
    // A draw has no state: where it would change nothing it need not be made.
    const u = time.min === time.max ? 0 : node.draws[step].uniform(this.messageOf(copy), node.legs[0], copies.tries.get(copy));
    if (wait !== undefined) {
      this.waits.begin(copy, node, pool, delay + Math.round(wait.sample(u)));
      return;
    }
    const place = placeIn(node, pool);
    const known = this.recognition.isKnown(copy, node);
    if (known) copies.step.set(copy, node.steps.length - 1);
    const factor = pool.member.slow * (node.handlers[place] === pool.member ? 1 : node.handlers[place].slow);
    const duration = known ? 0 : delay + Math.round(work.sample(u) * factor);
    copies.timer.set(copy, context.sim.schedule(duration, this.onWorked, copy, Priority.work, pool.member.rank));
  }

  private worked(copy: number): void {
    const { copies } = this;
    copies.timer.set(copy, 0);
    const node = this.nodeOf(copy);
    const pool = this.pools[copies.pool.get(copy)];
    const place = placeIn(node, pool);
    const step = copies.step.add(copy, 1);
    this.countWork(copy, node, place, step);
    if (step < node.steps.length) {
      if (node.steps[step - 1].persist) {
        if (node.lane !== null && !(this.laneOf(copy).works && pool.works.needsMet)) {
          this.publisher.refuse(copy, node, place, pool);
          return;
        }
        copies.persisted.set(copy, step);
      }
      this.nextStep(copy, node, pool, 0);
      return;
    }
    const n = this.messageOf(copy);
    const known = this.recognition.isKnown(copy, node);
    const poisoned = node.poison !== null && !known && node.poison.draws.uniform(n) < node.poison.share;
    const error = known || poisoned ? NO_CAUSE : node.impairments.hit('error', node.handlers[place], 'worked', this.flowNames[node.flow], n, node.legs[0], copies.tries.get(copy));
    if (poisoned || error !== NO_CAUSE) {
      this.failed(copy, node, place, pool, error, 'failed in work');
      return;
    }
    copies.phase[copy] = Phase.worked;
    if (this.step('worked', copy, node, place, pool)) this.output(copy, node, place, pool);
  }

  private output(copy: number, node: RouteNode, place: number, pool: Pool): void {
    if (node.recordings?.[place].record() === false) this.failed(copy, node, place, pool, node.recordings[place].causes, 'worked, event not written');
    else if (node.output === 'effect') this.putAtSink(copy, node, place, pool);
    else if (node.output === 'publish') this.publisher.begin(copy, node, place, pool);
    else if (node.sends === null) this.ladders.begin(copy, node);
    else this.couriers.begin(copy, node);
  }

  /** Work of a sink is done: the effect, then the answer; in a transaction the effect waits for its outcome. */
  private putAtSink(copy: number, node: RouteNode, place: number, pool: Pool): void {
    if (node.order === 'one-transaction') {
      this.publisher.leases.commit(copy, node, place, pool);
      return;
    }
    if (this.copies.transaction.get(copy) === NONE) this.recognition.haveEffect(copy, node, place);
    this.copies.phase[copy] = Phase.put;
    if (this.step('put', copy, node, place, pool)) this.afterPut(copy, node, place, pool);
  }

  /** A request whose message is put: its caller is answered, if it was not before. */
  afterPut(copy: number, node: RouteNode, place: number, pool: Pool): void {
    if (this.copies.transaction.get(copy) !== NONE) this.replies.pending(copy, node, place);
    else if (node.order === 'settle-first') {
      this.calls.answer(copy, 'accepted', 0);
      this.finish(copy, pool);
    } else if (!this.replies.begin(copy, node, pool) && !this.settling.begin(copy, node, pool)) this.settle(copy, node, place, pool);
  }

  /** Its caller is told, and the work is over. */
  settle(copy: number, node: RouteNode, place: number, pool: Pool): void {
    if (this.settleCall(copy, node, place, pool)) this.finish(copy, pool);
  }

  finish(copy: number, pool: Pool): void {
    this.free(copy, pool);
    this.fates.end(copy, 'done', 0);
  }

  /** Answers the caller of a request "accepted", unless that answer is lost. False: the request is no longer in hand. */
  settleCall(copy: number, node: RouteNode, place: number, pool: Pool): boolean {
    if (this.answers.areSafe(node)) this.calls.answer(copy, 'accepted', 0);
    else this.settleMayFail(copy, node, place);
    if (this.copies.phase[copy] === Phase.put) this.copies.phase[copy] = Phase.settled;
    return this.step('settled', copy, node, place, pool);
  }

  private settleMayFail(copy: number, node: RouteNode, place: number): void {
    const n = this.messageOf(copy);
    const handler = node.handlers[place];
    const lost = node.internal ? NO_CAUSE : this.answers.lost(copy, node, handler, n);
    const swallowed = node.losses?.swallows('answers', n, node.legs[0], this.copies.tries.get(copy)) === true;
    if (lost === NO_CAUSE && !swallowed) {
      this.calls.answer(copy, 'accepted', 0);
      return;
    }
    const cause = this.context.paths.path(lost, handler.name, 'put, answer lost');
    this.fates.doubt(node, this.copies.slot[copy], cause);
    this.calls.loseAnswer(copy, cause);
  }

  /** The work has no effect. */
  private failed(copy: number, node: RouteNode, place: number, pool: Pool, error: CauseSetId, what: string): void {
    const cause = this.context.paths.path(error, node.handlers[place].name, what);
    switch (node.hop.onError) {
      case 'refuse':
        this.batches.refuse(copy, pool, cause);
        return;
      case 'attempt':
        this.ladders.failedInWork(copy, cause);
        return;
      case 'return':
        this.free(copy, pool);
        this.giveBack(copy);
        return;
      case 'suspend':
        this.free(copy, pool);
        this.ladders.suspend(copy, node, cause);
    }
  }

  /** A step has happened. False: a fault that came with it has taken the message out of this worker's hands. */
  step(step: Step, copy: number, node: RouteNode, place: number, pool: Pool): boolean {
    if (!this.steps.wanted) return true;
    const generation = this.copies.generation.get(copy);
    this.announce(step, this.messageOf(copy), node, place);
    const { copies } = this;
    if (copies.generation.get(copy) !== generation || copies.pool.get(copy) !== pool.index || copies.state[copy] === CopyState.orphan) return false;
    if (copies.state[copy] !== CopyState.waiting) return hindranceAllows(node, place, copies.state[copy]);
    // Back in its queue; or not begun yet, and answered for even where nobody works.
    return step === 'taken' && (takesAnyway(node, place) || hindranceAllows(node, place, CopyState.waiting));
  }

  /** A step of a message that is in its new place already. */
  announce(step: Step, n: number, node: RouteNode, place: number): void {
    if (this.steps.wanted) this.steps.happened(step, node.handlers[place], node.flow, n, node.legs[0], hindrance(node, place)?.name ?? '');
  }
}
