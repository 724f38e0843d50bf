/** Whether a copy is in the hands, or in the store, of something that is down. Not here: what a transaction holds (`transaction/`). */
import { CopyState, NONE } from './copies.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import type { Work } from './work.js';

export function liesInSomethingDown(copy: number, work: Work, { copies }: Fates, pools: readonly Pool[]): boolean {
  const pool = copies.pool.get(copy) === NONE ? null : pools[copies.pool.get(copy)];
  if (pool !== null && !pool.works.works) return true;
  return copies.state[copy] !== CopyState.source && work.nodeOf(copy).lane !== null && !work.laneOf(copy).store.works.works;
}
