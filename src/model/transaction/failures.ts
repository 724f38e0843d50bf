/**
 * What failures do to transactions: a worker, a destination, a store or a coordinator ends, or its data is gone.
 *
 * Who has not voted yet is undone with his process. Who has voted keeps his part until he hears the outcome, whatever becomes of the
 * process that worked on it. Not here: the protocol when all goes well (`transactions.ts`).
 */
import type { Context } from '../context.js';
import type { Calls } from '../hop/calls.js';
import { CopyState, NONE, Phase } from '../hop/copies.js';
import type { Copies } from '../hop/copies.js';
import type { Fates } from '../hop/fates.js';
import type { Ladders } from '../hop/ladder.js';
import type { Pool } from '../hop/pool.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { Coordinator } from './coordinator.js';
import { TxState, Verdict } from './transaction.js';
import type { Transaction } from './transaction.js';
import type { Transactions } from './transactions.js';

export class TransactionFailures {
  /** Somebody has to say what becomes of transactions that nobody knows about any more. */
  onUnknown: (coordinator: Coordinator) => void = () => undefined;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates,
    private readonly calls: Calls, private readonly ladders: Ladders, private readonly transactions: Transactions,
  ) {}

  /** The process that has this copy in hand ended. True: the copy is kept by its transaction; false: it goes the way of all others. */
  broken(copy: number, pool: Pool, released: boolean, causes: CauseSetId): boolean {
    const transaction = this.transactions.of(copy);
    return transaction.row === copy ? this.senderGone(transaction, pool, released, causes) : this.workerGone(transaction, pool, causes);
  }

  /** The row is gone with its store. */
  rowGone(copy: number, cause: CausePathId): void {
    const transaction = this.transactions.of(copy);
    transaction.row = this.copies.transaction.set(copy, NONE);
    transaction.cause = cause;
    if (transaction.open) this.transactions.abort(transaction, cause);
    else this.transactions.tell(transaction);
  }

  /** The data of a destination is gone, and what it had promised with it. */
  workWiped(pool: Pool, causes: CauseSetId): void {
    const cause = this.context.paths.path(causes, pool.member.name, 'prepared, data gone');
    for (const copy of pool.held.toArray()) {
      const transaction = this.transactions.of(copy);
      transaction.work = this.copies.transaction.set(copy, NONE);
      transaction.cause = cause;
      pool.held.remove(copy);
      this.fates.end(copy, 'gone', cause);
      this.transactions.tell(transaction);
    }
  }

  /** The process of a coordinator ended, in order (`clean`: it tells those it can) or not. What it had written it finds again. */
  coordinatorEnded(coordinator: Coordinator, clean: boolean, causes: CauseSetId): void {
    for (const transaction of this.of(coordinator)) {
      transaction.causes = this.context.causes.union(transaction.causes, causes);
      if (transaction.open && clean) {
        this.transactions.abort(transaction, this.context.paths.path(causes, coordinator.member.name, 'not prepared'));
      } else if (transaction.state <= TxState.prepared) {
        transaction.forgotten = true;
        this.transactions.stopStep(transaction);
      }
    }
  }

  /** The log of a coordinator is gone: it will never know. Each participant goes by its own setting, or waits for a person. */
  logLost(coordinator: Coordinator, causes: CauseSetId): void {
    let open = false;
    for (const transaction of this.of(coordinator)) {
      if (transaction.open || transaction.state === TxState.unknown) continue;
      transaction.state = TxState.unknown;
      this.transactions.stopStep(transaction);
      transaction.cause = this.context.paths.path(causes, coordinator.member.name, 'in doubt, log gone');
      transaction.rowVerdict = transaction.node.shares!.presumes;
      transaction.workVerdict = transaction.target!.enlisted!.presumes;
      open ||= isOpen(transaction);
      this.transactions.tell(transaction);
    }
    this.transactions.weighDoubt(coordinator);
    if (open) this.onUnknown(coordinator);
  }

  /** A person ends what nobody else can: what was not settled by a setting is aborted. */
  resolve(coordinator: Coordinator): void {
    for (const transaction of this.of(coordinator)) {
      if (transaction.state !== TxState.unknown) continue;
      if (transaction.rowVerdict === Verdict.open) transaction.rowVerdict = Verdict.abort;
      if (transaction.workVerdict === Verdict.open) transaction.workVerdict = Verdict.abort;
      this.transactions.tell(transaction);
    }
  }

  /** A function that transactions depend on has changed. */
  look(): void {
    for (const transaction of this.transactions.live()) this.transactions.consider(transaction);
  }

  coordinatorChanged(coordinator: Coordinator): void {
    this.look();
    this.transactions.weighDoubt(coordinator);
  }

  /** Whether nobody can tell this copy its outcome now. */
  stranded(copy: number): boolean {
    const transaction = this.transactions.of(copy);
    return !transaction.coordinated || transaction.state === TxState.unknown;
  }

  private of(coordinator: Coordinator): Transaction[] {
    return this.transactions.live().filter((one) => one.coordinator === coordinator);
  }

  /** Before it asked, its transaction ends with it. After that the transaction goes on without it. */
  private senderGone(transaction: Transaction, pool: Pool, released: boolean, causes: CauseSetId): boolean {
    const { copies } = this;
    const { row, node, place } = transaction;
    if (transaction.state !== TxState.active) {
      this.calls.stopWaiting(row);
      this.ladders.miss(row, pool);
      pool.inHand.remove(row);
      pool.busy--;
      copies.state[row] = CopyState.transaction;
      copies.pool.set(row, NONE);
      this.transactions.laneOf(transaction).held.push(row);
      transaction.former = released ? null : pool;
      return true;
    }
    transaction.row = copies.transaction.set(row, NONE);
    this.calls.stopWaiting(row);
    const silent = pool.works.silent || pool.member.life.silent;
    transaction.causes = this.context.causes.union(transaction.causes, causes);
    // Nobody is left to tell the destination: it waits for the timeout.
    if (silent && !transaction.coordinated && transaction.work !== NONE) transaction.forgotten = true;
    else this.transactions.abort(transaction, this.context.paths.path(causes, node.handlers[place].name, 'transaction broken off'));
    return false;
  }

  /** What was not prepared is undone with the process; what was prepared outlives it. */
  private workerGone(transaction: Transaction, pool: Pool, causes: CauseSetId): boolean {
    const { copies } = this;
    const { work, target, targetPlace } = transaction;
    if (!transaction.open) {
      pool.inHand.remove(work);
      pool.busy--;
      copies.state[work] = CopyState.transaction;
      pool.held.push(work);
      return true;
    }
    transaction.work = copies.transaction.set(work, NONE);
    transaction.causes = this.context.causes.union(transaction.causes, causes);
    // Its caller was told that the work is done; now the coordinator hears that it is not, or waits for a vote in vain.
    const heard = copies.phase[work] === Phase.pending && !(pool.works.silent || pool.member.life.silent);
    if (heard || transaction.row === NONE) {
      this.transactions.abort(transaction, this.context.paths.path(causes, target!.handlers[targetPlace].name, 'not prepared'));
    }
    return false;
  }
}

const isOpen = (transaction: Transaction): boolean =>
  (transaction.row !== NONE && transaction.rowVerdict === Verdict.open) || (transaction.work !== NONE && transaction.workVerdict === Verdict.open);
