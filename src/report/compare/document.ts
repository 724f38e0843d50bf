/** A comparison as rows of `compare.csv` and as one JSON document. */
import { countOf } from '../../experiment/compare/comparison.js';
import type { RunComparison } from '../../experiment/compare/comparison.js';
import type { ComparableRun } from '../../experiment/compare/comparable.js';
import { COMPARE_COLUMNS } from '../../experiment/columns.js';
import type { Row } from '../../experiment/result.js';
import { csvChunks } from '../csv.js';
import type { OutputFile } from '../folder.js';
import type { Compared } from './text.js';

export const COMPARE_FILE = 'compare.csv';

export function comparisonFile(comparison: RunComparison): OutputFile {
  return { name: COMPARE_FILE, chunks: csvChunks(COMPARE_COLUMNS, rowsOf(comparison)) };
}

export function comparisonDocument({ base, candidate, comparison, notes, file, version }: Compared, exitCode: number): object {
  const { rows } = comparison;
  return {
    version,
    base: identityOf(base), candidate: identityOf(candidate),
    paired: comparison.paired,
    replications: comparison.replications,
    exit_code: exitCode,
    verdicts: Object.fromEntries((['better', 'same', 'worse', 'different', 'undecided'] as const).map((verdict) => [verdict, countOf(rows, verdict)])),
    notes, only_in_base: comparison.onlyInBase, only_in_candidate: comparison.onlyInCandidate,
    file,
    measures: rowsOf(comparison),
  };
}

function identityOf({ label, name, seed, scenarioHash, version, rng, replications, digest }: ComparableRun): object {
  return { label, name, seed, scenario_hash: scenarioHash, version, rng, replications, digest };
}

function rowsOf({ rows }: RunComparison): Row[] {
  return rows.map((row) => ({
    subject: row.subject, metric: row.metric, unit: row.unit, base_mean: row.base, candidate_mean: row.candidate, difference: row.difference,
    ci95_low: row.low, ci95_high: row.high, verdict: row.verdict, replications: row.replications, margin: row.margin, onesided: row.onesided,
  }));
}
