/**
 * A role that one server holds at a time: which ones may, which one does.
 *
 * Not here: when it moves (the life cycle says so) and what needs it (`graph/resolve.ts`).
 */
import { NO_CAUSE } from './causes.js';
import type { FunctionNode } from './graph/function-node.js';
import type { CauseSetId } from './ledger.js';

export class Role {
  private index = 0;
  /** Servers whose copy of the data is not complete: they cannot take the role. */
  readonly behind = new Set<FunctionNode>();
  /** Faults behind its being elsewhere than at time 0. */
  displacedBy: CauseSetId = NO_CAUSE;

  /** The first candidate holds the role at time 0. */
  constructor(readonly candidates: readonly FunctionNode[]) {}

  get holder(): FunctionNode {
    return this.candidates[this.index];
  }

  /** Whether another server than the holder could take it. */
  get hasCandidate(): boolean {
    return this.candidates.some((node, index) => index !== this.index && this.canHold(node));
  }

  get holderIsCurrent(): boolean {
    return !this.behind.has(this.holder);
  }

  /** The role passes to the next working server in the order of the list; stays where it is when there is none. */
  takeOver(causes: CauseSetId): boolean {
    for (let step = 1; step < this.candidates.length; step++) {
      const index = (this.index + step) % this.candidates.length;
      if (this.canHold(this.candidates[index])) {
        this.index = index;
        this.displacedBy = index === 0 ? NO_CAUSE : causes;
        return true;
      }
    }
    return false;
  }

  private canHold(node: FunctionNode): boolean {
    return node.works && !this.behind.has(node);
  }
}
