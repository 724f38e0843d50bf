/** What messages meet on a part of a way, and how parts make up a whole. Not here: how a part is found out (`outlook.ts`). */
import type { CauseSets } from '../causes.js';
import { NO_CAUSE } from '../causes.js';
import type { CauseSetId } from '../ledger.js';

/** The same for a part of the way, before it is known what the whole makes of it. */
export interface Part {
  readonly stopped: boolean;
  /** Some first attempts fail. */
  readonly failing: boolean;
  readonly capacity: number;
  /** Faults that stop it. */
  readonly stops: CauseSetId;
  /** Faults that take attempts or capacity, those that stop it included. */
  readonly harms: CauseSetId;
}

export const OPEN: Part = { stopped: false, failing: false, capacity: Infinity, stops: NO_CAUSE, harms: NO_CAUSE };

/** Putting parts together. */
export class Parts {
  constructor(private readonly causes: CauseSets) {}

  protected stop(causes: CauseSetId): Part {
    return { stopped: true, failing: true, capacity: 0, stops: causes, harms: causes };
  }

  /** One after the other, or both branches of a fork: the message has the worse of the two. */
  protected both(a: Part, b: Part): Part {
    return {
      stopped: a.stopped || b.stopped, failing: a.failing || b.failing, capacity: Math.min(a.capacity, b.capacity),
      stops: this.join(a.stops, b.stops), harms: this.join(a.harms, b.harms),
    };
  }

  protected join(a: CauseSetId, b: CauseSetId): CauseSetId {
    return this.causes.union(a, b);
  }
}
