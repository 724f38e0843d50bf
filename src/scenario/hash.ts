/**
 * What identifies a scenario: a digest of everything that can change a result except the seed.
 *
 * Taken after extending, overriding and replacing parameters, with keys in order, so that comments, key order, file names
 * and the way a value came in make no difference. The seed is printed beside it.
 */
import { createHash } from 'node:crypto';
import { plain } from './text/located.js';
import type { LocatedMap } from './text/located.js';

/** Keys that change no result: texts, and parameters, which have been put in their places. */
const LEFT_OUT = new Set(['seed', 'description', 'params', '$schema']);

export function scenarioHash(root: LocatedMap, dataDigests: Iterable<string>): string {
  const kept: LocatedMap = { ...root, entries: new Map([...root.entries].filter(([key]) => !LEFT_OUT.has(key))) };
  const text = canonical(plain(kept));
  return createHash('sha256').update(text).update([...dataDigests].sort().join('\n')).digest('hex').slice(0, 16);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
