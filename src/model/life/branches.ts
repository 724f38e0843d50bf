/** Which branches of a transition are open now. Not here: the draw among them. */
import type { Branch, Guard } from '../kind.js';

/** Those with a probability, and the one that is taken when none of them is; a certain one closes what is written behind it. */
export function openBranches(branches: readonly Branch[], holds: (guard: Guard | undefined) => boolean): { readonly possible: readonly Branch[]; readonly certain: Branch | null } {
  const possible: Branch[] = [];
  for (const branch of branches) {
    if (!holds(branch.when)) continue;
    if (branch.probability === undefined) return { possible, certain: branch };
    possible.push(branch);
  }
  return { possible, certain: null };
}
