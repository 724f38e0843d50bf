/**
 * Batches: what a member began with at one instant is published in one transaction, all of it or nothing.
 *
 * Each waits, with its worker, until all of its batch are ready to be put; one that fails makes all of them fail. The next batch begins
 * when nothing of this one is in hand any more. Not here: the transaction (`publisher.ts`), which hops have batches (`HopDeclaration`).
 */
import type { Context } from '../context.js';
import type { CausePathId } from '../ledger.js';
import type { Calls } from './calls.js';
import { NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import type { Work } from './work.js';

interface Batch { readonly begun: number; readonly copies: Set<number>; readonly ready: Set<number> }

export class Batches {
  /** Those that are still worked on. */
  private readonly open = new Map<Pool, Batch>();

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls, private readonly work: Work) {}

  /** Whether the member may begin with one more message now. */
  admits(pool: Pool): boolean {
    if (!pool.together || pool.busy === 0) return true;
    const batch = this.open.get(pool);
    return batch?.begun === this.context.sim.now && batch.ready.size === 0;
  }

  /** The member has begun with it. */
  begin(copy: number, pool: Pool): void {
    if (pool.together) this.join(copy, pool);
  }

  private join(copy: number, pool: Pool): void {
    let batch = this.open.get(pool);
    if (batch === undefined || pool.busy === 1) this.open.set(pool, (batch = { begun: this.context.sim.now, copies: new Set(), ready: new Set() }));
    batch.copies.add(copy);
  }

  /** It can be put: the whole batch, in the order of its beginning, if it was the last of it; else it waits. */
  gather(copy: number, pool: Pool): readonly number[] | null {
    const batch = this.open.get(pool)!;
    batch.ready.add(copy);
    this.copies.phase[copy] = Phase.gathered;
    if (batch.ready.size < batch.copies.size) return null;
    // A process that stands still before the transaction is committed tries all of it again.
    batch.ready.clear();
    for (const one of batch.copies) this.copies.phase[one] = Phase.worked;
    return [...batch.copies];
  }

  /** Its work failed: whoever waits for it is told, and so it is for all of its batch. */
  refuse(copy: number, pool: Pool, cause: CausePathId): void {
    const batch = this.open.get(pool)?.copies ?? [copy];
    this.close(pool);
    for (const one of batch) {
      const generation = this.copies.generation.get(one);
      if (this.copies.timer.get(one) !== 0) this.context.sim.cancel(this.copies.timer.get(one));
      this.copies.timer.set(one, 0);
      this.calls.answer(one, 'refused', cause);
      if (this.copies.generation.get(one) !== generation) continue; // Its caller has left the transaction, and that has undone the work.
      this.work.free(one, pool);
      this.fates.end(one, 'gone', cause);
    }
  }

  /** Nothing more joins it, and nothing waits for it: it is published, or its process has ended. */
  close(pool: Pool): void {
    this.open.delete(pool);
  }

  /** Whether these are still in the hands of the member that works. */
  inHand(copy: number, generation: number, pool: Pool): boolean {
    const { copies } = this;
    return copies.generation.get(copy) === generation && copies.pool.get(copy) === pool.index && copies.pool.get(copy) !== NONE && !pool.frozen;
  }
}
