/** The schema of scenarios for editors: JSON Schema, draft-07. It knows structure and units; references are checked by `validate`. */
import { z } from 'zod';
import type { KindDeclaration } from '../../model/index.js';
import { LANGUAGE_VERSION } from '../words.js';
import { scenarioSchema } from './scenario.js';

/** `${n}` may stand for any value; an editor must not complain about it. */
const REFERENCE = '\\$\\{[A-Za-z][A-Za-z0-9_-]*\\}';

type Json = Record<string, unknown>;

export function jsonSchema(catalogue: readonly KindDeclaration[]): object {
  const schema = z.toJSONSchema(scenarioSchema(catalogue), {
    target: 'draft-7', io: 'input',
    override: ({ jsonSchema: json }) => { tidy(json as Json); },
  });
  return { ...schema, $id: `scenario.v${String(LANGUAGE_VERSION)}.schema.json`, title: 'hasim scenario' };
}

const ABOUT = new Set(['description', 'default', 'examples', 'x-type', 'x-source', 'x-absent']);

function tidy(json: Json): void {
  // The bounds that only say "exact in a double" are noise to a reader.
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (Array.isArray(json.allOf)) keepOnly(json, (key) => ABOUT.has(key) || key === 'allOf');
  else if (typeof json.pattern === 'string') {
    // A scalar with a reader of its own: its pattern says more than "text or number".
    delete json.anyOf;
    json.pattern = `^(?:${json.pattern.replace(/^\^|\$$/g, '')}|${REFERENCE})$`;
  } else allowReference(json);
}

function allowReference(json: Json): void {
  const { type } = json;
  const closed = type === 'integer' || type === 'boolean' || (type === 'number' && json.const === undefined) || (type === 'string' && json.enum !== undefined);
  if (!closed) return;
  const value = Object.fromEntries(Object.entries(json).filter(([key]) => !ABOUT.has(key)));
  keepOnly(json, (key) => ABOUT.has(key));
  json.anyOf = [value, { type: 'string', pattern: `^${REFERENCE}$` }];
}

function keepOnly(json: Json, keep: (key: string) => boolean): void {
  for (const key of Object.keys(json)) if (!keep(key)) Reflect.deleteProperty(json, key);
}
