/**
 * How figures become cells: units, empty cells, rows with every column.
 *
 * Not here: which figure belongs in which column.
 */
import type { Column } from '../columns.js';
import type { Cell, Row } from '../result.js';

/** Microseconds to seconds. */
export function seconds(microseconds: number): number {
  return microseconds / 1e6;
}

/** A figure that may not exist: NaN (no sample) and infinities (never) are empty cells. */
export function cellOf(figure: number): Cell {
  return Number.isFinite(figure) ? figure : null;
}

/** A row with every column in the order of the contract; what `values` does not name is empty. */
export function rowOf(columns: readonly Column[], values: Readonly<Record<string, Cell>>): Row {
  const row: Record<string, Cell> = { ...blankOf(columns) };
  for (const { name } of columns) row[name] = values[name] ?? null;
  return row;
}

/** Rows are copies of an empty one: those to which their columns are added are several times as large, and there may be millions. */
const blanks = new WeakMap<readonly Column[], Row>();

function blankOf(columns: readonly Column[]): Row {
  let blank = blanks.get(columns);
  if (blank === undefined) blanks.set(columns, (blank = Object.fromEntries(columns.map(({ name }) => [name, null]))));
  return blank;
}

/** Order by UTF-16 code units: the same on every machine, unlike a locale's. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
