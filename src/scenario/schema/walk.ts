/**
 * Finding one's way in the schema by path: what stands at `run.horizon`, which keys `flows.orders` takes.
 *
 * For explanations and for the remedy of a missing key. It validates nothing.
 */
import { z } from 'zod';
import { isText, lookup } from '../text/located.js';
import type { Located, Path } from '../text/located.js';
import type { FieldMeta } from './parameter.js';

type Schema = z.core.$ZodType;

/** The description of what stands at a path of this document. */
export function describePath(schema: z.ZodType, path: Path, root: Located): FieldMeta | undefined {
  let at: Schema | undefined = schema;
  for (const [index, key] of path.entries()) {
    if (at === undefined) return undefined;
    const kind = lookup(root, [...path.slice(0, index), 'kind']);
    at = step(at, String(key), isText(kind) ? kind.value : undefined);
  }
  return at === undefined ? undefined : metaOf(at);
}

export function metaOf(schema: Schema): FieldMeta {
  return { ...metaOfInner(schema), ...(z.globalRegistry.get(schema) as FieldMeta | undefined) };
}

function metaOfInner(schema: Schema): FieldMeta {
  const inner = innerOf(schema);
  return inner === schema ? {} : metaOf(inner);
}

/** Without the wrapper that says a key may be absent. */
function innerOf(schema: Schema): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional') return def.innerType;
  return def.type === 'lazy' ? def.getter() : schema;
}

export function unwrap(schema: Schema): Schema {
  const inner = innerOf(schema);
  return inner === schema ? schema : unwrap(inner);
}

/** What a key leads to; with several alternatives the one of this kind, else the first that knows the key. */
export function step(schema: Schema, key: string, kind?: string): Schema | undefined {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': return Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
    case 'record': return def.valueType;
    case 'array': return def.element;
    case 'union': {
      const options = kind === undefined ? def.options : def.options.filter((option) => kindOf(option) === kind);
      for (const option of options) {
        const found = step(option, key);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    default: return undefined;
  }
}

/** The kind that an alternative of the topology stands for. */
export function kindOf(schema: Schema): string | undefined {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  if (def.type !== 'object' || !Object.hasOwn(def.shape, 'kind')) return undefined;
  const tag = (unwrap(def.shape.kind) as z.core.$ZodTypes)._zod.def;
  return tag.type === 'literal' ? String(tag.values[0]) : undefined;
}

/** The keys that a map at this place takes; for a list, those of its items. */
export function keysOf(schema: Schema): string[] {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  if (def.type === 'object') return Object.keys(def.shape);
  if (def.type === 'array') return keysOf(def.element);
  return def.type === 'union' ? [...new Set(def.options.flatMap((option) => keysOf(option)))] : [];
}
