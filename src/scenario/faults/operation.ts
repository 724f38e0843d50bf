/** `operations` → operations of the model: what people and pipelines do, to whom, when. */
import type { OperationDefinition, OperationKind } from '../../model/index.js';
import { enumerate } from '../diagnostics/suggest.js';
import type { Soundness } from '../schema/validate.js';
import { child, headOf } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import { idOf } from '../text/merge.js';
import { textValue } from '../values/scalar.js';
import type { Incidents } from './incidents.js';
import { checkInstant, instantOf, readMoment } from './moment.js';
import { readTarget, targetText } from './target.js';

/** @param momentOf the moments of faults, for operations that come after one */
export function readOperations(root: LocatedMap, soundness: Soundness, incidents: Incidents, momentOf: Parameters<typeof instantOf>[1]): OperationDefinition[] {
  const section = child(root, 'operations');
  if (section?.type !== 'list') return [];
  const { diagnostics } = incidents.filling;
  const seen = new Map<string, LocatedMap>();
  const operations: OperationDefinition[] = [];
  for (const [index, node] of section.items.entries()) {
    const id = idOf(node);
    if (node.type !== 'map' || id === undefined) continue;
    const first = seen.get(id);
    if (first !== undefined) diagnostics.error('HS060', child(node, 'id')?.at ?? node.at, `two operations have the id "${id}"`, { remedy: `the first stands in line ${String(headOf(first).line)}` });
    seen.set(id, node);
    if (first !== undefined) continue;
    if (!soundness.isSound(['operations', index])) {
      const target = soundness.isKeySound(['operations', index, 'target']) ? child(node, 'target') : undefined;
      if (target !== undefined) readTarget(target, incidents.topology, diagnostics);
      continue;
    }
    const operation = readOne(node, id, incidents, momentOf);
    if (operation !== undefined) operations.push(operation);
  }
  return operations;
}

function readOne(node: LocatedMap, id: string, incidents: Incidents, momentOf: Parameters<typeof instantOf>[1]): OperationDefinition | undefined {
  const { topology, end, filling } = incidents;
  const { diagnostics } = filling;
  const before = diagnostics.errors;
  const kind = textValue(child(node, 'do')) as OperationKind;
  const target = child(node, 'target') ?? node;
  const aims = readTarget(target, topology, diagnostics);
  const moment = readMoment(node, `operations.${id}`, incidents);
  if (moment !== undefined) checkInstant(node, instantOf(moment, momentOf), end, `"${id}"`, diagnostics);
  for (const { at, hits } of aims) {
    for (const component of hits) {
      if (component.kind === null || component.kind.operations?.[kind] !== undefined) continue;
      const known = Object.keys(component.kind.operations ?? {});
      diagnostics.error('HS905', at.at, `${kind} of ${component.name} (${component.kind.name}) is understood, but this version does not simulate it yet`, {
        remedy: known.length === 0 ? `${component.kind.name} knows no operations yet` : `${component.kind.name} knows ${enumerate(known)}`,
      });
    }
  }
  if (diagnostics.errors > before || moment === undefined) return undefined;
  return { id, do: kind, targetText: targetText(target), targets: aims.map((aim) => aim.target), moment };
}
