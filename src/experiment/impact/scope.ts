/** How wide a scope is, for comparing two. Not here: what the scope of a fault is (`../measures/blast.ts`). */
import type { Cell } from '../result.js';

/** From nothing to all; those that do not hold each other are equals. */
const SCOPES: readonly (readonly Cell[])[] = [[null], ['component'], ['server'], ['group', 'namespace'], ['datacenter'], ['system']];

/** 0: nothing was down. */
export function widthOf(scope: Cell): number {
  return SCOPES.findIndex((level) => level.includes(scope));
}
