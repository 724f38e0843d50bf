/**
 * One line per flow: what became of its messages and how long they took; means over replications.
 *
 * The main fates are always shown, for a 0 there is news; the rare ones only when some flow has them.
 */
import type { Column } from '../../experiment/columns.js';
import { FLOW_COLUMNS } from '../../experiment/columns.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { figure, plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { rowsOf } from '../rows.js';
import type { TableColumn } from '../table.js';
import { left, right, table } from '../table.js';
import { columnNamed } from './means.js';
import type { Means } from './means.js';

interface Shown { readonly header: string; readonly column: Column; readonly whenAny?: true; readonly bad?: true }

const shown = (header: string, name: string, extra: Omit<Shown, 'header' | 'column'> = {}): Shown =>
  ({ header, column: columnNamed(FLOW_COLUMNS, name), ...extra });

const COLUMNS: readonly Shown[] = [
  shown('offered', 'offered'), shown('accepted', 'accepted'), shown('delivered', 'delivered'), shown('lost', 'lost', { bad: true }),
  shown('rejected', 'rejected', { bad: true }), shown('suspended', 'suspended', { bad: true }),
  shown('dead-lettered', 'dead_lettered', { whenAny: true, bad: true }), shown('expired', 'expired', { whenAny: true, bad: true }),
  shown('in flight', 'in_flight', { whenAny: true }), shown('stranded', 'stranded', { whenAny: true, bad: true }),
  shown('duplicates', 'duplicates', { bad: true }), shown('suppressed', 'suppressed', { whenAny: true }),
  shown('late', 'late', { bad: true }), shown('out of order', 'out_of_order', { whenAny: true }),
  shown('delay p50', 'delay_p50_s'), shown('p95', 'delay_p95_s'), shown('max', 'delay_max_s'), shown('available', 'availability'),
];

/** Rows beyond this stand in `flows.csv` only. */
const LONGEST = 12;

export function flowSection(result: ExperimentResult, means: Means, paint: Paint): string[] {
  const flows = [...new Set(rowsOf(result, 'flows').map((row) => String(row.flow)))];
  if (flows.length === 0) return [];
  const columns = COLUMNS.filter((c) => c.whenAny !== true || flows.some((flow) => Number(means.of(flow, c.column) ?? 0) !== 0));
  const rows = flows.slice(0, LONGEST).map((flow) => [paint.strong(flow), ...columns.map((c) => cellOf(flow, c, means, paint))]);
  const heads: TableColumn[] = [left('flow'), ...columns.map((c) => right(c.header))];
  const rest = flows.length - rows.length;
  return [
    paint.title('Messages') + paint.dim(result.replications.length > 1 ? ' (means over replications)' : ''),
    ...table(heads, rows, { paintHeader: paint.dim }),
    ...(rest > 0 ? [paint.dim(`  … ${plural(rest, 'more flow')} in flows.csv`)] : []),
  ];
}

function cellOf(flow: string, { column, bad }: Shown, means: Means, paint: Paint): string {
  const cell = means.of(flow, column);
  const text = figure(cell, column.unit);
  return bad === true && typeof cell === 'number' && cell > 0 ? paint.warn(text) : text;
}
