/**
 * Messages that nobody can lock, such as files on an FTP server: each member that looks while one is there takes a copy of it.
 *
 * Who is done first deletes the message; what others have begun with by then goes on, and its effect is a duplicate. What they have
 * only listed is no longer there when they come to it. Not here: when a member looks (`queue.ts`), messages under a lock (`leases.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Outcome } from './calls.js';
import { CopyState, NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import type { Work } from './work.js';

/** Who has a copy of one message in hand, and which. */
interface Hands { readonly generation: number; readonly copies: Map<Pool, number> }

export class Unlocked {
  private readonly hands = new Map<number, Hands>();

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly work: Work, private readonly pools: readonly Pool[]) {}

  /** A member has a copy of the message now. */
  taken(row: number, delivery: number, pool: Pool): void {
    const { copies } = this;
    copies.caller.set(delivery, row);
    copies.callerGeneration.set(delivery, copies.generation.get(row));
    let hands = this.of(row);
    if (hands === undefined) {
      const { queue } = this.work.laneOf(row);
      queue.has = (copy, one) => this.of(copy)?.copies.has(one) === true;
      hands = { generation: copies.generation.get(row), copies: new Map() };
      this.hands.set(row, hands);
    }
    hands.copies.set(pool, delivery);
  }

  /** What a member made of its copy. False: this was no such copy, or its message is gone already. */
  heard(delivery: number, outcome: Outcome): boolean {
    return this.hands.size > 0 && this.hears(delivery, outcome);
  }

  private hears(delivery: number, outcome: Outcome): boolean {
    const { copies } = this;
    const row = copies.caller.get(delivery);
    if (row === NONE || copies.state[row] !== CopyState.ready || copies.generation.get(row) !== copies.callerGeneration.get(delivery)) return false;
    const hands = this.of(row);
    const pool = this.pools[copies.pool.get(delivery)];
    if (hands?.copies.get(pool) !== delivery) return false;
    hands.copies.delete(pool);
    copies.caller.set(delivery, NONE);
    const lane = this.work.laneOf(row);
    if (outcome === 'accepted' && lane.works) {
      this.gone(row);
      lane.queue.remove(lane, row);
      this.fates.end(row, 'done', 0);
      return true;
    }
    // It cannot be deleted now: whoever looks next takes it again.
    if (outcome === 'accepted') this.fates.doubt(this.work.nodeOf(row), copies.slot[row], this.context.paths.path(lane.causes, lane.buffer!.component.name, 'put, not settled'));
    lane.shared!.freed(row, pool);
    lane.queue.arm();
    return true;
  }

  /** The message is no longer there: who has only listed it finds nothing, who has begun goes on. */
  gone(row: number): void {
    const { copies } = this;
    const hands = this.of(row);
    this.hands.delete(row);
    let others = false;
    for (const [pool, delivery] of hands?.copies ?? []) {
      copies.caller.set(delivery, NONE);
      if (copies.state[delivery] !== CopyState.waiting) {
        others = true;
        continue;
      }
      pool.waiting.remove(delivery);
      copies.pool.set(delivery, NONE);
      this.work.tellWaiting(pool);
      this.fates.end(delivery, 'done', 0);
    }
    if (others) {
      const node = this.work.nodeOf(row);
      this.fates.doubt(node, copies.slot[row], this.context.paths.path(NO_CAUSE, node.component.name, 'taken by several'));
    }
  }

  private of(row: number): Hands | undefined {
    const hands = this.hands.get(row);
    return hands?.generation === this.copies.generation.get(row) ? hands : undefined;
  }
}
