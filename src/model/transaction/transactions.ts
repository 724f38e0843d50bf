/**
 * Two-phase commit between a store and a destination, step by step: begin, work, ask, prepare, decide, tell.
 *
 * Until both have voted, anybody may break off and all is undone; after that both wait for what the coordinator has written, and what
 * it has not written is aborted (presumed abort). Voting is one instant. Not here: what failures do to it (`failures.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Distribution, KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { Calls } from '../hop/calls.js';
import { NONE } from '../hop/copies.js';
import type { Copies } from '../hop/copies.js';
import type { Fates } from '../hop/fates.js';
import type { Ladders } from '../hop/ladder.js';
import type { Lane } from '../hop/lane.js';
import { canWork, hindrance } from '../hop/route.js';
import type { RouteNode } from '../hop/route.js';
import type { Work } from '../hop/work.js';
import type { CausePathId } from '../ledger.js';
import type { Coordinator } from './coordinator.js';
import type { Outcomes } from './outcomes.js';
import { Transaction, TxState, Verdict } from './transaction.js';

export class Transactions {
  private readonly slots: Transaction[] = [];
  private readonly free: number[] = [];
  private count = 0;
  private readonly onTimeout: (index: number) => void;
  private readonly onStep: (index: number) => void;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly ladders: Ladders, private readonly outcomes: Outcomes,
  ) {
    this.onTimeout = (index) => this.timedOut(this.slots[index]);
    this.onStep = (index) => {
      this.slots[index].step = 0;
      this.stepDone(this.slots[index]);
    };
  }

  /** Those under way, in the order of their beginnings. */
  live(): Transaction[] {
    return this.slots.length === this.free.length ? [] : this.slots.filter((one) => one.state !== TxState.free).sort((a, b) => a.serial - b.serial);
  }

  of(copy: number): Transaction {
    return this.slots[this.copies.transaction.get(copy)];
  }

  /** A worker begins a transaction for its message. False: it need not call its destination now. */
  begin(row: number, node: RouteNode, place: number): boolean {
    const { coordinator } = node.shares!.terms[place];
    const away = coordinator !== null && !coordinator.works.works;
    if (away && !coordinator.works.silent) {
      this.ladders.failedInWork(row, this.context.paths.path(coordinator.works.causes, node.handlers[place].name, 'no transaction'));
      return false;
    }
    const index = this.free.pop() ?? this.slots.push(new Transaction(this.slots.length)) - 1;
    const transaction = this.slots[index];
    transaction.begin(this.count++, node, place, row);
    this.copies.transaction.set(row, index);
    coordinator?.count(1);
    transaction.timeout = this.context.sim.schedule(coordinator?.timeout ?? node.ladder!.timeout, this.onTimeout, index, Priority.work, transaction.pool.member.rank);
    // A coordinator that answers nothing is waited for.
    return !away;
  }

  /** The call has reached the destination, which takes part from now on. */
  join(row: number, request: number, target: RouteNode, place: number): void {
    const transaction = this.of(row);
    this.copies.transaction.set(request, transaction.index);
    transaction.work = request;
    transaction.target = target;
    transaction.targetPlace = place;
  }

  /** The worker heard that the work is done: it asks for the commit. */
  ask(row: number): void {
    const transaction = this.of(row);
    const { node, place } = transaction;
    transaction.state = TxState.preparing;
    const lane = this.laneOf(transaction);
    if (!lane.works) {
      this.abort(transaction, this.context.paths.path(lane.causes, node.handlers[place].name, 'put, not prepared'));
      return;
    }
    // A coordinator that has died since has forgotten it: nobody hears the question.
    if (!transaction.forgotten) this.take(transaction, transaction.coordinator?.prepare, node.shares!.terms[place].prepare);
  }

  /** The worker gives up: its attempt has failed. */
  leave(row: number, cause: CausePathId): void {
    const transaction = this.of(row);
    transaction.row = this.copies.transaction.set(row, NONE);
    this.abort(transaction, cause);
  }

  /** Nobody has promised anything: all that was done is undone. */
  abort(transaction: Transaction, cause: CausePathId): void {
    const { serial } = transaction;
    this.stopTimers(transaction);
    transaction.state = TxState.aborted;
    transaction.rowVerdict = transaction.workVerdict = Verdict.abort;
    transaction.cause = cause;
    if (transaction.work !== NONE) this.outcomes.tellWork(transaction);
    if (transaction.serial === serial && transaction.row !== NONE) this.outcomes.tellRow(transaction);
    if (transaction.serial === serial) this.end(transaction);
  }

  /** Tells the outcome to those who can hear it; who cannot hears it later. */
  tell(transaction: Transaction): void {
    const { serial } = transaction;
    if (transaction.state !== TxState.unknown && !transaction.coordinated) return;
    if (transaction.work !== NONE && transaction.workVerdict !== Verdict.open && canWork(transaction.target!, transaction.targetPlace)) this.outcomes.tellWork(transaction);
    if (transaction.serial !== serial) return;
    if (transaction.row !== NONE && transaction.rowVerdict !== Verdict.open && this.laneOf(transaction).works) this.outcomes.tellRow(transaction);
    if (transaction.serial === serial && transaction.row === NONE && transaction.work === NONE) this.end(transaction);
  }

  /** Something that it may have waited for has changed. */
  consider(transaction: Transaction): void {
    switch (transaction.state) {
      case TxState.preparing: {
        const { store } = this.laneOf(transaction);
        // What was not prepared does not survive its database.
        if (!store.works.works && !store.works.frozen) this.abort(transaction, this.context.paths.path(store.works.causes, store.component.name, 'put, not prepared'));
        else if (transaction.due && transaction.coordinated) this.stepDone(transaction);
        return;
      }
      case TxState.prepared:
        if (!transaction.coordinated) return;
        if (transaction.forgotten) this.presume(transaction);
        else if (transaction.due) this.stepDone(transaction);
        return;
      case TxState.committed:
      case TxState.aborted:
      case TxState.unknown:
        this.tell(transaction);
    }
  }

  /** No step is in hand any more. */
  stopStep(transaction: Transaction): void {
    if (transaction.step !== 0) this.context.sim.cancel(transaction.step);
    transaction.step = 0;
    transaction.due = false;
  }

  /** How many of this coordinator are in doubt now. */
  weighDoubt(coordinator: Coordinator): void {
    let count = 0;
    for (const one of this.slots) if (one.coordinator === coordinator && one.state >= TxState.prepared && (one.state === TxState.unknown || !one.coordinated)) count++;
    coordinator.setInDoubt(count);
  }

  private take(transaction: Transaction, duration: Distribution | undefined, draws: KeyedStream): void {
    const { copies } = this;
    const { node, row, work, pool } = transaction;
    const copy = row === NONE ? work : row;
    const time = duration === undefined || copy === NONE ? 0 : Math.round(duration.sample(draws.uniform(this.fates.records[node.flow].n[copies.slot[copy]], node.legs[0], copies.tries.get(copy))));
    if (time <= 0) this.stepDone(transaction);
    else transaction.step = this.context.sim.schedule(time, this.onStep, transaction.index, Priority.work, pool.member.rank);
  }

  private stepDone(transaction: Transaction): void {
    transaction.due = !transaction.coordinated;
    if (transaction.due) return;
    if (transaction.state === TxState.preparing) this.vote(transaction);
    else this.decide(transaction);
  }

  /** Both promise to do whatever the outcome will be. */
  private vote(transaction: Transaction): void {
    const { serial, node, place, target, work } = transaction;
    if (work === NONE || !canWork(target!, transaction.targetPlace) || !this.laneOf(transaction).works) {
      transaction.due = true;
      return;
    }
    transaction.state = TxState.prepared;
    this.stopTimers(transaction);
    const n = this.work.messageOf(work);
    this.work.announce('prepared', n, node, place);
    this.work.announce('prepared', n, target!, transaction.targetPlace);
    // The process of the coordinator may have ended with that step.
    if (transaction.serial !== serial || transaction.state !== TxState.prepared || transaction.forgotten) return;
    this.take(transaction, transaction.coordinator?.commit, node.shares!.terms[place].commit);
  }

  /** The commit record is written. */
  private decide(transaction: Transaction): void {
    const { serial, node, place, row, work } = transaction;
    transaction.state = TxState.committed;
    transaction.rowVerdict = transaction.workVerdict = Verdict.commit;
    const copy = row === NONE ? work : row;
    if (copy !== NONE) this.work.announce('committed', this.work.messageOf(copy), node, place);
    if (transaction.serial === serial) this.tell(transaction);
  }

  /** The coordinator is back and finds no commit record. */
  private presume(transaction: Transaction): void {
    transaction.state = TxState.aborted;
    transaction.rowVerdict = transaction.workVerdict = Verdict.abort;
    transaction.cause = this.context.paths.path(transaction.causes, transaction.coordinator!.member.name, 'prepared, not committed');
    this.tell(transaction);
  }

  private timedOut(transaction: Transaction): void {
    transaction.timeout = 0;
    const { row, target, targetPlace, node, coordinator } = transaction;
    const { causes: sets, paths } = this.context;
    let { causes } = transaction;
    for (const fn of [coordinator?.works, node.lane!.queue.works, this.laneOf(transaction).store.works, target === null ? null : hindrance(target, targetPlace)]) {
      if (fn !== undefined && fn !== null && !fn.works) causes = sets.union(causes, fn.causes);
    }
    const heard = row === NONE ? undefined : this.calls.silenceOf(row);
    this.abort(transaction, heard ?? paths.path(causes, (coordinator?.member ?? node.handlers[transaction.place]).name, 'transaction timed out'));
  }

  /** Where its row lies; the first of the lanes when the row is done with. */
  laneOf({ row, node }: Transaction): Lane {
    return row === NONE ? node.lane! : this.work.laneOf(row);
  }

  private stopTimers(transaction: Transaction): void {
    if (transaction.timeout !== 0) this.context.sim.cancel(transaction.timeout);
    transaction.timeout = 0;
    this.stopStep(transaction);
  }

  private end(transaction: Transaction): void {
    const { coordinator } = transaction;
    transaction.state = TxState.free;
    transaction.serial = -1;
    this.free.push(transaction.index);
    coordinator?.count(-1);
    if (coordinator?.doubtful === true) this.weighDoubt(coordinator);
  }
}
