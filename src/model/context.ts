/** What every part of one replication shares. */
import type { Simulator, Streams } from '../kernel/index.js';
import type { CausePaths, CauseSets } from './causes.js';
import type { Chance } from './chance.js';
import type { FaultKind } from './definition.js';
import type { LedgerWriter } from './ledger-writer.js';
import type { Microseconds } from './parameter.js';

export interface Context {
  readonly sim: Simulator;
  readonly streams: Streams;
  /** Who decides between possibilities that the state of the world leaves open. */
  readonly chance: Chance;
  readonly ledger: LedgerWriter;
  readonly causes: CauseSets;
  readonly paths: CausePaths;
  /** Fault occurrences so far; the index is what cause sets hold. */
  readonly occurrences: Occurrence[];
  /** `step` entries are wanted. */
  readonly traceSteps: boolean;
  /** Where the polls and jobs of an instant have come to: those of this rank and below are over. */
  readonly turn: Turn;
}

export interface Turn { time: number; rank: number }

/** One coming of a fault. */
export interface Occurrence {
  readonly fault: number;
  readonly faultId: string;
  readonly kind: FaultKind;
  /** From 1. */
  readonly number: number;
  readonly start: Microseconds;
  readonly targets: readonly number[];
  readonly targetText: string;
  noticed: boolean;
  ended: boolean;
}

/** A poll or a job of this rank happens now. */
export function takeTurn({ sim, turn }: Context, rank: number): void {
  turn.time = sim.now;
  turn.rank = rank;
}
