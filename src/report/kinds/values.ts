/** Types and default values of parameters as a user would write them in a scenario. */
import type { ParameterSpec } from '../../model/index.js';

/** `{ lognormal: { median: 35s, p95: 170s } }`: YAML flow style, as it could stand in a file. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${flowText(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}

/** `integer of at least 1`, `queue | topic`, `name of a component that offers storage`. */
export function typeText(spec: ParameterSpec): string {
  switch (spec.type) {
    case 'duration':
    case 'integer':
    case 'number': {
      const low = spec.min === undefined ? '' : ` from ${String(spec.min)}`;
      return `${spec.type}${low}${spec.max === undefined ? '' : ` to ${String(spec.max)}`}`;
    }
    case 'distribution': return 'duration or distribution';
    case 'rate': return 'rate, such as 50/s';
    case 'size': return 'size, such as 4KiB';
    case 'share': return 'share, 0 to 1 or in %';
    case 'flag': return 'true or false';
    case 'choice': return spec.of.join(' | ');
    case 'reference': return `${spec.many === true ? 'names of components' : 'name of a component'} offering ${spec.offers.join(' or ')}`;
    case 'record': return 'map';
    case 'by-flow': return `map from flows to: ${typeText(spec.item)}`;
    case 'list': return `list of: ${typeText(spec.item)}`;
    default: return spec.type;
  }
}

/** What holds when the user says nothing. */
export function defaultText(spec: ParameterSpec): string {
  if (spec.required === true) return 'required';
  // An empty default of a map means "the defaults of its fields", which are listed below it.
  if (spec.type === 'record' && spec.default !== undefined && flowText(spec.default) === '{}') return 'default: its fields';
  if (spec.default !== undefined) return `default ${flowText(spec.default)}`;
  return spec.absent === undefined ? 'optional' : `absent: ${spec.absent}`;
}
