/** What the messages of a flow cost the servers of the stores that they are put into. Not here: what a server makes of it (`hop/store-load.ts`). */
import type { RouteNode } from '../hop/route.js';
import type { Store } from '../hop/store.js';
import type { Instance, StoreLoad } from '../hop/store-load.js';

/** Operations that one message costs each instance on its way through these nodes, on average. */
export function operationsPerMessage(load: StoreLoad, nodes: readonly RouteNode[]): ReadonlyMap<Instance, number> {
  const all = new Map<Instance, number>();
  const add = (store: Store, operations: number): void => {
    const instance = load.instanceOf(store);
    if (instance !== null) all.set(instance, (all.get(instance) ?? 0) + operations);
  };
  for (const { lane } of nodes.filter(({ output, buffer }) => output === 'publish' && buffer === null).flatMap(({ next }) => next)) {
    const { set } = lane!.queue;
    const there = set.takers;
    for (const place of there) {
      add(set.stores[place], 1 / there.length);
      if (place > 0) add(set.stores[0], set.routing / there.length);
    }
  }
  return all;
}
