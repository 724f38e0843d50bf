/**
 * What loses its data when a component loses its own: those whose functions keep their data on it now, however indirectly.
 *
 * Read off the needs that are declared to carry data; where a role decides who carries it, only its holder counts. Data of which every
 * server keeps a copy is lost with the last complete copy (`data-copies.ts`). Not here: what becomes of messages (`hop/breakage.ts`)
 * and transactions.
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { ProviderNodes } from '../graph/need.js';
import type { Component, Member } from '../world.js';

/** For a function, the functions that carry its data now. */
export type Carriers = ReadonlyMap<FunctionNode, readonly ProviderNodes[]>;

/** Of stores, of workers, of logs: of whatever belongs to a component and ends with its data. */
export class DataLoss<Kept extends { readonly component: Component; /** Null: of the whole component. */ readonly member?: Member | null }> {
  constructor(private readonly kept: readonly Kept[], private readonly carriers: Carriers) {}

  /** @param gone components that lost all copies of their data with this member */
  on(member: Member, gone: ReadonlySet<Component>): readonly Kept[] {
    return this.kept.filter((one) => this.carries(member, one.member === undefined || one.member === null ? functionsOf(one.component) : [...one.member.functions.values()], gone));
  }

  /** Whether the data of one of these functions lies on the member, or on what lost all copies with it. */
  carries(member: Member, functions: readonly FunctionNode[], gone: ReadonlySet<Component>): boolean {
    const under = carrying(functions, this.carriers);
    return under.has(member) || (gone.size > 0 && [...under].some(({ component }) => gone.has(component)));
  }
}

export const functionsOf = (component: Component): readonly FunctionNode[] => component.members.flatMap((member) => [...member.functions.values()]);

/** The members of these functions, and all that carries their data now. */
export function carrying(nodes: readonly FunctionNode[], carriers: Carriers): ReadonlySet<Member> {
  const seen = new Set<FunctionNode>();
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const now of carriers.get(node) ?? []) open.push(...now());
  }
  return new Set([...seen].map((node) => node.member));
}
