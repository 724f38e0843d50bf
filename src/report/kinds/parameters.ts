/** Parameters of a kind as a reference: name, type, default, meaning, source; fields of maps and lists under dotted names. */
import type { Fields, ParameterSpec } from '../../model/index.js';
import type { Paint } from '../paint.js';
import { labelled, wrap } from '../wrap.js';
import { defaultText, typeText } from './values.js';

export function parameterLines(fields: Fields, paint: Paint): string[] {
  return Object.entries(fields).flatMap(([name, spec]) => oneParameter(name, spec, paint));
}

function oneParameter(path: string, spec: ParameterSpec, paint: Paint): string[] {
  return [
    `  ${paint.strong(path)}  ${paint.dim(`${typeText(spec)} · ${defaultText(spec)}`)}`,
    ...wrap(spec.meaning, 6),
    ...(spec.source === undefined ? [] : labelled('source', spec.source, 6).map((line) => paint.dim(line))),
    ...nested(path, spec, paint),
  ];
}

function nested(path: string, spec: ParameterSpec, paint: Paint): string[] {
  if (spec.type === 'record') return Object.entries(spec.fields).flatMap(([name, field]) => oneParameter(`${path}.${name}`, field, paint));
  // The items of a list of plain values are described by its type already.
  if (spec.type === 'list' && spec.item.type === 'record') return nested(`${path}[]`, spec.item, paint);
  return [];
}
