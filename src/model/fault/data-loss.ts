/**
 * What loses its data when a component loses its own: those whose functions keep their data on it, however indirectly.
 *
 * Read off the needs that are declared to carry data. Not here: what becomes of messages (`hop/breakage.ts`) and transactions.
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member } from '../world.js';

/** Of stores, of workers, of logs: of whatever belongs to a component and ends with its data. */
export class DataLoss<Kept extends { readonly component: Component }> {
  private readonly under = new Map<Kept, ReadonlySet<Member>>();

  /** @param carriers for a function, the functions that carry its data */
  constructor(kept: readonly Kept[], carriers: ReadonlyMap<FunctionNode, readonly FunctionNode[]>) {
    for (const one of kept) {
      const seen = new Set<FunctionNode>();
      const open = one.component.members.flatMap((member) => [...member.functions.values()]);
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        if (seen.has(node)) continue;
        seen.add(node);
        open.push(...(carriers.get(node) ?? []));
      }
      this.under.set(one, new Set([...seen].map((node) => node.member)));
    }
  }

  on(member: Member): readonly Kept[] {
    return [...this.under].filter(([, members]) => members.has(member)).map(([one]) => one);
  }
}
