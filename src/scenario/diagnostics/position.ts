/** Where something stands in a text. Lines and columns count from 1; the end is the first column after it. No offsets, no text. */

export interface Position {
  /** As shown to the user: relative to the working directory when inside it, `<stdin>`, or `--set`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The first character of a file: the place of what concerns the whole of it. */
export function startOf(file: string): Position {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** Order of reports: file, then place. By code units, so that it is the same everywhere. */
export function comparePositions(a: Position, b: Position): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn;
}
