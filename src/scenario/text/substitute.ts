/** `params`: puts declared values in the place of `${name}`, whole scalars only. No arithmetic, no text pieces. */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/position.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import type { Entry, Located, LocatedMap } from './located.js';
import { referenceIn, referencesIn, strayReference } from './reference.js';

/** Free text, in which a reference is not looked for. */
const FREE_TEXT = 'description';

export function substitute(root: LocatedMap, diagnostics: DiagnosticList): LocatedMap {
  const declared = root.entries.get('params')?.value;
  const params: ReadonlyMap<string, Entry> = declared?.type === 'map' ? declared.entries : new Map<string, Entry>();
  const used = new Set([...params.values()].flatMap((entry) => mentionedIn(entry.value)));

  const unknown = (at: Position, name: string): void => {
    diagnostics.error('HS018', at, `params does not declare "${name}"`, { suggestions: nearest(name, params.keys()), remedy: `declared: ${enumerate([...params.keys()])}` });
  };
  const visit = (node: Located): Located => {
    if (node.type === 'list') return { ...node, items: node.items.map(visit) };
    if (node.type === 'map') return { ...node, entries: new Map([...node.entries].map(([key, entry]) => [key, { ...entry, value: visit(entry.value) }])) };
    if (typeof node.value !== 'string') return node;
    const name = referenceIn(node.value);
    if (name === null) {
      if (strayReference(node.value) < 0) return node;
      for (const mentioned of referencesIn(node.value)) used.add(mentioned);
      diagnostics.error('HS018', node.at, 'a parameter can only be the whole of a value', { remedy: 'declare the whole text as a parameter' });
      return { ...node, broken: true };
    }
    const value = params.get(name)?.value;
    used.add(name);
    if (value === undefined) unknown(node.at, name);
    if (value === undefined || (value.type === 'scalar' && value.broken === true) || mentionedIn(value).length > 0) return { ...node, broken: true };
    // A wrong value is told where it is used: there it is wrong.
    return value.type === 'scalar' ? { type: 'scalar', value: value.value, at: node.at } : { ...value, at: node.at };
  };

  const entries = new Map<string, Entry>();
  for (const [key, entry] of root.entries) {
    entries.set(key, key === 'params' || key === FREE_TEXT ? entry : { ...entry, value: visit(entry.value) });
  }
  for (const [name, entry] of params) {
    if (mentionedIn(entry.value).length > 0) diagnostics.error('HS018', entry.value.at, 'a parameter cannot be made of other parameters', { remedy: 'write its value out' });
    else if (!used.has(name)) diagnostics.warning('HS019', entry.key, `the parameter "${name}" is not used`, { remedy: `use it as \${${name}}, or remove it` });
  }
  return { ...root, entries };
}

/** Names of parameters that a value refers to. */
function mentionedIn(node: Located): string[] {
  if (node.type === 'list') return node.items.flatMap(mentionedIn);
  if (node.type === 'map') return [...node.entries.values()].flatMap((entry) => mentionedIn(entry.value));
  return typeof node.value === 'string' ? referencesIn(node.value) : [];
}
