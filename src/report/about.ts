/**
 * What identifies a run beside its results: version, scenario, options. Given by the command line, printed by every report.
 *
 * Not here: any measure. Nothing in this record may change a result, and only the wall clock may differ between two equal runs.
 */
import type { Assumption } from '../experiment/result.js';

export interface RunAbout {
  readonly version: string;
  /** Version of the contract by which draws are keyed. */
  readonly rng: number;
  /** The scenario file as the user named it. */
  readonly file: string;
  /** All files that were read, extended ones included. */
  readonly files: readonly string[];
  readonly scenarioHash: string;
  readonly description?: string;
  /** Asked for; an interrupted run has fewer in its result. With a precision: the most there may be. */
  readonly replications: number;
  /** Half-width asked for, as a share of the mean; absent: the number of replications is fixed. */
  readonly precision?: number;
  readonly horizonSeconds: number;
  readonly warmupSeconds: number;
  readonly drainSeconds: number;
  /** `--set` as typed. */
  readonly set: readonly string[];
  /** Topology rules that the scenario breaks on purpose. */
  readonly allow: readonly string[];
  readonly trace: boolean;
  /** Occurrences of faults that were given a twin, at most, in each replication; null or absent: messages are counted by cause path. */
  readonly attribute?: number | null;
  readonly assumptions: readonly Assumption[];
  /** The command that gives the same result again. */
  readonly reproduce: string;
}

/** What a run has cost: the only figures that differ between two equal runs. */
export interface Effort {
  /** By the clock on the wall. */
  readonly seconds: number;
  /** Threads that simulated. */
  readonly jobs: number;
}
