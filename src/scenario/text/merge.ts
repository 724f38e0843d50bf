/**
 * What `extends` does to values: maps merge deep, lists replace, null deletes, faults and operations merge by id,
 * and tagged maps (distributions, arrivals, the moment of a fault) replace whole.
 *
 * Not here: finding and reading the files.
 */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { DISTRIBUTION_TAGS, MOMENT_KEYS } from '../words.js';
import { isText } from './located.js';
import type { Entry, Located, LocatedList, LocatedMap, Path } from './located.js';

const EMPTY: LocatedMap['entries'] = new Map();

/** `over` on top of `base`; without a base, only what null deletes is taken away. */
export function merge(base: LocatedMap | undefined, over: LocatedMap, diagnostics: DiagnosticList, path: Path = []): LocatedMap {
  const entries = new Map<string, Entry>(base?.entries ?? EMPTY);
  if (isIncident(path) && MOMENT_KEYS.some((key) => over.entries.has(key))) {
    for (const key of MOMENT_KEYS) entries.delete(key);
  }
  for (const [key, entry] of over.entries) {
    const { value } = entry;
    const below = entries.get(key)?.value;
    if (value.type === 'scalar' && value.value === null) {
      // At the top an empty section is the usual way to say "nothing here yet".
      if (!entries.delete(key) && path.length > 0 && base?.entries.has(key) !== true)
        diagnostics.warning('HS017', entry.key, `"${key}" has no value and there is nothing to delete`, { remedy: 'write a value, or remove the key' });
      continue;
    }
    entries.set(key, { key: entry.key, value: combine(below, value, diagnostics, [...path, key]) });
  }
  return { type: 'map', entries, at: over.at };
}

function combine(base: Located | undefined, over: Located, diagnostics: DiagnosticList, path: Path): Located {
  if (over.type === 'scalar') return over;
  if (over.type === 'list') return combineLists(base, over, diagnostics, path);
  return merge(base?.type === 'map' && !replacesWhole(base, over, path) ? base : undefined, over, diagnostics, path);
}

function combineLists(base: Located | undefined, over: LocatedList, diagnostics: DiagnosticList, path: Path): LocatedList {
  const byId = base?.type === 'list' && path.length === 1 && (path[0] === 'faults' || path[0] === 'operations');
  const items: Located[] = byId ? [...base.items] : [];
  for (const item of over.items) {
    if (item.type !== 'map') {
      items.push(item);
      continue;
    }
    const known = byId ? items.findIndex((one) => idOf(one) !== undefined && idOf(one) === idOf(item)) : -1;
    const below = known < 0 ? undefined : (items[known] as LocatedMap);
    const merged = merge(below, item, diagnostics, [...path, known < 0 ? items.length : known]);
    if (known < 0) items.push(merged);
    else items[known] = merged;
  }
  return { type: 'list', items, at: over.at };
}

export function idOf(node: Located): string | undefined {
  const id = node.type === 'map' ? node.entries.get('id')?.value : undefined;
  return isText(id) ? id.value : undefined;
}

const isIncident = (path: Path): boolean => path.length === 2 && (path[0] === 'faults' || path[0] === 'operations');

/** A map with a tag is one value: half of the old and half of the new would be neither. */
function replacesWhole(base: LocatedMap, over: LocatedMap, path: Path): boolean {
  if (path.length === 3 && path[0] === 'flows' && path[2] === 'arrivals') return true;
  if (isIncident(path.slice(0, 2)) && path.length === 3) return true;
  return isTagged(base) || isTagged(over);
}

export function isTagged(map: LocatedMap): boolean {
  return map.entries.size === 1 && DISTRIBUTION_TAGS.some((tag) => map.entries.has(tag));
}
