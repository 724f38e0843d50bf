/** A finished run as a comparison sees it, from memory or from its files; and what keeps two of them from being compared. */
import type { ExperimentResult, Row } from '../result.js';
import type { Sort } from './direction.js';

/** What is known of a run before it is over, too. */
export interface RunShape {
  /** As the user named it. */
  readonly label: string;
  readonly name: string;
  /** Of the contract by which draws are keyed. */
  readonly rng: number;
  /** Of hasim. */
  readonly version: string;
  readonly seed: number | string;
  readonly scenarioHash: string;
  readonly horizonSeconds: number;
  readonly warmupSeconds: number;
  readonly drainSeconds: number;
  /** All replications that were asked for are there. */
  readonly complete: boolean;
  /** Names, without their legs. */
  readonly flows: readonly string[];
}

export interface ComparableRun extends RunShape {
  readonly digest: string;
  /** Replications 1 to this. */
  readonly replications: number;
  readonly tables: Readonly<Record<Sort, readonly Row[]>>;
}

/** The rows of a result, and what the caller knows of its run. */
export function comparableOf(result: ExperimentResult, shape: Omit<RunShape, 'complete' | 'flows' | 'name' | 'seed'>): ComparableRun {
  const rows = (sort: Sort): Row[] => result.replications.flatMap((replication) => replication[sort]);
  const tables = { flows: rows('flows'), faults: rows('faults'), components: rows('components'), operations: rows('operations') };
  return {
    ...shape, name: result.name, seed: result.seed, complete: result.complete, digest: result.digest, replications: result.replications.length, tables,
    flows: flowNames(tables.flows),
  };
}

/** Flows that have rows, in their order. */
export function flowNames(rows: readonly Row[]): string[] {
  return [...new Set(rows.map((row) => String(row.flow).split('/', 1)[0]))];
}

/** Same seed, so the same draws in each replication: differences are taken pair by pair. */
export function isPaired(base: RunShape, candidate: RunShape): boolean {
  return String(base.seed) === String(candidate.seed);
}

/** Everything that forbids a comparison, one sentence each; none: they can be compared. */
export function refusals(base: RunShape, candidate: RunShape): string[] {
  const found: string[] = [];
  for (const run of [base, candidate]) {
    if (!run.complete) found.push(`${run.label} is incomplete: it was interrupted; run it again`);
  }
  if (base.rng !== candidate.rng) {
    found.push(`they draw differently: rng ${String(base.rng)} in ${base.label}, rng ${String(candidate.rng)} in ${candidate.label}; run both with one version of hasim`);
  }
  for (const [what, key] of [['horizon', 'horizonSeconds'], ['warmup', 'warmupSeconds'], ['drain', 'drainSeconds']] as const) {
    if (base[key] !== candidate[key]) found.push(`another ${what}: ${String(base[key])} s in ${base.label}, ${String(candidate[key])} s in ${candidate.label}`);
  }
  for (const [one, other] of [[base, candidate], [candidate, base]]) {
    const missing = one.flows.filter((flow) => !other.flows.includes(flow));
    if (missing.length > 0) found.push(`${missing.length === 1 ? 'a flow is' : 'flows are'} not in ${other.label}: ${missing.join(', ')}`);
  }
  return found;
}
