/**
 * `--find 'min PATH [in VALUES] [where CONDITION and CONDITION]'` → its parts. Conditions are expectations; `in` names the values to search.
 *
 * Not here: what the conditions mean (they are read with each variant), and who searches.
 */
import type { Levels } from '../../experiment/sweep/variants.js';
import type { Piece } from '../expectations/grammar.js';
import { read, refused } from './problem.js';
import type { Read } from './problem.js';
import { parseLevels } from './vary.js';

export interface FindQuery {
  readonly text: string;
  readonly direction: 'min' | 'max';
  readonly path: string;
  /** Values to search; absent: those that are varied. */
  readonly among?: Levels;
  /** With their places in the text; none: the expectations of the scenario. */
  readonly conditions: readonly Piece[];
}

export const FIND_FORM = "--find 'min topology.process.on.first where orders.lost == 0 and orders.delay.p99 < 30s'; the path may have its values behind it: in 1..16";

/** @param most values to search */
export function parseFind(text: string, most: number): Read<FindQuery> {
  const match = /^\s*(\S+)\s+(\S+)(?:\s+in\s+(.+?))?(?:\s+where(?:\s+(.*?))?)?\s*$/ds.exec(text);
  if (match === null) return refused(`--find "${text}": it cannot be read`, `it is written like ${FIND_FORM}`);
  const [, direction, path, among, where] = match;
  if (direction !== 'min' && direction !== 'max') return refused(`--find: "${direction}" is neither min nor max`, `it is written like ${FIND_FORM}`);
  // What stands between path and where must be an `in`; whatever else was taken for the values of one.
  const levels = among === undefined ? undefined : parseLevels(among, most);
  if (levels?.ok === false) return { ok: false, problems: levels.problems.map(({ message, ...rest }) => ({ message: `--find … in: ${message}`, ...rest })) };
  const conditions = where === undefined ? [] : splitConditions(where, match.indices?.[4]?.[0] ?? 0);
  const hasWhere = /\swhere(\s|$)/.test(text);
  if (hasWhere && (conditions.length === 0 || conditions.some((piece) => piece.text === ''))) return refused(`--find "${text}": a condition is missing`, `it is written like ${FIND_FORM}`);
  return read({ text: text.trim(), direction, path, conditions, ...(levels === undefined ? {} : { among: levels.value }) });
}

/** At each `and`, except for the one that belongs to a `between`. */
function splitConditions(text: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const cut = (end: number): void => {
    const part = text.slice(start, end);
    pieces.push({ text: part.trim(), start: offset + start + (part.length - part.trimStart().length) });
  };
  for (const { index, 0: word } of text.matchAll(/(?<=\s|^)and(?=\s|$)/g)) {
    if (/\sbetween\s+\S+\s+$/.test(text.slice(start, index))) continue;
    cut(index);
    start = index + word.length;
  }
  cut(text.length);
  return pieces;
}
