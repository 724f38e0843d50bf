/** Data files that a scenario names (`empirical`, `replay`): each read once, with a digest so that the hash of a scenario covers them. */
import { createHash } from 'node:crypto';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/position.js';
import { parseColumn } from '../quantities/column.js';
import { parseTable } from '../quantities/table.js';
import type { TableRow } from '../quantities/table.js';
import { besideFile, MAX_DATA_BYTES, readLimited, shownPath } from '../text/file.js';
import type { LocatedScalar } from '../text/located.js';

export class DataFiles {
  /** Path as shown → digest of its bytes. */
  readonly digests = new Map<string, string>();
  readonly #columns = new Map<string, readonly number[] | null>();

  constructor(private readonly diagnostics: DiagnosticList) {}

  /** The durations in the file that a value names; null when it cannot be used. */
  column(name: LocatedScalar): readonly number[] | null {
    const path = besideFile(name.at.file, String(name.value));
    const known = this.#columns.get(path);
    if (known !== undefined) return known;
    const values = this.#read(path, name);
    this.#columns.set(path, values);
    return values;
  }

  /** The rows of a table with these columns; null when it cannot be used. `at`: the place of a row. */
  table(name: LocatedScalar, columns: readonly string[]): { readonly rows: readonly TableRow[]; readonly at: (row: TableRow) => Position } | null {
    const path = besideFile(name.at.file, String(name.value));
    const text = this.#text(path, name, `a table with the columns ${columns.join(', ')}, relative to the scenario`);
    if (text === null) return null;
    const at = (line: number): Position => placeIn(shownPath(path), line);
    const table = parseTable(text, columns);
    if (table.ok) return { rows: table.value, at: ({ line }) => at(line) };
    this.diagnostics.error(table.code, table.line === undefined ? name.at : at(table.line), table.message, table);
    return null;
  }

  #read(path: string, name: LocatedScalar): readonly number[] | null {
    const text = this.#text(path, name, 'a file with one column of durations, relative to the scenario');
    if (text === null) return null;
    const column = parseColumn(text);
    if (column.ok) return column.value;
    this.diagnostics.error(column.code, column.line === undefined ? name.at : placeIn(shownPath(path), column.line), column.message, column);
    return null;
  }

  #text(path: string, name: LocatedScalar, remedy: string): string | null {
    const shown = shownPath(path);
    const read = readLimited(path, MAX_DATA_BYTES);
    if (!read.ok) {
      this.diagnostics.error('HS026', name.at, `${shown} cannot be used: ${read.message}`, { remedy });
      return null;
    }
    this.digests.set(shown, createHash('sha256').update(read.text).digest('hex'));
    return read.text;
  }
}

function placeIn(file: string, line: number): Position {
  return { file, line, column: 1, endLine: line, endColumn: 2 };
}
