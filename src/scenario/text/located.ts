/**
 * Values as read from a text, each with the place it came from.
 *
 * Merging files, overriding from the command line and replacing parameters work on this tree, so a value keeps its
 * place wherever it ends up. It does not know YAML, and it does not know what the values mean.
 */
import type { Position } from '../diagnostics/position.js';

export type Plain = string | number | boolean | null;
export type Path = readonly (string | number)[];

export interface LocatedScalar {
  readonly type: 'scalar';
  readonly value: Plain;
  readonly at: Position;
  /** Where the text itself begins, when it stands verbatim on one line (so that a part of it can be pointed at). */
  readonly verbatim?: { readonly line: number; readonly column: number };
  /** Already reported: nothing more is said about this value. */
  readonly broken?: true;
}
export interface Entry { readonly key: Position; readonly value: Located }
export interface LocatedMap { readonly type: 'map'; readonly entries: ReadonlyMap<string, Entry>; readonly at: Position }
export interface LocatedList { readonly type: 'list'; readonly items: readonly Located[]; readonly at: Position }
export type Located = LocatedScalar | LocatedMap | LocatedList;

/** The value without places, as JSON would have it. */
export function plain(node: Located): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

/** A value that stands in no text (a default), given the place of what it belongs to. */
export function locate(value: unknown, at: Position): Located {
  if (Array.isArray(value)) return { type: 'list', items: value.map((item) => locate(item, at)), at };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, { key: at, value: locate(item, at) }] as const);
    return { type: 'map', entries: new Map(entries), at };
  }
  return { type: 'scalar', value: value as Plain, at };
}

export function child(node: Located | undefined, key: string | number): Located | undefined {
  if (node?.type === 'map') return node.entries.get(String(key))?.value;
  if (node?.type === 'list' && typeof key === 'number') return node.items[key];
  return undefined;
}

export function lookup(node: Located | undefined, path: Path): Located | undefined {
  return path.reduce<Located | undefined>((at, key) => child(at, key), node);
}

/** The place of a key, or of the item of a list. */
export function keyPosition(root: Located, path: Path): Position | undefined {
  const parent = lookup(root, path.slice(0, -1));
  const last = path[path.length - 1];
  if (parent?.type === 'map') return parent.entries.get(String(last))?.key;
  return child(parent, last)?.at;
}

/** A short place for a whole map: its first key; for anything else its own. */
export function headOf(node: Located): Position {
  if (node.type !== 'map') return node.at;
  const [first] = node.entries.values();
  return first?.key ?? node.at;
}

export function isText(node: Located | undefined): node is LocatedScalar & { readonly value: string } {
  return node?.type === 'scalar' && typeof node.value === 'string';
}

/** The part [start, start + length) of a text, or all of it when its characters do not stand verbatim in the file. */
export function within(node: LocatedScalar, start: number, length: number): Position {
  if (node.verbatim === undefined) return node.at;
  const { line, column } = node.verbatim;
  return { file: node.at.file, line, column: column + start, endLine: line, endColumn: column + start + Math.max(1, length) };
}
