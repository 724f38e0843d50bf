/**
 * Reads the tables that `csv.ts` writes. A line may end in LF alone: version control may have changed that.
 *
 * Not for tables of users: it forgives everything, for whatever is odd shows as a difference.
 */
import type { TextTable } from '../../experiment/difference.js';

export function readCsv(text: string): TextTable {
  const [columns = [], ...rows] = records(text.replace(/^\uFEFF/, ''));
  return { columns, rows };
}

function records(text: string): string[][] {
  const all: string[][] = [];
  let record: string[] = [];
  // A cell, quoted or plain, and what ends it: a comma, a line break, or the end of the text.
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    // A quote in the middle of something: the rest is one cell, and differs.
    if (found === null) return [...all, [...record, text]];
    const [, quoted, plain, end] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    all.push(record);
    record = [];
  }
  return record.length > 0 ? [...all, [...record, '']] : all;
}
