/**
 * Looks up figures of `summary.csv` for the terminal, so that both always say the same. Computes nothing but the order.
 */
import type { Column } from '../../experiment/columns.js';
import { metricOf } from '../../experiment/columns.js';
import type { Cell, Row } from '../../experiment/result.js';

type Statistic = 'mean' | 'ci95_low' | 'ci95_high' | 'min' | 'p50' | 'p95' | 'p99' | 'max' | 'replications';

export class Means {
  readonly #rows = new Map<string, Row>();

  constructor(summary: readonly Row[]) {
    for (const row of summary) this.#rows.set(keyOf(String(row.subject), String(row.metric)), row);
  }

  /** The statistic of a column over replications; null when nothing speaks to it. */
  of(subject: string, column: Column, statistic: Statistic = 'mean'): Cell {
    return this.#rows.get(keyOf(subject, metricOf(column)))?.[statistic] ?? null;
  }
}

const keyOf = (subject: string, metric: string): string => `${subject}\n${metric.replaceAll('.', '_')}`;

/** Column of that name; the tables of the contract have it. */
export function columnNamed(columns: readonly Column[], name: string): Column {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}
