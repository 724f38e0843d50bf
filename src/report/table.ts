/**
 * Columns under a header, aligned by what is seen: colour codes take no room.
 *
 * A column may have a greatest width: longer text goes on in the next line of its cell. Without one nothing is cut or wrapped, and
 * a table that is wider than the terminal wraps there, rather than hiding a figure. Does not draw borders.
 */
import { stripVTControlCharacters } from 'node:util';
import { wrap } from './wrap.js';

export interface TableColumn {
  readonly header: string;
  /** Figures stand right, names left. */
  readonly align: 'left' | 'right';
  /** Longer text is wrapped; such cells must not carry colour codes. */
  readonly most?: number;
}

export const left = (header: string, most = Infinity): TableColumn => ({ header, align: 'left', most });
export const right = (header: string): TableColumn => ({ header, align: 'right' });

/** Number of columns a text takes on a terminal, colour codes not counted. */
export function visibleWidth(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

export function pad(text: string, width: number, align: TableColumn['align']): string {
  const fill = ' '.repeat(Math.max(0, width - visibleWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Lines of the table; `paintHeader` colours the header after it has been aligned. */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { indent = '  ', gap = '  ', paintHeader = (text: string): string => text } = {},
): string[] {
  const physical = rows.flatMap((row) => unfold(columns, row));
  const widths = columns.map((column, i) => Math.max(visibleWidth(column.header), ...physical.map((row) => visibleWidth(row[i] ?? ''))));
  const line = (cells: readonly string[]): string =>
    indent + columns.map((column, i) => pad(cells[i] ?? '', widths[i], column.align)).join(gap).trimEnd();
  return [indent + paintHeader(line(columns.map((column) => column.header)).slice(indent.length)), ...physical.map(line)];
}

/** A row whose cells are too long becomes several. */
function unfold(columns: readonly TableColumn[], row: readonly string[]): (readonly string[])[] {
  const cells = row.map((cell, i) => (visibleWidth(cell) > (columns[i]?.most ?? Infinity) ? wrap(cell, 0, columns[i].most) : [cell]));
  const height = Math.max(1, ...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ''));
}
