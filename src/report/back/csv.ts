/**
 * A result file read back: CSV after RFC 4180 → rows under the columns of the contract.
 *
 * Columns that the contract does not know are passed over, and those that the file does not have are empty: older and newer versions
 * can be read. Cells of figures must hold figures. Not here: which files there are (`folder.ts`).
 */
import type { Column } from '../../experiment/columns.js';
import type { Cell, Row } from '../../experiment/result.js';
import { OutputError } from '../errors.js';

/** `name`: of the file, for errors. Throws OutputError with the line that is wrong. */
export function rowsFromCsv(name: string, text: string, columns: readonly Column[]): Row[] {
  const [header, ...records] = recordsOf(name, text.replace(/^\uFEFF/, ''));
  if (header === undefined) throw new OutputError(`${name} is empty: the first line names the columns`);
  const missing = columns.find((column) => column.key === true && !header.cells.includes(column.name));
  if (missing !== undefined) throw new OutputError(`${name}: there is no column "${missing.name}"`);
  const places = columns.map((column) => ({ column, at: header.cells.indexOf(column.name) }));
  return records.map(({ line, cells }) => {
    if (cells.length !== header.cells.length) throw new OutputError(`${name}:${String(line)}: ${String(cells.length)} cells under ${String(header.cells.length)} columns`);
    const row: Record<string, Cell> = {};
    for (const { column, at } of places) row[column.name] = at < 0 ? null : cellOf(cells[at], column, `${name}:${String(line)}`);
    return row;
  });
}

function cellOf(text: string, { name, unit }: Column, place: string): Cell {
  if (text === '') return null;
  if (unit === 'text') return text;
  const figure = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(figure)) throw new OutputError(`${place}: "${text}" under ${name} is no figure`);
  return figure;
}

interface CsvRecord { readonly line: number; readonly cells: readonly string[] }

/** A field in quotes, with doubled quotes inside, or one without; then what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;

function recordsOf(name: string, text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let cells: string[] = [];
  let first = line;
  for (let at = 0; at < text.length || cells.length > 0;) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(text);
    if (match === null) throw new OutputError(`${name}:${String(line)}: a quote is out of place`);
    const [whole, quoted, plain, end] = match as unknown as [string, string | undefined, string | undefined, string];
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    line += whole.split('\n').length - 1;
    at += whole.length;
    if (end === ',') continue;
    records.push({ line: first, cells });
    cells = [];
    first = line;
  }
  return records;
}
