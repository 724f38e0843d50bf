/**
 * Moves the rows of one session: its owner takes a batch, brings it to its database and deletes it here, in one transaction.
 *
 * Whatever ends the work on a batch (the owner is gone or owns it no more, the source, the database or the network between is away, the database is full)
 * leaves all its rows where they are: so none is lost and none is moved twice. After a full batch the next one follows at once; who found
 * less looks again at the next instant of his grid. Looks that find nothing are no events. Not here: who is the owner (`hop/sessions.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { gridAtOrAfter } from '../hop/pool.js';
import type { Pool } from '../hop/pool.js';
import type { Session } from '../hop/session.js';
import type { Destination } from './destination.js';
import type { Telling } from './telling.js';

/** Times in µs. */
export interface MoverTerms {
  /** Rows in one transaction at most. */
  readonly batch: number;
  /** Between two looks. */
  readonly look: number;
  readonly phase: number;
}

const SECOND = 1_000_000;

export class Mover {
  /** Rows that wait, those in hand included. */
  private waiting = 0;
  private inHand = 0;
  /** Who works on a batch; null: nobody. */
  private taker: Pool | null = null;
  /** The end of a batch, or the next look; 0: neither. */
  private timer = 0;

  constructor(
    private readonly context: Context, private readonly session: Session, private readonly terms: MoverTerms, private readonly onMoved: (rows: number) => void,
    private readonly telling: Telling,
    /** Null: its database counts nothing. */
    private readonly destination: Destination | null,
  ) {
    destination?.watch(this.rethink);
  }

  write(rows: number): void {
    this.waiting += rows;
    if (this.timer === 0) this.plan();
  }

  /** All rows are gone. */
  forget(): void {
    this.cancel();
    this.waiting = 0;
  }

  /** Who owns it, or what can be reached, may have changed. */
  readonly rethink = (): void => {
    if (this.taker !== null && this.able() === this.taker) return;
    this.cancel();
    this.plan();
  };

  /** Who can move a row now; null: nobody. */
  private able(): Pool | null {
    const { holder, store } = this.session;
    return holder !== null && this.destination?.full !== true && holder.works.works && store.works.works && this.session.allows(holder) ? holder : null;
  }

  private plan(): void {
    if (this.waiting === 0) return;
    const pool = this.able();
    if (pool === null) return;
    const { sim } = this.context;
    this.timer = sim.scheduleAt(gridAtOrAfter(sim.now, this.terms.look, this.terms.phase), () => this.begin(pool), 0, Priority.poll, pool.member.rank);
  }

  private begin(pool: Pool): void {
    this.taker = pool;
    this.telling.began(pool);
    this.inHand = Math.min(this.waiting, this.terms.batch);
    this.timer = this.context.sim.schedule(Math.round((this.inHand * SECOND) / this.session.ratePerSecond), () => this.commit(pool), 0, Priority.work, pool.member.rank);
  }

  private commit(pool: Pool): void {
    const rows = this.inHand;
    this.release();
    this.waiting -= rows;
    this.onMoved(rows);
    this.destination?.take(rows);
    this.telling.arrived(rows, pool);
    if (rows === this.terms.batch && this.waiting > 0 && this.able() === pool) this.begin(pool);
    else this.plan();
  }

  private cancel(): void {
    if (this.timer !== 0) this.context.sim.cancel(this.timer);
    this.release();
  }

  private release(): void {
    const { taker } = this;
    this.timer = 0;
    this.taker = null;
    this.inHand = 0;
    if (taker !== null) this.telling.ended(taker);
  }
}
