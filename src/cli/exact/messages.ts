/** What the thread of an exact solver is asked, and what it says. Plain data only. */
import type { Outcome } from '../../experiment/exact/solve.js';
import type { Failure, WorkerRequest } from '../run/messages.js';
import type { ScenarioSource } from '../source.js';

export interface SolverData {
  readonly source: ScenarioSource;
  readonly overrides: WorkerRequest['overrides'];
  /** µs. */
  readonly at: readonly number[];
  readonly maxStates: number;
}

export type FromSolver =
  | { readonly type: 'progress'; readonly states: number }
  | { readonly type: 'solved'; readonly outcome: Outcome }
  | { readonly type: 'failure'; readonly failure: Pick<Failure, 'name' | 'message' | 'stack'> };
