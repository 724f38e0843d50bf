/**
 * Rows of `summary.csv`: each measure of each subject over the replications.
 *
 * Empty cells say nothing and are left out; the column `replications` counts the values that speak, and a measure without any
 * has no row. Mean and interval of a fault come from the means per replication, since occurrences of one run are not
 * independent; minimum, quantiles and maximum are over all occurrences. Of a single run that is cut into batches the interval is theirs.
 */
import { meanInterval, summarise } from '../stats/index.js';
import type { Interval } from '../stats/index.js';
import { batchInterval } from './batch-intervals.js';
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, metricText, SUMMARY_COLUMNS } from './columns.js';
import type { Column } from './columns.js';
import { cellOf, rowOf } from './measures/cells.js';
import type { ReplicationResult, Row } from './result.js';

interface Sort {
  readonly columns: readonly Column[];
  readonly rows: (replication: ReplicationResult) => readonly Row[];
  readonly subject: (row: Row) => string;
}

const SORTS: readonly Sort[] = [
  { columns: FLOW_COLUMNS, rows: ({ flows }) => flows, subject: ({ flow }) => String(flow) },
  { columns: FAULT_COLUMNS, rows: ({ faults }) => faults, subject: ({ fault }) => `faults.${fault}` },
  { columns: COMPONENT_COLUMNS, rows: ({ components }) => components, subject: ({ component }) => `components.${component}` },
];

/** Rows under SUMMARY_COLUMNS: flows, faults, components, each in the order of their first appearance. */
export function summaryRows(replications: readonly ReplicationResult[]): Row[] {
  return SORTS.flatMap((sort) => {
    const bySubject = groupBySubject(sort, replications);
    return [...bySubject].flatMap(([subject, groups]) =>
      sort.columns.flatMap((column) => {
        const row = summaryRow(subject, column, groups, batchInterval(replications, subject, column.name));
        return row === null ? [] : [row];
      }));
  });
}

/** Rows of each subject, one list per replication in which it appears. */
function groupBySubject(sort: Sort, replications: readonly ReplicationResult[]): Map<string, Row[][]> {
  const bySubject = new Map<string, Row[][]>();
  for (const replication of replications) {
    const here = new Map<string, Row[]>();
    for (const row of sort.rows(replication)) {
      const subject = sort.subject(row);
      const rows = here.get(subject);
      if (rows === undefined) here.set(subject, [row]);
      else rows.push(row);
    }
    for (const [subject, rows] of here) {
      const groups = bySubject.get(subject);
      if (groups === undefined) bySubject.set(subject, [rows]);
      else groups.push(rows);
    }
  }
  return bySubject;
}

function summaryRow(subject: string, column: Column, groups: readonly (readonly Row[])[], batches: Interval | null): Row | null {
  if (column.key === true || column.unit === 'text') return null;
  const samples: number[][] = [];
  for (const rows of groups) {
    const values: number[] = [];
    for (const row of rows) {
      const cell = row[column.name];
      if (typeof cell === 'number') values.push(cell);
    }
    if (values.length > 0) samples.push(values);
  }
  if (samples.length === 0) return null;
  const { mean, ...over } = meanInterval(samples.map(meanOf));
  const { low, high } = batches ?? over;
  const all = summarise(samples.flat());
  return rowOf(SUMMARY_COLUMNS, {
    subject, metric: metricText(column), unit: column.unit, mean: cellOf(mean), ci95_low: cellOf(low), ci95_high: cellOf(high),
    min: cellOf(all.min), p50: cellOf(all.p50), p95: cellOf(all.p95), p99: cellOf(all.p99), max: cellOf(all.max), replications: all.count,
  });
}

/** Mean of at least one value. */
function meanOf(values: readonly number[]): number {
  return values.length === 1 ? values[0] : meanInterval(values).mean;
}
