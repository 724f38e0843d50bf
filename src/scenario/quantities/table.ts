/**
 * A data file with a table: a header with the names of the columns, in any order, then one row per line (RFC 4180, without line
 * breaks inside of cells). It knows no meanings.
 */
import { bad, good } from './parsed.js';
import type { Parsed } from './parsed.js';

export interface TableRow { readonly line: number; /** Cells that are empty, or whose column is not there, are absent. */ readonly cells: Readonly<Record<string, string>> }

/** @param known columns that the table may have */
export function parseTable(text: string, known: readonly string[]): Parsed<readonly TableRow[]> & { readonly line?: number } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const top = lines.findIndex((line) => line.trim() !== '');
  const header = top < 0 ? [] : (cellsOf(lines[top]) ?? []);
  const strange = header.find((name) => !known.includes(name));
  if (strange !== undefined) return { ...bad('HS026', `unknown column "${strange}"`, { remedy: `the first line names the columns: ${known.join(', ')}` }), line: top + 1 };
  const twice = header.find((name, index) => header.indexOf(name) < index);
  if (twice !== undefined) return { ...bad('HS026', `the column "${twice}" is there twice`, { remedy: 'every column has a name of its own' }), line: top + 1 };
  const rows: TableRow[] = [];
  for (let index = top + 1; index > 0 && index < lines.length; index++) {
    if (lines[index].trim() === '') continue;
    const cells = cellsOf(lines[index]);
    if (cells === null) return { ...bad('HS026', 'a quote is not closed', { remedy: 'a text in quotes ends with a quote in the same line; a quote within it is written twice' }), line: index + 1 };
    if (cells.length > header.length) return { ...bad('HS026', `${String(cells.length)} cells, and ${String(header.length)} columns`, { remedy: 'a cell with a comma is put in quotes' }), line: index + 1 };
    rows.push({ line: index + 1, cells: Object.fromEntries(header.flatMap((name, at) => ((cells[at] ?? '') === '' ? [] : [[name, cells[at]]]))) });
  }
  return rows.length > 0 ? good(rows) : bad('HS026', 'the file holds no rows', { remedy: 'the names of the columns in the first line, then a line for each row' });
}

/** The cells of a line, trimmed; null when a quote is not closed. */
function cellsOf(line: string): string[] | null {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (quoted && letter === '"' && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (letter === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (letter === ',' && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  cells.push(cell.trim());
  return quoted ? null : cells;
}
