/** Parameters with a value for each flow: the flows must exist, and pass the component. */
import type { FlowDefinition } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { componentsOf } from '../flows/route.js';
import { child } from '../text/located.js';
import type { Topology } from './component.js';

/** @param names of all flows of the file, also of those that cannot be read */
export function checkByFlow(topology: Topology, names: readonly string[], flows: readonly FlowDefinition[], diagnostics: DiagnosticList): void {
  const told = new Set<string>();
  for (const component of topology.all()) {
    if (told.has(component.declared)) continue;
    told.add(component.declared);
    for (const [parameter, spec] of Object.entries(component.kind?.parameters ?? {})) {
      const node = spec.type === 'by-flow' ? child(component.node, parameter) : undefined;
      if (node?.type !== 'map') continue;
      for (const [name, { key }] of node.entries) {
        const flow = flows.find((one) => one.name === name);
        if (!names.includes(name)) diagnostics.error('HS053', key, `unknown flow "${name}"`, { suggestions: nearest(name, names) });
        else if (flow !== undefined && !componentsOf(flow.route).includes(component.name)) {
          diagnostics.add('warning', 'HS053', key, `the flow ${name} does not pass ${component.name}: its ${parameter} matter to nobody`, { remedy: 'leave it out, or let the route lead there' });
        }
      }
    }
  }
}
