/**
 * Expectations asked on the command line, put after those of the scenario so that they are read and judged in the same way.
 *
 * Where the scenario's own `expect` is no list, that is told, and nothing is added.
 */
import { FIND } from '../text/file.js';
import type { Entry, LocatedMap, LocatedScalar } from '../text/located.js';
import type { Piece } from './grammar.js';

export function withConditions(root: LocatedMap, conditions: readonly Piece[]): LocatedMap {
  const entry = root.entries.get('expect');
  if (conditions.length === 0 || (entry !== undefined && entry.value.type !== 'list')) return root;
  const asked = conditions.map((piece) => locatedPiece(piece, FIND));
  const own = entry?.value.type === 'list' ? entry.value.items : [];
  const at = entry?.value.at ?? asked[0].at;
  const expect: Entry = { key: entry?.key ?? at, value: { type: 'list', items: [...own, ...asked], at } };
  return { ...root, entries: new Map([...root.entries, ['expect', expect]]) };
}

/** A piece of an option, at its place in the text of the option. */
export function locatedPiece({ text, start }: Piece, option: string): LocatedScalar & { readonly value: string } {
  const column = start + 1;
  return { type: 'scalar', value: text, at: { file: option, line: 1, column, endLine: 1, endColumn: column + text.length }, verbatim: { line: 1, column } };
}
