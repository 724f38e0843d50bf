/** A data file with one column of durations: for `empirical` and `replay`. A header is allowed; other columns are not. */
import { bad, good } from './parsed.js';
import type { Parsed } from './parsed.js';
import { parseDuration } from './duration.js';

/** A wrong cell carries its line. */
export type ColumnResult = Parsed<readonly number[]> & { readonly line?: number };

export function parseColumn(text: string): ColumnResult {
  const values: number[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const cell = unquote(line.replace(index === 0 ? /^\uFEFF/ : /^$/, '').trim());
    if (cell === '') continue;
    const parsed = cell.includes(',') ? bad('HS026', 'there is more than one column', { remedy: 'one duration a line' }) : parseDuration(cell);
    if (parsed.ok) values.push(parsed.value);
    // A first line without a digit in front is a header.
    else if (index > 0 || /^[-+.\d]/.test(cell)) return { ...bad('HS026', parsed.message, { remedy: parsed.remedy }), line: index + 1 };
  }
  return values.length > 0 ? good(values) : bad('HS026', 'the file holds no durations', { remedy: 'one duration a line, such as 250ms or 3s' });
}

function unquote(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).trim() : cell;
}
