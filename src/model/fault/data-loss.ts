/**
 * What loses its data when a component loses its own: those whose functions keep their data on it now, however indirectly.
 *
 * Read off the needs that are declared to carry data; where a role decides who carries it, only its holder counts.
 * Not here: what becomes of messages (`hop/breakage.ts`) and transactions.
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { ProviderNodes } from '../graph/need.js';
import type { Component, Member } from '../world.js';

/** For a function, the functions that carry its data now. */
export type Carriers = ReadonlyMap<FunctionNode, readonly ProviderNodes[]>;

/** Of stores, of workers, of logs: of whatever belongs to a component and ends with its data. */
export class DataLoss<Kept extends { readonly component: Component }> {
  constructor(private readonly kept: readonly Kept[], private readonly carriers: Carriers) {}

  on(member: Member): readonly Kept[] {
    return this.kept.filter((one) => this.carries(member, one.component.members.flatMap((each) => [...each.functions.values()])));
  }

  /** Whether the data of one of these functions lies on the member. */
  carries(member: Member, functions: readonly FunctionNode[]): boolean {
    const seen = new Set<FunctionNode>();
    const open = [...functions];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      if (node.member === member) return true;
      seen.add(node);
      for (const now of this.carriers.get(node) ?? []) open.push(...now());
    }
    return false;
  }
}
