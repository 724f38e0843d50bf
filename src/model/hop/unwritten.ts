/** Ends what came to lie somewhere after an instant: what a cache had not written yet, what a second copy had not heard of. Not here: when that is so. */
import type { Context } from '../context.js';
import type { CausePathId } from '../ledger.js';
import { CopyState } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Lane } from './lane.js';
import type { Leases } from './leases.js';

export interface StoredParts { readonly copies: Copies; readonly fates: Fates; readonly leases: Leases }

/** @param since µs; what came at that instant stays */
export function endSince(lanes: readonly Lane[], since: number, cause: CausePathId, context: Context, parts: StoredParts): void {
  for (const lane of lanes) {
    for (const row of [lane.ready, lane.due, lane.locked, lane.suspended].flatMap((chain) => chain.toArray())) {
      if (parts.copies.readyAt[row] <= since) continue;
      takeOut(row, lane, context, parts);
      parts.fates.end(row, 'gone', cause);
    }
    lane.queue.tell();
  }
}

function takeOut(row: number, lane: Lane, context: Context, { copies, leases }: StoredParts): void {
  switch (copies.state[row]) {
    case CopyState.ready:
      lane.queue.remove(lane, row);
      return;
    case CopyState.locked:
      leases.forget(row, lane);
      return;
    case CopyState.suspended:
      lane.suspended.remove(row);
      return;
    default:
      context.sim.cancel(copies.timer.get(row));
      lane.due.remove(row);
  }
}
