/** What a queue and its workers listen to: who may take now, whether their stores are there, whether the jobs run. Not here: what they do then. */
import type { Breakage } from './breakage.js';
import type { WorkQueue } from './queue.js';

export function listenFor(queue: WorkQueue, breakage: Breakage): void {
  const { stores } = queue.set;
  const functions = new Set([queue.works, ...queue.lanes.flatMap((lane) => [lane.gate, ...(lane.name === null ? [] : [lane.name.works])]), ...stores.map(({ works }) => works), ...queue.lanes.flatMap((lane) => lane.node.workable.flat())]);
  for (const fn of functions) fn.listeners.push(() => queue.arm());
  for (const store of stores) store.works.listeners.push(() => { for (const pool of queue.pools) breakage.storeChanged(pool, store); });
  for (const jobs of new Set(queue.pools.flatMap((pool) => pool.polling!.cleanup?.jobs ?? []))) jobs.listeners.push(() => { for (const pool of queue.pools) breakage.planSweep(pool); });
}
