/** How one replication is to be run. */
import type { LeftOut } from './definition.js';
import type { Exploration } from './exact/explored.js';

export interface EngineOptions {
  /** From 1. */
  readonly replication: number;
  /** Emit `step` entries. */
  readonly traceSteps?: boolean;
  /** Check conservation at every event (tests); else after faults and at the end. */
  readonly checkAlways?: boolean;
  /** Never reuse a message's record (tests compare the two). */
  readonly keepRecords?: boolean;
  /** Tests only: an event for every poll instead of computed ones. */
  readonly realPolls?: boolean;
  /** A twin: faults that do not come, though all other draws and moments are what they would be. */
  readonly without?: LeftOut;
  /** An exact solver brings a clock and a chance, and calls `explore` in the place of `run`. */
  readonly exploration?: Exploration;
}
