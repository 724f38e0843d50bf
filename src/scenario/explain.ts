/**
 * `hasim explain run.horizon`: type, unit, default, meaning, source and an example of one key, read off the schema.
 *
 * A path may leave out the names that the user gives: `flows.client.timeout`, `faults.for`, `sql-cluster.failover`. A code
 * of a diagnostic and a topology rule are explained, too.
 */
import type { z } from 'zod';
import type { KindDeclaration } from '../model/index.js';
import { CODES } from './diagnostics/codes.js';
import { nearest } from './diagnostics/suggest.js';
import { scenarioSchema } from './schema/scenario.js';
import { keysOf, kindOf, metaOf, step, unwrap } from './schema/walk.js';
import { RULES, rulesOf } from './rules.js';
import type { KnownRule } from './rules.js';
import { flowText } from './values/assumptions.js';

type Schema = z.core.$ZodType;
interface Place { readonly schema: Schema; readonly required: boolean; readonly kind?: string }

/** Null when nothing stands at this path; `explainSuggestions` then says what may have been meant. */
export function explain(path: string, catalogue: readonly KindDeclaration[]): string | null {
  if (Object.hasOwn(CODES, path)) return `${path}: ${CODES[path as keyof typeof CODES]}\n`;
  if (RULES.has(path)) return explainRule(path, catalogue);
  const kind = catalogue.find((one) => one.name === path);
  if (kind !== undefined) return explainKind(kind);
  const places = findPlaces(path, catalogue);
  if (places.length === 0) return null;
  const texts = new Map<string, string[]>();
  for (const place of places) {
    const text = explainPlace(path, place);
    texts.set(text, [...(texts.get(text) ?? []), ...(place.kind === undefined ? [] : [place.kind])]);
  }
  const several = texts.size > 1;
  return `${[...texts].map(([text, kinds]) => (several && kinds.length > 0 ? `${text}\n  of: ${kinds.join(', ')}` : text)).join('\n\n')}\n`;
}

/** Known paths near an unknown one. */
export function explainSuggestions(path: string, catalogue: readonly KindDeclaration[]): string[] {
  const known = knownPaths(catalogue);
  const last = path.split('.').at(-1) ?? path;
  const close = nearest(path, known);
  if (/^l\d+$/i.test(path)) return [path.toUpperCase()].filter((one) => RULES.has(one));
  return close.length > 0 ? close : known.filter((one) => one.split('.').at(-1) === last).slice(0, 5);
}

/** Paths with an explanation: keys of the language without what users name, kinds and their parameters. There are more. */
export function knownPaths(catalogue: readonly KindDeclaration[]): string[] {
  const schema = scenarioSchema(catalogue);
  const fixed = keysOf(schema).flatMap((key) => {
    const section = step(schema, key);
    const inner = section === undefined || key === 'topology' ? [] : keysOf(valueOf(section));
    return [key, ...inner.map((one) => `${key}.${one}`)];
  });
  const kinds = catalogue.flatMap((kind) => [kind.name, ...Object.keys(kind.parameters).map((one) => `${kind.name}.${one}`)]);
  return [...fixed, ...kinds];
}

/** Every topology rule and every code of a diagnostic. */
export function knownCodes(): string[] {
  return [...RULES, ...Object.keys(CODES)];
}

/** For a section of named entries: what one entry is. */
function valueOf(schema: Schema): Schema {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  return def.type === 'record' ? def.valueType : schema;
}

function findPlaces(path: string, catalogue: readonly KindDeclaration[]): Place[] {
  const keys = path.split('.');
  const schema = scenarioSchema(catalogue);
  const kind = catalogue.find((one) => one.name === keys[0]);
  if (kind !== undefined) return find(step(schema, 'topology'), keys.slice(1)).filter((place) => place.kind === kind.name);
  const named = keys[0] === 'topology' ? catalogue.find((one) => one.name === keys[1]) : undefined;
  const places = find(schema, keys);
  return named === undefined ? places : places.filter((place) => place.kind === named.name);
}

