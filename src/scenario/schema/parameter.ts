/**
 * Declared fields → schema.
 *
 * Fields of kinds and of the fixed part of the language are declared in the same way, as data; this is the only place
 * that turns a declaration into a schema. Meaning, default, unit and source travel along for editors and for `explain`.
 */
import { z } from 'zod';
import type { DurationSpec, IntegerSpec, NumberSpec, ParameterSpec } from '../../model/index.js';
import { formatDuration, parseDuration } from '../quantities/duration.js';
import { bad, good } from '../quantities/parsed.js';
import { distribution } from './distribution.js';
import { mapOf, oneOf, readBy } from './forms.js';
import { duration, rate, share, size } from './scalars.js';

/** A field whose form no parameter type expresses: arrivals, routes, targets. */
export interface FormSpec {
  readonly type: 'form';
  /** In `explain`, in the place of a type. */
  readonly form: string;
  readonly schema: z.ZodType;
  readonly meaning: string;
  readonly source?: string;
  readonly default?: unknown;
  readonly required?: boolean;
  readonly absent?: string;
}
export type FieldSpec = (ParameterSpec | FormSpec) & { readonly example?: unknown };
export type FieldTable = Readonly<Record<string, FieldSpec>>;

/** What `explain` and editors learn about a field. */
export interface FieldMeta {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly 'x-type'?: string;
  readonly 'x-source'?: string;
  readonly 'x-absent'?: string;
}

export function shapeOf(fields: FieldTable): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(fields).map(([key, spec]) => [key, fieldSchema(spec)]));
}

export function fieldSchema(spec: FieldSpec): z.ZodType {
  const schema = described(spec);
  return spec.required === true ? schema : schema.optional();
}

function described(spec: FieldSpec): z.ZodType {
  return bareSchema(spec).meta({
    description: spec.meaning,
    'x-type': typeText(spec),
    ...(spec.default === undefined ? {} : { default: spec.default }),
    ...(spec.source === undefined ? {} : { 'x-source': spec.source }),
    ...(spec.absent === undefined ? {} : { 'x-absent': spec.absent }),
    ...(spec.example === undefined ? {} : { examples: [spec.example] }),
  });
}

function bareSchema(spec: ParameterSpec | FormSpec): z.ZodType {
  switch (spec.type) {
    case 'form': return spec.schema;
    case 'duration': return boundedDuration(spec);
    case 'distribution': return distribution;
    case 'rate': return rate;
    case 'size': return size;
    case 'share': return share;
    case 'integer': return bounded(z.number().int(), spec);
    case 'number': return bounded(z.number(), spec);
    case 'flag': return z.boolean();
    case 'text': return z.string();
    case 'choice': return z.enum(spec.of);
    case 'reference': return spec.many === true ? NAMES : z.string().min(1);
    case 'record': return mapOf(shapeOf(spec.fields));
    case 'by-flow': return z.record(z.string(), described(spec.item));
    case 'list': return spec.min === undefined ? z.array(described(spec.item)) : z.array(described(spec.item)).min(spec.min);
  }
}

const NAMES = oneOf('names', 'the name of a component, or a list of names', [
  { mark: 'scalar', schema: z.string().min(1) },
  { mark: 'list', schema: z.array(z.string().min(1)).min(1) },
]);

function bounded(schema: z.ZodNumber, spec: IntegerSpec | NumberSpec): z.ZodType {
  const low = spec.min === undefined ? schema : schema.min(spec.min);
  return spec.max === undefined ? low : low.max(spec.max);
}

function boundedDuration(spec: DurationSpec): z.ZodType {
  const limit = (text: string | undefined): number | undefined => {
    const parsed = text === undefined ? undefined : parseDuration(text);
    return parsed?.ok === true ? parsed.value : undefined;
  };
  const min = limit(spec.min);
  const max = limit(spec.max);
  if (min === undefined && max === undefined) return duration;
  return readBy(duration, (value) => {
    const parsed = parseDuration(value);
    if (!parsed.ok) return good(0);
    if (min !== undefined && parsed.value < min) return bad('HS014', `${formatDuration(parsed.value)} is less than ${formatDuration(min)}`);
    return max !== undefined && parsed.value > max ? bad('HS014', `${formatDuration(parsed.value)} is more than ${formatDuration(max)}`) : good(0);
  });
}

/** The type in words, with its bounds. */
export function typeText(spec: ParameterSpec | FormSpec): string {
  switch (spec.type) {
    case 'form': return spec.form;
    case 'choice': return `one of ${spec.of.join(', ')}`;
    case 'reference': return `${spec.many === true ? 'names of components' : 'name of a component'} that offer${spec.many === true ? '' : 's'} ${spec.offers.join(' or ')}`;
    case 'record': return `map of ${Object.keys(spec.fields).join(', ')}`;
    case 'by-flow': return `map from flows to ${typeText(spec.item)}`;
    case 'list': return `list of ${typeText(spec.item)}`;
    case 'flag': return 'true or false';
    case 'integer':
    case 'number':
    case 'duration': {
      const bounds = [spec.min === undefined ? '' : `at least ${String(spec.min)}`, spec.max === undefined ? '' : `at most ${String(spec.max)}`].filter((text) => text !== '');
      return [spec.type === 'integer' ? 'whole number' : spec.type, ...bounds].join(', ');
    }
    default: return spec.type;
  }
}
