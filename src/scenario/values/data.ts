/** Data files that a scenario names (`empirical`, `replay`): each read once, with a digest so that the hash of a scenario covers them. */
import { createHash } from 'node:crypto';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { parseColumn } from '../quantities/column.js';
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

  #read(path: string, name: LocatedScalar): readonly number[] | null {
    const shown = shownPath(path);
    const read = readLimited(path, MAX_DATA_BYTES);
    if (!read.ok) {
      this.diagnostics.error('HS026', name.at, `${shown} cannot be used: ${read.message}`, { remedy: 'a file with one column of durations, relative to the scenario' });
      return null;
    }
    this.digests.set(shown, createHash('sha256').update(read.text).digest('hex'));
    const column = parseColumn(read.text);
    if (column.ok) return column.value;
    const at = column.line === undefined ? name.at : { file: shown, line: column.line, column: 1, endLine: column.line, endColumn: 2 };
    this.diagnostics.error(column.code, at, column.message, column);
    return null;
  }
}
