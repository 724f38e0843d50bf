/**
 * How the two participants of a transaction learn its outcome: the work has its effect or is undone, the row is deleted or goes back.
 *
 * Not here: when the outcome is known and to whom it can be told (`transactions.ts`).
 */
import type { Context } from '../context.js';
import type { Breakage } from '../hop/breakage.js';
import type { Calls } from '../hop/calls.js';
import { CopyState, NONE, Phase } from '../hop/copies.js';
import type { Copies } from '../hop/copies.js';
import type { Fates } from '../hop/fates.js';
import type { Ladders } from '../hop/ladder.js';
import type { Pool } from '../hop/pool.js';
import type { Work } from '../hop/work.js';
import { TxState, Verdict } from './transaction.js';
import type { Transaction } from './transaction.js';

export class Outcomes {
  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly ladders: Ladders, private readonly breakage: Breakage, private readonly pools: readonly Pool[],
  ) {}

  /** The destination hears the outcome: the effect happens, or the work is undone. */
  tellWork(transaction: Transaction): void {
    const { copies, work } = this;
    const { work: request, target, targetPlace: place, cause } = transaction;
    const node = target!;
    const commit = transaction.workVerdict === Verdict.commit;
    transaction.work = copies.transaction.set(request, NONE);
    if (commit) work.recognition.haveEffect(request, node, place);
    this.release(request);
    const n = work.messageOf(request);
    this.fates.end(request, commit ? 'done' : 'gone', commit ? 0 : cause);
    if (!commit) return;
    work.announce('committed', n, node, place);
    work.announce('settled', n, node, place);
  }

  /** The store hears the outcome: the message is deleted, or it is where it was. */
  tellRow(transaction: Transaction): void {
    const { copies, work } = this;
    const { row, node, place, cause, former } = transaction;
    const inHand = copies.state[row] !== CopyState.transaction;
    transaction.row = copies.transaction.set(row, NONE);
    this.calls.stopWaiting(row);
    if (transaction.rowVerdict === Verdict.commit) {
      if (inHand) work.free(row, transaction.pool);
      else work.laneOf(row).held.remove(row);
      const n = work.messageOf(row);
      this.fates.end(row, 'done', cause);
      work.announce('settled', n, node, place);
      return;
    }
    // Somebody decided without knowing: the destination may have done it.
    if (transaction.state === TxState.unknown) this.fates.doubt(node, copies.slot[row], cause);
    if (inHand) {
      copies.phase[row] = Phase.worked;
      this.ladders.outcome(row, 'unknown', cause);
      return;
    }
    work.laneOf(row).held.remove(row);
    if (former === null || former.works.works) work.giveBack(row);
    else {
      // Outside the transaction it is still locked by the instance that had taken it.
      work.orphan(row, former);
      this.breakage.planSweep(former);
    }
  }

  /** Out of the hands, the line or the hold that it is in at the destination. */
  private release(request: number): void {
    const { copies, work } = this;
    const pool = this.pools[copies.pool.get(request)];
    switch (copies.state[request]) {
      case CopyState.transaction:
        pool.held.remove(request);
        return;
      case CopyState.waiting:
        pool.waiting.remove(request);
        work.tellWaiting(pool);
        return;
      default:
        if (copies.timer.get(request) !== 0) this.context.sim.cancel(copies.timer.get(request));
        copies.timer.set(request, 0);
        work.free(request, pool);
    }
  }
}
