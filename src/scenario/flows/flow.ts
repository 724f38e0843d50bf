/** `flows` and `objectives` → flows of the model. */
import type { ClientDefinition, FlowDefinition, ObjectiveDefinition } from '../../model/index.js';
import { nearest } from '../diagnostics/suggest.js';
import { FLOW, OBJECTIVES } from '../schema/fields.js';
import type { Soundness } from '../schema/validate.js';
import { child } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import type { Topology } from '../topology/component.js';
import type { Filling } from '../topology/parameters.js';
import { arrivalsValue } from '../values/arrivals.js';
import { fieldValues } from '../values/fields.js';
import { RESERVED_FLOW_NAMES } from '../words.js';
import { routeValue } from './route.js';

/** @returns flows that can be read; those that cannot are reported, and their names stay known to expectations */
export function readFlows(root: LocatedMap, horizon: number | null, topology: Topology, soundness: Soundness, filling: Filling): FlowDefinition[] {
  const section = child(root, 'flows');
  if (section?.type !== 'map') return [];
  const objectives = readObjectives(root, section, soundness, filling);
  const { diagnostics } = filling;
  const flows: FlowDefinition[] = [];
  for (const [name, entry] of section.entries) {
    if (RESERVED_FLOW_NAMES.some((word) => word === name)) diagnostics.error('HS016', entry.key, `"${name}" cannot be the name of a flow`, { remedy: 'expectations use this word' });
    if (entry.value.type !== 'map') continue;
    const node = entry.value;
    const arrivalsNode = child(node, 'arrivals');
    const routeNode = child(node, 'route');
    if (!soundness.isSound(['flows', name])) {
      if (routeNode !== undefined && soundness.isKeySound(['flows', name, 'route'])) routeValue(routeNode, topology, diagnostics);
      if (arrivalsNode?.type === 'map' && soundness.isKeySound(['flows', name, 'arrivals'])) arrivalsValue(arrivalsNode, horizon, filling);
      continue;
    }
    const values = fieldValues(FLOW, node, entry.key, `flows.${name}`, { ...filling, resolve: () => '' });
    const arrivals = arrivalsNode?.type === 'map' ? arrivalsValue(arrivalsNode, horizon, filling) : null;
    const route = routeNode === undefined ? undefined : routeValue(routeNode, topology, diagnostics);
    if (arrivals === null || route === undefined) continue;
    flows.push({
      name, arrivals, route,
      clients: values.clients as number,
      client: values.client as ClientDefinition,
      ...(values.keys === undefined ? {} : { keys: values.keys as number }),
      sizeBytes: values.size as number,
      objectives: objectives.get(name) ?? {},
    });
  }
  return flows;
}

function readObjectives(root: LocatedMap, flows: LocatedMap, soundness: Soundness, filling: Filling): Map<string, ObjectiveDefinition> {
  const objectives = new Map<string, ObjectiveDefinition>();
  const section = child(root, 'objectives');
  if (section?.type !== 'map') return objectives;
  for (const [name, entry] of section.entries) {
    if (!flows.entries.has(name)) filling.diagnostics.error('HS053', entry.key, `unknown flow "${name}"`, { suggestions: nearest(name, flows.entries.keys()) });
    else if (soundness.isSound(['objectives', name])) {
      objectives.set(name, fieldValues(OBJECTIVES, entry.value, entry.key, `objectives.${name}`, { ...filling, resolve: () => '' }));
    }
  }
  return objectives;
}
