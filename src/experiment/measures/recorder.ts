/**
 * Keeps ledger entries as lines of text, to find the first one in which two runs differ. For tests and for hunting a
 * difference of digests; a run does not need it.
 */
import type { LedgerReader, ModelMap } from '../../model/index.js';
import { ENTRY_FIELDS, ENTRY_NAMES, fieldText } from './entries.js';

export interface Recording {
  readonly reader: LedgerReader;
  /** `1500000 offered orders 7`: time in µs, entry, arguments with names for indices. */
  readonly lines: readonly string[];
}

/** Records the first `limit` entries of a run, steps left out as in the digest. */
export function record(map: ModelMap, limit = Infinity): Recording {
  const lines: string[] = [];
  const reader: Record<string, (time: number, ...values: readonly unknown[]) => void> = {};
  for (const name of ENTRY_NAMES) {
    if (name === 'step') continue;
    const fields = ENTRY_FIELDS[name];
    reader[name] = (time, ...values) => {
      if (lines.length >= limit) return;
      let line = `${String(time)} ${name}`;
      for (let i = 0; i < fields.length; i++) line += ` ${fieldText(map, fields[i], values[i])}`;
      lines.push(line);
    };
  }
  return { reader: reader as LedgerReader, lines };
}

export interface Difference {
  /** Position of the entry, from 0. */
  readonly index: number;
  /** The entry in either run; null where that run had ended. */
  readonly left: string | null;
  readonly right: string | null;
}

/** The first entry in which two recordings differ; null when they are the same. */
export function firstDifference(left: Recording, right: Recording): Difference | null {
  const length = Math.max(left.lines.length, right.lines.length);
  for (let index = 0; index < length; index += 1) {
    if (left.lines[index] !== right.lines[index]) {
      return { index, left: left.lines[index] ?? null, right: right.lines[index] ?? null };
    }
  }
  return null;
}
