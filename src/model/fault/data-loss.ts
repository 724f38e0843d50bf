/**
 * What loses its data when a component loses its own: those whose functions keep their data on it, however indirectly.
 *
 * Read off the needs that are declared to carry data. Data of which every server keeps a copy is lost with the last complete copy
 * (`data-copies.ts`). Not here: what becomes of messages (`hop/breakage.ts`) and transactions.
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member } from '../world.js';

/** For a function, the functions that carry its data. */
export type Carriers = ReadonlyMap<FunctionNode, readonly FunctionNode[]>;

/** Of stores, of workers, of logs: of whatever belongs to a component and ends with its data. */
export class DataLoss<Kept extends { readonly component: Component }> {
  private readonly under = new Map<Kept, ReadonlySet<Member>>();

  constructor(kept: readonly Kept[], carriers: Carriers) {
    for (const one of kept) this.under.set(one, carrying(functionsOf(one.component), carriers));
  }

  /** @param gone components that lost all copies of their data with this member */
  on(member: Member, gone: ReadonlySet<Component>): readonly Kept[] {
    return [...this.under].filter(([, members]) => members.has(member) || (gone.size > 0 && [...members].some(({ component }) => gone.has(component)))).map(([one]) => one);
  }
}

export const functionsOf = (component: Component): readonly FunctionNode[] => component.members.flatMap((member) => [...member.functions.values()]);

/** The members of these functions, and all that carries their data. */
export function carrying(nodes: readonly FunctionNode[], carriers: Carriers): ReadonlySet<Member> {
  const seen = new Set<FunctionNode>();
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...(carriers.get(node) ?? []));
  }
  return new Set([...seen].map((node) => node.member));
}
