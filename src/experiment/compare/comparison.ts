/**
 * Two finished runs compared, measure by measure: what is better, the same, worse or different, and what the replications do not decide.
 *
 * Whether they may be compared at all is asked before (`comparable.ts`). Measures that speak on neither side have no row.
 */
import type { Unit } from '../columns.js';
import type { Cell } from '../result.js';
import { isPaired } from './comparable.js';
import type { ComparableRun } from './comparable.js';
import { pairedDifference, unpairedDifference, verdictOf } from './difference.js';
import type { ComparisonVerdict, Difference } from './difference.js';
import { marginOf, marginProblem, meansMetric } from './margin.js';
import type { Margins } from './margin.js';
import { subjectsOf } from './values.js';
import type { Metric, Subjects, Texts } from './values.js';

export interface ComparedMetric {
  readonly subject: string;
  readonly metric: string;
  readonly unit: Unit;
  /** A text where all replications have the same one; Infinity: never reached. */
  readonly base: Cell;
  readonly candidate: Cell;
  /** Candidate minus base; null for texts. */
  readonly difference: Cell;
  /** Null: there is no interval. */
  readonly low: Cell;
  readonly high: Cell;
  readonly verdict: ComparisonVerdict;
  /** Pairs, or values of the side that has fewer. */
  readonly replications: number;
  /** How large a difference may be without mattering. */
  readonly margin: number;
  /** Replications in which only one side has a value. */
  readonly onesided: number;
}

export interface RunComparison {
  readonly paired: boolean;
  /** Replications of either side that take part. */
  readonly replications: { readonly base: number; readonly candidate: number };
  readonly rows: readonly ComparedMetric[];
  /** Faults, components, legs and operations that the other run does not have: not compared. */
  readonly onlyInBase: readonly string[];
  readonly onlyInCandidate: readonly string[];
  /** Mistakes in margins and filters; then there are no rows. */
  readonly problems: readonly string[];
}

export interface ComparisonOptions {
  readonly margins: Margins;
  /** Only measures that one of these means; none: all. */
  readonly only: readonly { readonly text: string; readonly pattern: RegExp }[];
}

export function compareRuns(base: ComparableRun, candidate: ComparableRun, { margins, only }: ComparisonOptions): RunComparison {
  const paired = isPaired(base, candidate);
  const common = Math.min(base.replications, candidate.replications);
  const replications = paired ? { base: common, candidate: common } : { base: base.replications, candidate: candidate.replications };
  const { metrics, onlyInBase, onlyInCandidate } = subjectsOf(base, candidate);
  const all = metrics.map(({ metric }) => metric);
  const problems = [
    ...only.filter(({ pattern }) => !all.some((metric) => meansMetric(pattern, metric))).map(({ text }) => `--metric ${text}: no measure of these runs is meant`),
    ...margins.rules.flatMap((rule) => marginProblem(rule, all) ?? []),
  ];
  const identical = base.digest === candidate.digest && base.replications === candidate.replications && paired;
  const rows = problems.length > 0 ? [] : metrics
    .filter(({ metric }) => only.length === 0 || only.some(({ pattern }) => meansMetric(pattern, metric)))
    .flatMap((found) => {
      const difference = paired ? pairedDifference(found.base, found.candidate, common, identical) : unpairedDifference(found.base, found.candidate, replications);
      return rowOf(found.metric, found, difference, margins) ?? [];
    });
  return { paired, replications, rows, onlyInBase, onlyInCandidate, problems };
}

function rowOf(metric: Metric, { base, candidate, texts }: Subjects['metrics'][number], difference: Difference, margins: Margins): ComparedMetric | null {
  if (base.size === 0 && candidate.size === 0) return null;
  const { subject, column: { unit }, direction } = metric;
  const margin = unit === 'text' ? 0 : marginOf(margins, metric, difference.baseMean);
  const verdict = verdictOf(difference, direction, margin);
  const cells = unit === 'text' ? textCells(texts) : {
    base: cellOf(difference.baseMean), candidate: cellOf(difference.candidateMean), difference: cellOf(difference.mean),
    ...(difference.estimated ? { low: cellOf(difference.low), high: cellOf(difference.high) } : { low: null, high: null }),
  };
  return { subject, metric: metric.metric, unit, ...cells, verdict, replications: difference.count, margin, onesided: difference.onesided };
}

function textCells({ base, candidate }: Texts): Pick<ComparedMetric, 'base' | 'candidate' | 'difference' | 'low' | 'high'> {
  const only = (texts: ReadonlySet<string>): Cell => (texts.size === 1 ? [...texts][0] : null);
  return { base: only(base), candidate: only(candidate), difference: null, low: null, high: null };
}

/** Unlike elsewhere an infinite figure stays: it says "never". */
function cellOf(figure: number): Cell {
  return Number.isNaN(figure) ? null : figure;
}

export function countOf(rows: readonly ComparedMetric[], verdict: ComparisonVerdict): number {
  return rows.filter((row) => row.verdict === verdict).length;
}
