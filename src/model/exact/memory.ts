/**
 * Remembers the state of a model and goes back to it: every object that can be reached from some roots, field by field.
 *
 * Objects stay the same ones, so that closures go on to mean what they meant; what only a closure holds is not seen.
 * Not here: which states are the same (`fingerprint.ts`).
 */
type Plain = Record<string, unknown>;

/** One object as it was. */
export type Kept =
  | { readonly type: 'object'; readonly object: Plain; readonly keys: readonly string[]; readonly values: readonly unknown[] }
  | { readonly type: 'array'; readonly object: unknown[]; readonly values: readonly unknown[] }
  | { readonly type: 'map'; readonly object: Map<unknown, unknown>; readonly values: readonly (readonly [unknown, unknown])[] }
  | { readonly type: 'set'; readonly object: Set<unknown>; readonly values: readonly unknown[] };

/** Fields behind which lies nothing of a state: declarations, messages, and what everybody shares. Their values are kept all the same. */
const CLOSED: ReadonlySet<string> = new Set([
  'context', 'kind', 'definition', 'declaration', 'pool', 'store', 'shipping', 'outlook', 'load', 'first', 'hooks', 'draws', 'graph',
  'world', 'ups', 'repairs', 'faults', 'operations', 'fault', 'moment', 'whole', 'acceptance', 'targets', 'sets',
]);

/** The objects that a field or an item leads to; functions and plain values lead nowhere. */
function leadsTo(one: Kept, shut: ReadonlySet<string>): readonly object[] {
  const all = one.type === 'object' ? one.values.filter((_, i) => !CLOSED.has(one.keys[i]) && !shut.has(one.keys[i])) : one.type === 'map' ? one.values.flat() : one.values;
  return all.filter((value): value is object => typeof value === 'object' && value !== null);
}

export interface Limits {
  /** Fields that are not followed. */
  readonly shut?: ReadonlySet<string>;
  readonly mayEnter?: (object: object) => boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** Every object behind the roots as it is now, in an order that follows from the structure alone. */
export function keepAll(roots: readonly object[], { shut = NONE, mayEnter = () => true }: Limits = {}): readonly Kept[] {
  const kept: Kept[] = [];
  const seen = new Set<object>(roots);
  const waiting = [...roots];
  while (waiting.length > 0) {
    const one = keep(waiting.pop()!);
    kept.push(one);
    for (const next of leadsTo(one, shut)) {
      if (seen.has(next) || !mayEnter(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return kept;
}

export function keep(object: object): Kept {
  if (Array.isArray(object)) return { type: 'array', object, values: object.slice() };
  if (object instanceof Map) return { type: 'map', object, values: [...object] };
  if (object instanceof Set) return { type: 'set', object, values: [...object] };
  const plain = object as Plain;
  const keys = Object.keys(plain);
  return { type: 'object', object: plain, keys, values: keys.map((key) => plain[key]) };
}

export function restoreAll(state: readonly Kept[]): void {
  for (const one of state) {
    switch (one.type) {
      case 'object':
        for (let i = 0; i < one.keys.length; i++) if (one.object[one.keys[i]] !== one.values[i]) one.object[one.keys[i]] = one.values[i];
        break;
      case 'array':
        if (isSameList(one.object, one.values)) break;
        one.object.splice(0, one.object.length, ...one.values);
        break;
      case 'map':
        if (isSame(one)) break;
        one.object.clear();
        for (const [key, value] of one.values) one.object.set(key, value);
        break;
      case 'set':
        if (isSame(one)) break;
        one.object.clear();
        for (const value of one.values) one.object.add(value);
    }
  }
}

/** Whether an object still is as it was kept; the order of maps and sets counts, since whoever goes through them follows it. */
export function isSame(one: Kept): boolean {
  switch (one.type) {
    case 'object': return isSameObject(one.object, one.keys, one.values);
    case 'array': return isSameList(one.object, one.values);
    case 'map': {
      if (one.object.size !== one.values.length) return false;
      let place = 0;
      for (const [key, value] of one.object) {
        const [keptKey, keptValue] = one.values[place++];
        if (key !== keptKey || value !== keptValue) return false;
      }
      return true;
    }
    case 'set': {
      if (one.object.size !== one.values.length) return false;
      let place = 0;
      for (const value of one.object) if (value !== one.values[place++]) return false;
      return true;
    }
  }
}

function isSameObject(object: Plain, keys: readonly string[], values: readonly unknown[]): boolean {
  for (let i = 0; i < keys.length; i++) if (object[keys[i]] !== values[i]) return false;
  return true;
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
