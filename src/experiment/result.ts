/**
 * What a run gives: rows under the columns of `columns.ts`, one block per replication, and what identifies the run.
 *
 * An empty cell is null ("did not happen", "not reached", "no sample"). Rows are plain records; nothing here computes.
 */
import type { QuantileHistogram } from '../stats/index.js';
import type { BatchSeries } from './measures/batches.js';

export type Cell = number | string | null;
export type Row = Readonly<Record<string, Cell>>;

export interface ReplicationResult {
  readonly replication: number;
  readonly flows: readonly Row[];
  readonly faults: readonly Row[];
  readonly components: readonly Row[];
  readonly operations: readonly Row[];
  /** Delay of every message of the cohort per flow (seconds), mergeable over replications. */
  readonly delays: ReadonlyMap<string, QuantileHistogram>;
  /** Ages at the end of the run (seconds) of the messages whose delay is infinite, under the keys of `delays`: lower limits of it. */
  readonly undelivered?: ReadonlyMap<string, QuantileHistogram>;
  /** Values of the gauges that expectations ask for, in the order of `gaugeRequests`; null when the gauge had no value. */
  readonly gaugeValues: readonly (number | null)[];
  /** Only where a single run is cut into batches. */
  readonly batches?: readonly BatchSeries[];
  /** Digest over the ledgers, hexadecimal. */
  readonly digest: string;
  readonly events: number;
  /** Only in replication 1. */
  readonly timeline: readonly Row[];
  /** Only where occurrences of faults were compared with their twins. */
  readonly attribution?: TwinReport;
  /** Cause paths of losses, duplicates, rejections and suspensions, with counts: `sql1-dies > erp-port@bts2 > put, not settled`. */
  readonly causes: readonly CauseCount[];
  /** How each fault changed the world, in words that a summary can print: the first faults of replication 1. */
  readonly story: readonly StoryLine[];
}

/** What twins showed. */
export interface TwinReport {
  /** Under ATTRIBUTION_COLUMNS: what became of which message because of which occurrence. */
  readonly rows: readonly Row[];
  /** Occurrences that were compared with a twin, of so many. */
  readonly twinned: number;
  readonly occurrences: number;
}
export interface CauseCount { readonly flow: string; readonly effect: 'lost' | 'duplicate' | 'rejected' | 'suspended'; readonly path: string; readonly count: number }
export interface StoryLine { readonly timeSeconds: number; readonly text: string }

export type Verdict = 'met' | 'missed' | 'undecided' | 'no-data';
export interface JudgedExpectation {
  readonly text: string;
  readonly verdict: Verdict;
  readonly value: Cell;
  readonly ci95Low: Cell;
  readonly ci95High: Cell;
  readonly bound: string;
  readonly samples: number;
  /** Why, when not met: one clause. */
  readonly reason: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

export interface ObjectiveOutcome { readonly flow: string; readonly objective: 'rto' | 'rpo' | 'deadline' | 'availability'; readonly bound: number; readonly measured: number | null; readonly met: boolean }

export interface Assumption { readonly parameter: string; readonly value: string; readonly source: string }

/** What is known of a figure whose precision is asked for. */
export interface PrecisionFigure {
  /** As written: a metric, or an expectation. */
  readonly text: string;
  /** Null: a metric, which is not judged. */
  readonly verdict: Verdict | null;
  readonly mean: Cell;
  /** Of its 95 % interval, in the unit of the figure; null: there is none. */
  readonly halfWidth: Cell;
  /** Its verdict is decided, or its interval is narrow enough. */
  readonly settled: boolean;
}

/** How replicating until a precision is reached has ended. */
export interface PrecisionOutcome {
  /** Asked for, as a share of the mean. */
  readonly halfWidth: number;
  /** Most replications there could have been. */
  readonly limit: number;
  readonly reached: boolean;
  readonly figures: readonly PrecisionFigure[];
}

export interface ExperimentResult {
  readonly name: string;
  readonly seed: number | string;
  readonly replications: readonly ReplicationResult[];
  /** Rows under SUMMARY_COLUMNS. */
  readonly summary: readonly Row[];
  readonly expectations: readonly JudgedExpectation[];
  readonly objectives: readonly ObjectiveOutcome[];
  /** Over the digests of all replications. */
  readonly digest: string;
  readonly complete: boolean;
  /** Only where replications go on until a precision is reached. */
  readonly precision?: PrecisionOutcome;
}
