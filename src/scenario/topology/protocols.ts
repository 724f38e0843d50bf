/** Who calls whom over what: a component that says over which protocol it calls reaches only those that speak it. Not here: what a call does (room `model`). */
import type { Fields, Values } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/position.js';
import { enumerate } from '../diagnostics/suggest.js';
import type { Located } from '../text/located.js';
import type { Topology } from './component.js';

export function checkProtocols(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    const { kind, values } = component;
    const hop = kind?.hop;
    if (hop?.protocol === undefined || values === undefined || !component.sound) continue;
    const { name, key } = hop.protocol;
    const protocol = name(values as Values<Fields>);
    for (const { to } of hop.ladder?.(values as Values<Fields>)?.rungs ?? []) {
      const spoken = topology.get(to)?.kind?.speaks;
      if (spoken === undefined || spoken.includes(protocol)) continue;
      diagnostics.error('HS049', positionOf(component.node, to) ?? component.key, `${component.name} calls over ${protocol} (${key}), and ${to} (${topology.get(to)!.kind!.name}) speaks ${enumerate(spoken)}`, {
        remedy: `say ${key}: ${spoken.join(' or ')}, or name another destination`,
      });
      component.sound = false;
    }
  }
}

/** Where a component is named. */
function positionOf(node: Located, name: string): Position | undefined {
  if (node.type === 'scalar') return node.value === name ? node.at : undefined;
  const inside = node.type === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value);
  for (const one of inside) {
    const at = positionOf(one, name);
    if (at !== undefined) return at;
  }
  return undefined;
}
