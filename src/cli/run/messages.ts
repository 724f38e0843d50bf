/**
 * What the thread of the command line and the threads of the simulation say to each other. Plain data only: it is copied, or, where
 * it is large, handed over.
 *
 * A simulation is one long computation during which its thread hears nothing, so it has threads of its own: that of the command line
 * stays free for signals, progress and adding up. What a busy thread must see stands on the board they share.
 */
import type { Expectation } from '../../experiment/expectation.js';
import type { PackedReplication } from '../../experiment/packing.js';
import type { Precision } from '../../experiment/precision.js';
import type { Assumption } from '../../experiment/result.js';
import type { Subject } from '../../experiment/assemble.js';
import type { DiagnosticsDocument, Piece, ReadOptions } from '../../scenario/index.js';
import type { ScenarioSource } from '../source.js';

export interface WorkerRequest {
  readonly sources: readonly ScenarioSource[];
  /** Then there is one source, and the scenarios are these readings of it, each with `overrides` and options of its own. */
  readonly variants?: readonly Pick<ReadOptions, 'vary' | 'over'>[];
  readonly overrides: { readonly set: readonly string[]; readonly seed?: number | string; readonly replications?: number; readonly conditions?: readonly Piece[] };
  readonly trace: boolean;
  /** Twins in each replication; null or absent: none. */
  readonly attribute?: number | null;
  readonly colour: boolean;
}

/** What a thread is started with. The first one tells what it read; the others were only started to help. */
export interface WorkerData extends WorkerRequest { readonly helper: boolean }

/** What reports say about a scenario. */
export interface ScenarioFacts {
  readonly name: string;
  readonly seed: number | string;
  readonly hash: string;
  readonly files: readonly string[];
  readonly description: string | null;
  readonly allow: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** As many as there are to be; with a precision, as there may be. */
  readonly replications: number;
  /** Half-width asked for, as a share of the mean; null: the number of replications is fixed. */
  readonly precision: number | null;
  readonly horizonSeconds: number;
  readonly warmupSeconds: number;
  readonly drainSeconds: number;
  /** Ids, in the order of the scenario. */
  readonly faults: readonly string[];
}

/** What is needed to add up replications and to judge them. */
export interface Plan {
  readonly subject: Subject;
  readonly expectations: readonly Expectation[];
  readonly precision: Precision | null;
}

export interface ReadScenario {
  /** Null: it has errors. */
  readonly facts: ScenarioFacts | null;
  readonly plan: Plan | null;
  /** Formatted for people: all of it when it cannot be run, otherwise a line for each warning; empty when there is nothing to say. */
  readonly diagnosticsText: string;
  readonly diagnosticsJson: DiagnosticsDocument['diagnostics'];
  /** What was read, as far as it is known; of a scenario with errors, what they speak of. */
  readonly files: readonly string[];
}

/** Where a simulation stood when something broke. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly replication: number;
  readonly simulatedSeconds: number;
}

/** `round` is that of the order to run: a thread may still be at the one before. */
export type FromWorker =
  /** `rehearse`: the whole is worth a rehearsal. */
  | { readonly type: 'read'; readonly scenarios: readonly ReadScenario[]; readonly rehearse: boolean }
  /** A helper can be asked; it reads a scenario when it is asked for it. */
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly round: number; readonly fraction: number }
  | { readonly type: 'replication'; readonly round: number; readonly packed: PackedReplication }
  | { readonly type: 'failure'; readonly round: number; readonly failure: Failure }
  /** Nothing is left on the board. */
  | { readonly type: 'finished'; readonly round: number };

/** Take replications of a scenario from a board, as long as there are any. */
export interface ToWorker {
  readonly round: number;
  readonly index: number;
  /** Of the scenario as it was read first. */
  readonly hash: string;
  readonly board: SharedArrayBuffer;
  /** Where replication 1 writes its trace; null: nowhere. */
  readonly trace: string | null;
  /** Before the first replication. */
  readonly rehearse: boolean;
}
