/**
 * The files of a run: which there are and what stands in them. Times, counts and verdicts come as they are from the result.
 *
 * `events.csv` and `gauges.csv` are written with `--trace` only. A run without it removes those of an earlier one from the folder,
 * for they would not belong to the figures beside them; so it is with `attribution.csv` and `--attribute`. Files of other names are
 * never touched.
 */
import {
  ATTRIBUTION_COLUMNS, COMPONENT_COLUMNS, EXPECTATION_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, OPERATION_COLUMNS, SUMMARY_COLUMNS,
  TIMELINE_COLUMNS,
} from '../experiment/columns.js';
import type { Column } from '../experiment/columns.js';
import type { ExperimentResult, Row } from '../experiment/result.js';
import type { Effort, RunAbout } from './about.js';
import { csvChunks } from './csv.js';
import type { OutputFile, ResultFolder, TextFile } from './folder.js';
import { expectationRow, firstReplication, rowsOf } from './rows.js';
import { runJson } from './run-json.js';
import { TRACE_FILES } from './trace-files.js';

const ON_DEMAND = ['attribution.csv', ...TRACE_FILES] as const;

/** Every name that a run may write, the last one last. */
export const RESULT_FILES: readonly string[] = [
  'flows.csv', 'faults.csv', 'components.csv', 'operations.csv', 'timeline.csv', 'summary.csv', 'expectations.csv', ...ON_DEMAND,
  'run.json',
];

/** Writes all files of the run at once and returns their names. With `about.trace`, replication 1 has written its own (`trace-files.ts`). */
export function writeResults(folder: ResultFolder, result: ExperimentResult, about: RunAbout, effort: Effort): readonly string[] {
  const files = [...resultTables(result), ...onDemand(result, about.trace), { name: 'run.json', chunks: [runJson(result, about, effort)] }];
  folder.write(files, ON_DEMAND);
  return files.map((file) => file.name);
}

/** The columns that identify a row of a table. Where several rows are alike in them, their order does. */
export const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  'flows.csv': ['replication', 'flow'],
  'faults.csv': ['replication', 'fault', 'occurrence', 'target'],
  'components.csv': ['replication', 'component'],
  'operations.csv': ['replication', 'operation', 'target'],
  'timeline.csv': ['time_s', 'flow'],
  'summary.csv': ['subject', 'metric'],
  'expectations.csv': ['expectation'],
};

/** The tables of a run without its trace. */
export function resultTables(result: ExperimentResult): TextFile[] {
  const first = firstReplication(result);
  return [
    csvFile('flows.csv', FLOW_COLUMNS, rowsOf(result, 'flows')),
    csvFile('faults.csv', FAULT_COLUMNS, rowsOf(result, 'faults')),
    csvFile('components.csv', COMPONENT_COLUMNS, rowsOf(result, 'components')),
    csvFile('operations.csv', OPERATION_COLUMNS, rowsOf(result, 'operations')),
    csvFile('timeline.csv', TIMELINE_COLUMNS, first?.timeline ?? []),
    csvFile('summary.csv', SUMMARY_COLUMNS, result.summary),
    csvFile('expectations.csv', EXPECTATION_COLUMNS, result.expectations.map(expectationRow)),
  ];
}

/** What was asked for beside them. */
function onDemand(result: ExperimentResult, traced: boolean): OutputFile[] {
  const first = firstReplication(result);
  return [
    ...(first?.attribution === undefined ? [] : [csvFile('attribution.csv', ATTRIBUTION_COLUMNS, result.replications.flatMap(({ attribution }) => attribution?.rows ?? []))]),
    ...(traced && first !== undefined ? TRACE_FILES.map((name) => ({ name, chunks: null })) : []),
  ];
}

function csvFile(name: string, columns: readonly Column[], rows: readonly Row[]): TextFile {
  return { name, chunks: csvChunks(columns, rows) };
}
