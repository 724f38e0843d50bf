/**
 * What the thread of the command line and the thread of the simulation say to each other. Plain data only: it is copied.
 *
 * The simulation is one long computation during which its thread hears nothing, so it has a thread of its own: the other stays
 * free for signals and progress. The wish to stop goes through shared memory, the only thing a busy thread can look at.
 */
import type { Assumption, ExperimentResult } from '../../experiment/result.js';
import type { ScenarioSource } from '../source.js';

export interface WorkerRequest {
  readonly sources: readonly ScenarioSource[];
  readonly overrides: { readonly set: readonly string[]; readonly seed?: number | string; readonly replications?: number };
  readonly trace: boolean;
  readonly colour: boolean;
  /** One 32-bit word: not 0 means stop. */
  readonly stop: SharedArrayBuffer;
}

/** What reports say about a scenario. */
export interface ScenarioFacts {
  readonly name: string;
  readonly seed: number | string;
  readonly hash: string;
  readonly files: readonly string[];
  readonly description: string | null;
  readonly allow: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly replications: number;
  readonly horizonSeconds: number;
  readonly warmupSeconds: number;
  readonly drainSeconds: number;
  /** Ids, in the order of the scenario. */
  readonly faults: readonly string[];
}

export interface ReadScenario {
  /** Null: it has errors. */
  readonly facts: ScenarioFacts | null;
  /** Formatted for people: all of it when it cannot be run, otherwise a line for each warning; empty when there is nothing to say. */
  readonly diagnosticsText: string;
  readonly diagnosticsJson: readonly unknown[];
}

/** Where a simulation stood when something broke. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly replication: number;
  readonly simulatedSeconds: number;
}

export type FromWorker =
  | { readonly type: 'read'; readonly scenarios: readonly ReadScenario[] }
  | { readonly type: 'progress'; readonly index: number; readonly replication: number; readonly replications: number; readonly fraction: number }
  | { readonly type: 'result'; readonly index: number; readonly result: ExperimentResult }
  | { readonly type: 'failure'; readonly index: number; readonly failure: Failure };

/** Run the scenario with this index. */
export interface ToWorker { readonly run: number }
