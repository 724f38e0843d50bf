/** The transitions that lead out of a state, in the order of the table: sorted out once per table, since every event asks for them. */
import type { LifecycleTable, TransitionDeclaration } from '../kind.js';

const known = new WeakMap<LifecycleTable, ReadonlyMap<string, readonly TransitionDeclaration[]>>();

export function outgoing(table: LifecycleTable, state: string): readonly TransitionDeclaration[] {
  let byState = known.get(table);
  if (byState === undefined) {
    byState = new Map(Object.keys(table.states).map((name) => [name, table.transitions.filter(({ from }) => [from].flat().includes(name))]));
    known.set(table, byState);
  }
  return byState.get(state)!;
}
