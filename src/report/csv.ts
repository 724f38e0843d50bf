/**
 * Rows under columns as CSV after RFC 4180: header always, lines end in CRLF, quotes where needed, full precision.
 *
 * A number is written in its shortest form that reads back as the same number, with `.` whatever the locale. An empty cell and a
 * time that is never reached (infinite) are both empty. Not here: where the text goes (`folder.ts`).
 */
import { stringify } from 'csv-stringify/sync';
import type { Column } from '../experiment/columns.js';
import type { Cell, Row } from '../experiment/result.js';

/** Rows per piece of text: a table may be longer than the longest string. */
const ROWS_PER_CHUNK = 10_000;

/** The text in pieces; together they are the file. */
export function* csvChunks(columns: readonly Column[], rows: readonly Row[]): Generator<string> {
  yield csvHeader(columns);
  for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) yield csvRows(columns, rows.slice(from, from + ROWS_PER_CHUNK));
}

/** The first line. */
export function csvHeader(columns: readonly Column[]): string {
  return lines([columns.map(({ name }) => name)]);
}

/** The lines of these rows. */
export function csvRows(columns: readonly Column[], rows: readonly Row[]): string {
  return lines(rows.map((row) => columns.map(({ name }) => cellText(row[name], name))));
}

export function csvText(columns: readonly Column[], rows: readonly Row[]): string {
  return [...csvChunks(columns, rows)].join('');
}

function lines(records: readonly (readonly string[])[]): string {
  // By itself the library quotes a line break only when it is the one that ends records.
  return stringify(records as string[][], { record_delimiter: 'windows', eof: true, quoted_match: /[\r\n]/ });
}

function cellText(cell: Cell | undefined, column: string): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (Number.isNaN(cell)) throw new Error(`column ${column} holds NaN`);
  return Number.isFinite(cell) ? String(cell) : '';
}
