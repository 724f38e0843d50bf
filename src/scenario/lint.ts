/** Applies the topology rules to a finished definition: what `allow` does not name is reported at the component. */
import type { KindDeclaration, ModelDefinition } from '../model/index.js';
import type { DiagnosticList } from './diagnostics/diagnostic.js';
import { startOf } from './diagnostics/position.js';
import { CHECKS } from './rules.js';
import type { Topology } from './topology/component.js';

export function lint(definition: ModelDefinition, catalogue: readonly KindDeclaration[], allow: readonly string[], topology: Topology, diagnostics: DiagnosticList): void {
  const kinds = new Map(catalogue.map((kind) => [kind.name, kind]));
  for (const { rule, level, find } of CHECKS) {
    if (allow.includes(rule)) continue;
    for (const { component, message, remedy } of find(definition, kinds)) {
      diagnostics.add(level, 'HS100', topology.get(component)?.key ?? startOf(definition.name), `${rule} ${message}`, { remedy: remedy ?? `allow: [${rule}] if it is meant` });
    }
  }
}
