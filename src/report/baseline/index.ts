/**
 * Committed results of a scenario: what has moved since, and how new ones take their place.
 *
 * A baseline holds the tables and not `run.json`, which knows the wall clock. Not here: whether a difference is welcome.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../experiment/difference.js';
import type { Difference } from '../../experiment/difference.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { OutputError } from '../errors.js';
import { openFolder } from '../folder.js';
import { IDENTITY, resultTables } from '../results.js';
import { readCsv } from './csv-read.js';

export interface MovedFile {
  readonly file: string;
  /** Null: there is no such file in the baseline. */
  readonly differences: readonly Difference[] | null;
}

export type Comparison =
  /** The baseline has no table of this scenario. */
  | { readonly type: 'none' }
  /** Files in the order in which people want them, those without a difference left out. */
  | { readonly type: 'compared'; readonly moved: readonly MovedFile[] };

/** What people look at first comes first. */
const ORDER: readonly string[] = ['expectations.csv', 'summary.csv', 'flows.csv', 'faults.csv', 'components.csv', 'operations.csv', 'timeline.csv'];

/** Compares with the tables in `folder`. Throws OutputError for a file that cannot be read. */
export function compareWithBaseline(folder: string, result: ExperimentResult): Comparison {
  const compared = tablesOf(result).map(({ name, text }): MovedFile => {
    const kept = keptText(join(folder, name));
    if (kept === null) return { file: name, differences: null };
    return { file: name, differences: kept === text ? [] : differences(readCsv(kept), readCsv(text), IDENTITY[name] ?? []) };
  });
  if (compared.every((one) => one.differences === null)) return { type: 'none' };
  return { type: 'compared', moved: compared.filter((one) => one.differences === null || one.differences.length > 0) };
}

/** Puts the tables of this result in place of those in `folder`, all at once. Throws OutputError. */
export function writeBaseline(folder: string, result: ExperimentResult): void {
  const tables = tablesOf(result);
  const opened = openFolder(folder, tables.map(({ name }) => name));
  opened.write(tables.map(({ name, text }) => ({ name, chunks: [text] })), []);
}

function tablesOf(result: ExperimentResult): { readonly name: string; readonly text: string }[] {
  const texts = new Map(resultTables(result).map(({ name, chunks }) => [name, [...chunks].join('')]));
  return ORDER.flatMap((name) => {
    const text = texts.get(name);
    return text === undefined ? [] : [{ name, text }];
  });
}

function keptText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === undefined) throw error;
    throw new OutputError(`the baseline ${file} cannot be read (${code})`);
  }
}