function find(schema: Schema | undefined, keys: readonly string[], required = true, kind?: string): Place[] {
  if (schema === undefined) return [];
  const [key, ...rest] = keys;
  const optional = (schema as z.core.$ZodTypes)._zod.def.type === 'optional';
  if (key === undefined) return [{ schema, required: required && !optional, ...(kind === undefined ? {} : { kind }) }];
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': return Object.hasOwn(def.shape, key) ? find(def.shape[key], rest, true, kind) : [];
    case 'record':
    case 'array': {
      const inner = def.type === 'record' ? def.valueType : def.element;
      // The name of an entry may be left out.
      const direct = find(inner, keys, required, kind);
      return direct.length > 0 ? direct : find(inner, rest, required, kind);
    }
    case 'union': return def.options.flatMap((option) => find(option, keys, required, kindOf(option) ?? kind));
    default: return [];
  }
}

/** For what is not declared as a field. */
const TYPES = new Map<string, string>([['object', 'map'], ['record', 'map'], ['array', 'list'], ['number', 'number'], ['string', 'text'], ['boolean', 'true or false']]);

function explainPlace(path: string, { schema, required }: Place): string {
  const meta = metaOf(schema);
  const keys = keysOf(schema);
  const type = meta['x-type'] ?? TYPES.get((unwrap(schema) as z.core.$ZodTypes)._zod.def.type) ?? 'value';
  return [
    path,
    `  ${type}${required ? '; required' : ''}`,
    ...(meta.description === undefined ? [] : [`  ${meta.description}`]),
    ...(meta.default === undefined ? [] : [`  default: ${flowText(meta.default)}`]),
    ...(meta['x-source'] === undefined ? [] : [`  source: ${meta['x-source']}`]),
    ...(meta['x-absent'] === undefined ? [] : [`  absent: ${meta['x-absent']}`]),
    ...(meta.examples === undefined ? [] : [`  example: ${path.split('.').at(-1) ?? ''}: ${flowText(meta.examples[0])}`]),
    ...(keys.length === 0 || type.startsWith('map of') ? [] : [`  keys: ${keys.join(', ')}`]),
  ].join('\n');
}

/** Its parts one after the other: each has a level and a reason of its own. */
function explainRule(name: string, catalogue: readonly KindDeclaration[]): string {
  const parts = rulesOf(catalogue).filter((one) => one.rule.name === name);
  if (parts.length === 0) return `${name}\n  a topology rule that this version does not check\n`;
  return `${parts.map(explainPart).join('\n\n')}\n`;
}

function explainPart({ rule, kinds }: KnownRule): string {
  return [
    `${rule.name} ${rule.level}`,
    `  ${rule.meaning}`,
    `  why: ${rule.reason}`,
    `  source: ${rule.source}`,
    `  remedy: ${rule.remedy}`,
    `  checked for: ${kinds.map((kind) => kind.name).join(', ')}`,
    rule.refuses === undefined ? `  allow: [${rule.name}] switches it off` : '  cannot be switched off: what breaks it cannot be simulated',
  ].join('\n');
}

function explainKind(kind: KindDeclaration): string {
  const { placement } = kind;
  const places = [
    placement.in === undefined ? '' : `in (offers ${placement.in.offers.join(' or ')})`,
    placement.on === undefined ? '' : `on (${placement.on.meaning === 'members' ? 'one member on each server' : 'servers that can carry it'})`,
    placement.cluster === undefined ? '' : 'cluster', placement.count === true ? 'count' : '',
  ].filter((text) => text !== '');
  return `${[
    kind.name,
    `  ${kind.summary}`,
    `  not modelled: ${kind.omits}`,
    ...(places.length === 0 ? [] : [`  placement: ${places.join(', ')}`]),
    `  parameters: ${Object.keys(kind.parameters).join(', ') || 'none'}`,
    `  faults: ${Object.keys(kind.faults).join(', ') || 'none'}`,
    ...(kind.gauges === undefined ? [] : [`  gauges: ${Object.keys(kind.gauges).join(', ')}`]),
    ...(kind.rules === undefined ? [] : [`  rules: ${[...new Set(kind.rules.map((rule) => rule.name))].join(', ')}`]),
  ].join('\n')}\n`;
}
