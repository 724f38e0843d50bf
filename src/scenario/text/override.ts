/**
 * `--set path=value`, and so does each value of `--vary`: changes one place of a scenario from the command line.
 *
 * The path goes through maps by key and through lists by index or id; the value is YAML; null deletes. Places get the
 * name of the option as file, the number of the option as line and the offset in its text as column. Not here: whether the result makes sense.
 */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Extra } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/position.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import { DISTRIBUTION_TAGS } from '../words.js';
import { SET } from './file.js';
import type { Entry, Located, LocatedMap } from './located.js';
import { idOf, isTagged } from './merge.js';
import { parseText } from './parse.js';

interface Segment { readonly key: string; readonly at: Position; /** The path up to here, as written. */ readonly path: string }

/** Names in these sections are given by the user: a path through an unknown one is a slip, not a new entry. */
const NAMED = ['topology', 'flows'];

class BadPath extends Error {
  constructor(readonly segment: Segment, message: string, readonly extra: Extra = {}) {
    super(message);
  }
}

/** The scenario with every option applied in order. What cannot be applied is reported and left out. */
export function applyOverrides(root: LocatedMap, options: readonly string[], diagnostics: DiagnosticList, name: string = SET): LocatedMap {
  return options.reduce((tree, option, index) => applyOne(tree, option, { name, line: index + 1 }, diagnostics), root);
}

/** An option by its name and its number among those of this name. */
interface Which { readonly name: string; readonly line: number }

function applyOne(root: LocatedMap, option: string, { name, line }: Which, diagnostics: DiagnosticList): LocatedMap {
  const place = (start: number, end: number): Position => ({ file: name, line, column: start + 1, endLine: line, endColumn: end + 1 });
  const equals = option.indexOf('=');
  if (equals < 1) {
    diagnostics.error('HS009', place(0, option.length), `"${option}" is not path=value`, { remedy: `for example ${name} run.horizon=2h` });
    return root;
  }
  const segments: Segment[] = [];
  let start = 0;
  for (const key of option.slice(0, equals).split('.')) {
    segments.push({ key, at: place(start, start + key.length), path: option.slice(0, start + key.length) });
    start += key.length + 1;
  }
  if (segments[0].key === 'extends') {
    diagnostics.error('HS009', segments[0].at, `${name} cannot change extends: the files are put together before`, { remedy: 'write a scenario that extends the other file' });
    return root;
  }
  const empty = segments.find((segment) => segment.key === '');
  if (empty !== undefined || option.slice(equals + 1).trim() === '') {
    diagnostics.error('HS009', empty?.at ?? place(equals, option.length), empty === undefined ? 'there is no value after =' : 'the path has an empty part', {
      remedy: empty === undefined ? 'write null to delete a key' : `for example ${name} run.horizon=2h`,
    });
    return root;
  }
  // Blanks and line ends in front give the value the place it has in the option.
  const value = parseText('\n'.repeat(line - 1) + ' '.repeat(equals + 1) + option.slice(equals + 1), name, diagnostics);
  if (value === null) return root;
  try {
    return put(root, segments, 0, value) as LocatedMap;
  } catch (error) {
    if (!(error instanceof BadPath)) throw error;
    diagnostics.error('HS009', error.segment.at, error.message, error.extra);
    return root;
  }
}

function put(node: Located | undefined, segments: readonly Segment[], depth: number, value: Located): Located {
  if (depth === segments.length) return value;
  const segment = segments[depth];
  if (node?.type === 'scalar') {
    const above = segments[depth - 1]?.path ?? '';
    throw new BadPath(segment, `"${above}" is a single value: nothing lies inside it`, { remedy: `${segment.at.file} ${above}={…} replaces it whole` });
  }
  return node?.type === 'list' ? putItem(node, segments, depth, value) : putEntry(node, segments, depth, value);
}

function putEntry(map: LocatedMap | undefined, segments: readonly Segment[], depth: number, value: Located): LocatedMap {
  const segment = segments[depth];
  const last = depth === segments.length - 1;
  const tag = DISTRIBUTION_TAGS.some((one) => one === segment.key);
  const below = map !== undefined && tag && isTagged(map) && !map.entries.has(segment.key) ? undefined : map;
  const entries = new Map<string, Entry>(below?.entries ?? []);
  const entry = entries.get(segment.key);
  if (entry === undefined && !last && depth === 1 && NAMED.includes(segments[0].key)) {
    throw new BadPath(segment, `there is no "${segment.path}" in the scenario`, { suggestions: nearest(segment.key, entries.keys()) });
  }
  const isNull = last && value.type === 'scalar' && value.value === null;
  if (isNull && !entries.delete(segment.key)) throw new BadPath(segment, `there is no "${segment.path}" to delete`, { suggestions: nearest(segment.key, entries.keys()) });
  if (!isNull) entries.set(segment.key, { key: segment.at, value: put(entry?.value, segments, depth + 1, value) });
  return { type: 'map', entries, at: map?.at ?? segment.at };
}

function putItem(list: Extract<Located, { type: 'list' }>, segments: readonly Segment[], depth: number, value: Located): Located {
  const segment = segments[depth];
  const ids = list.items.flatMap((item) => idOf(item) ?? []);
  const byId = list.items.findIndex((item) => idOf(item) === segment.key);
  const index = byId >= 0 ? byId : /^\d+$/.test(segment.key) ? Number(segment.key) : -1;
  if (index < 0 || index >= list.items.length) {
    const count = list.items.length;
    const remedy = `${ids.length > 0 ? `ids: ${enumerate(ids)}; ` : ''}${count === 0 ? 'the list is empty' : `indices: 0 to ${String(count - 1)}`}`;
    throw new BadPath(segment, `there is no "${segment.path}" in the scenario`, { suggestions: nearest(segment.key, ids), remedy });
  }
  const items = [...list.items];
  const deletes = depth === segments.length - 1 && value.type === 'scalar' && value.value === null;
  if (deletes) items.splice(index, 1);
  else items[index] = put(items[index], segments, depth + 1, value);
  return { ...list, items };
}
