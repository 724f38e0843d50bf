/**
 * The files of a sweep: `sweep.csv`, a row per variant, subject and metric, and `run.json`. Records are read one at a time, for a
 * large sweep does not fit into memory.
 */
import { SUMMARY_COLUMNS } from '../../experiment/columns.js';
import type { Column } from '../../experiment/columns.js';
import type { Row } from '../../experiment/result.js';
import type { VariantRecord } from '../../experiment/index.js';
import { csvChunks } from '../csv.js';
import type { OutputFile } from '../folder.js';
import type { SweepReport } from './about.js';
import { sweepDocument } from './document.js';

/** Every name that a sweep may write, the last one last. */
export const SWEEP_FILES: readonly string[] = ['sweep.csv', 'run.json'];

/** `records` in the order of the variants; each is asked for once. */
export function sweepFiles(report: SweepReport, records: Iterable<Pick<VariantRecord, 'values' | 'summary'>>): OutputFile[] {
  const { about, effort } = report;
  const document = { ...sweepDocument(report), assumptions: about.assumptions, wall_clock_s: effort.seconds, jobs: effort.jobs };
  return [
    { name: 'sweep.csv', chunks: sweepCsv(about.dimensions.map(({ name }) => name), records) },
    { name: 'run.json', chunks: [`${JSON.stringify(document, null, 2)}\n`] },
  ];
}

/** A column per dimension, then those of `summary.csv`. */
export function* sweepCsv(dimensions: readonly string[], records: Iterable<Pick<VariantRecord, 'values' | 'summary'>>): Generator<string> {
  const varied = dimensions.map((name): Column => ({ name, unit: 'text', meaning: 'value of this variant', key: true }));
  const columns = [...varied, ...SUMMARY_COLUMNS];
  yield* csvChunks(columns, []);
  for (const { values, summary } of records) {
    const own = Object.fromEntries(dimensions.map((name, place) => [name, values[place]]));
    const [, ...rows] = csvChunks(columns, summary.map((row): Row => ({ ...row, ...own })));
    yield* rows;
  }
}
