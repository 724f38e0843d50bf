/**
 * A run as one JSON document, for `--json`: the same rows as in the files, without the timeline, the trace and the wall clock, so
 * that equal runs give equal documents.
 */
import type { ExperimentResult } from '../experiment/result.js';
import type { RunAbout } from './about.js';
import { expectationRow, firstReplication, rowsOf } from './rows.js';
import { optionsRecord, stopRecord } from './run-json.js';
import { totalCauses } from './summary/causes.js';

export interface Written { readonly out: string; readonly files: readonly string[] }

export function runDocument(result: ExperimentResult, about: RunAbout, written: Written | null, exitCode: number): object {
  return {
    name: result.name,
    version: about.version,
    rng: about.rng,
    seed: result.seed,
    scenario_file: about.file,
    scenario_hash: about.scenarioHash,
    options: optionsRecord(about),
    replications: result.replications.length,
    ...stopRecord(result),
    complete: result.complete,
    digest: result.digest,
    exit_code: exitCode,
    reproduce: about.reproduce,
    out: written?.out ?? null,
    files: written?.files ?? [],
    expectations: result.expectations.map((judged) => ({ ...expectationRow(judged), reason: judged.reason, place: judged.place ?? null })),
    objectives: result.objectives,
    summary: result.summary,
    flows: rowsOf(result, 'flows'),
    faults: rowsOf(result, 'faults'),
    components: rowsOf(result, 'components'),
    operations: rowsOf(result, 'operations'),
    causes: totalCauses(result),
    story: (firstReplication(result)?.story ?? []).map((line) => ({ time_s: line.timeSeconds, text: line.text })),
    assumptions: about.assumptions,
  };
}
