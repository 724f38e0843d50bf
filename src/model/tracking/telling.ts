/**
 * What is told of the moving of rows: how many each member has moved, how busy it is, how many wait. For the ledgers only.
 *
 * A member has as many hands as it owns sessions, and each is busy while it has a batch. Where messages of a route pass the same workers,
 * their work is what is told (`hop/work.ts`). Not here: the moving (`mover.ts`).
 */
import type { Context } from '../context.js';
import { tell } from '../gauges.js';
import type { Pool } from '../hop/pool.js';
import type { Sessions } from '../hop/sessions.js';

export class Telling {
  private readonly moved = new Map<Pool, number>();
  private readonly inHand = new Map<Pool, number>();
  /** Nothing else passes its workers. */
  private readonly alone: boolean;

  constructor(private readonly context: Context, private readonly sessions: Sessions) {
    this.alone = sessions.all.every(({ lane }) => lane === null);
    sessions.listeners.push(() => { for (const { pool } of sessions.component.members) this.busy(pool!, 0); });
  }

  /** A member takes a batch. */
  began(by: Pool): void {
    this.busy(by, 1);
  }

  /** It has the batch no more, moved or not. */
  ended(by: Pool): void {
    this.busy(by, -1);
  }

  /** The batch is where it belongs. */
  arrived(rows: number, by: Pool): void {
    const { context, alone } = this;
    const sum = (this.moved.get(by) ?? 0) + rows;
    this.moved.set(by, sum);
    if (by.component.kind.gauges?.moved !== undefined) tell(context, by.member, 'moved', sum);
    if (alone) for (const reader of context.ledger.to.worked) reader.worked(context.sim.now, by.member.index, false);
  }

  /** So many rows wait, all sessions together. */
  waiting(rows: number): void {
    const { context, alone, sessions } = this;
    if (alone) for (const reader of context.ledger.to.queued) reader.queued(context.sim.now, sessions.component.index, rows);
  }

  private busy(by: Pool, change: number): void {
    const { context, alone, sessions } = this;
    const busy = (this.inHand.get(by) ?? 0) + change;
    this.inHand.set(by, busy);
    if (!alone) return;
    const hands = sessions.all.reduce((count, { holder }) => count + Number(holder === by), 0);
    for (const reader of context.ledger.to.busy) reader.busy(context.sim.now, by.member.index, busy, hands);
  }
}
