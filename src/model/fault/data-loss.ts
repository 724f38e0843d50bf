/**
 * Which stores lose their messages when a component loses its data: those whose functions keep their data on it, however indirectly.
 *
 * Read off the needs that are declared to carry data. Not here: what becomes of the messages (`hop/breakage.ts`).
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { Store } from '../hop/store.js';
import type { Member } from '../world.js';

export class DataLoss {
  private readonly under = new Map<Store, ReadonlySet<Member>>();

  /** @param carriers for a function, the functions that carry its data */
  constructor(stores: readonly Store[], carriers: ReadonlyMap<FunctionNode, readonly FunctionNode[]>) {
    for (const store of stores) {
      const seen = new Set<FunctionNode>();
      const open = store.component.members.flatMap((member) => [...member.functions.values()]);
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        if (seen.has(node)) continue;
        seen.add(node);
        open.push(...(carriers.get(node) ?? []));
      }
      this.under.set(store, new Set([...seen].map((node) => node.member)));
    }
  }

  storesOn(member: Member): readonly Store[] {
    return [...this.under].filter(([, members]) => members.has(member)).map(([store]) => store);
  }
}
