/**
 * One function of one member: does it work now, and if not, which faults are behind it and how deep does the failure go.
 *
 * It is computed, never set: by the state of its life cycle and by its needs. Not here: when it is computed (`graph.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Depth } from '../kind.js';
import type { CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';
import type { Need } from './need.js';

export const DEPTHS: readonly Depth[] = ['function', 'process', 'host'];
export const deeper = (a: Depth, b: Depth): Depth => (DEPTHS.indexOf(a) >= DEPTHS.indexOf(b) ? a : b);

export class FunctionNode {
  works = true;
  causes: CauseSetId = NO_CAUSE;
  /** While it does not work: it, or what carries it, stands still and may go on where it was. */
  frozen = false;
  /** All needs that must always be met are met, whatever its own life cycle says. */
  needsMet = true;
  /** While it does not work: what a detector could see of it. */
  depth: Depth = 'function';
  /** While it does not work: callers hear nothing, instead of a refusal. */
  silent = false;
  /** While it does not work: it was shut down in order. */
  clean = false;
  readonly needs: Need[] = [];
  /** The same needs, those last that work on a copy: it can be taken only when all else is there. */
  inOrder: readonly Need[] = [];
  /** Functions with a need that this one serves. */
  readonly dependents: FunctionNode[] = [];
  /** Called after a change, when the whole graph has settled. */
  readonly listeners: (() => void)[] = [];
  /** Providers have lower levels. */
  level = 0;
  dirty = false;
  changed = false;

  constructor(readonly index: number, readonly name: string, readonly member: Member) {}
}
