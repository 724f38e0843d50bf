/**
 * Declared fields and what was written → values as the model wants them, every default filled in and noted.
 *
 * The structure has been checked before: what is here has the right form. Not here: the fields of the fixed part whose
 * form no parameter type expresses; whoever asks for them reads them.
 */
import type { Fields, ParameterSpec } from '../../model/index.js';
import type { Position } from '../diagnostics/position.js';
import type { FieldTable } from '../schema/parameter.js';
import { child, locate } from '../text/located.js';
import type { Located } from '../text/located.js';
import type { ValueContext } from './context.js';
import { distributionValue } from './distribution.js';
import { scalarValue } from './scalar.js';

/**
 * @param node the map with the values; absent: only defaults
 * @param at the place of what these values belong to
 * @param path for the list of assumptions
 */
export function fieldValues(fields: Fields | FieldTable, node: Located | undefined, at: Position, path: string, context: ValueContext): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries(fields)) {
    if (spec.type === 'form') continue;
    const value = fieldValue(spec, child(node, key), at, `${path}.${key}`, context);
    if (value !== undefined) values[key] = value;
  }
  return values;
}

export function fieldValue(spec: ParameterSpec, node: Located | undefined, at: Position, path: string, context: ValueContext): unknown {
  if (node !== undefined) return given(spec, node, path, context);
  if (spec.default !== undefined) {
    // What the fields of an empty map default to is noted for each of them.
    if (spec.type !== 'record' || Object.keys(spec.default as object).length > 0) context.assumptions.add(path, spec.default, spec.source);
    return given(spec, locate(spec.default, at), path, context);
  }
  // A component that is not named is taken never to fail.
  if (spec.type === 'reference' && spec.absent !== undefined) context.assumptions.add(path, 'none', `not declared: ${spec.absent}`);
  return undefined;
}

function given(spec: ParameterSpec, node: Located, path: string, context: ValueContext): unknown {
  switch (spec.type) {
    case 'duration':
    case 'rate':
    case 'size':
    case 'share': return scalarValue(spec.type, node, context.diagnostics);
    case 'distribution': return distributionValue(node, context);
    case 'reference': return context.resolve(spec, node);
    case 'record': return fieldValues(spec.fields, node, node.at, path, context);
    case 'by-flow': return node.type !== 'map' ? {} : Object.fromEntries([...node.entries].map(([flow, { value }]) => [flow, given(spec.item, value, `${path}.${flow}`, context)]));
    case 'list': return node.type === 'list' ? node.items.map((item, index) => given(spec.item, item, `${path}.${String(index)}`, context)) : [];
    default: return node.type === 'scalar' ? node.value : undefined;
  }
}
