/**
 * Applies the topology rules that the kinds declare: what `allow` does not name is reported at the component.
 *
 * Rules that a mistake of the text breaks are told where that mistake is found; here only what a finished topology shows.
 */
import { PlacedTopology } from '../model/index.js';
import type { KindDeclaration, ModelDefinition } from '../model/index.js';
import type { DiagnosticList } from './diagnostics/diagnostic.js';
import type { Position } from './diagnostics/position.js';
import { noteOf, rulesOf } from './rules.js';

/** A rule that `allow` names, and where it does. */
export interface Allowed { readonly rule: string; readonly at: Position }

export interface LintOptions {
  readonly catalogue: readonly KindDeclaration[];
  readonly allow: readonly Allowed[];
  readonly positionOf: (component: string) => Position;
  readonly diagnostics: DiagnosticList;
}

export function lint(definition: Pick<ModelDefinition, 'components' | 'flows'>, { catalogue, allow, positionOf, diagnostics }: LintOptions): void {
  const topology = new PlacedTopology(definition, catalogue);
  const allowed = new Set(allow.map((one) => one.rule));
  const broken = new Set<string>();
  const known = rulesOf(catalogue);
  for (const { rule, kinds } of known) {
    if (rule.find === undefined) continue;
    for (const component of topology.components) {
      if (!kinds.includes(component.kind)) continue;
      for (const finding of rule.find(component, topology)) {
        broken.add(rule.name);
        if (allowed.has(rule.name)) continue;
        diagnostics.add(rule.level, 'HS100', positionOf(finding.component ?? component.name), finding.message, {
          remedy: `${rule.remedy}; or allow: [${rule.name}] if it is meant`, rule: noteOf(rule),
        });
      }
    }
  }
  for (const { rule, at } of allow) {
    const parts = known.filter((one) => one.rule.name === rule);
    if (parts.length === 0 || broken.has(rule)) continue;
    if (parts.some((part) => part.rule.find !== undefined)) diagnostics.add('info', 'HS091', at, `${rule} is allowed, and nothing in this topology breaks it`, { remedy: `remove ${rule} from allow` });
    else diagnostics.add('info', 'HS091', at, `${rule} cannot be switched off: what breaks it cannot be simulated`, { remedy: `remove ${rule} from allow` });
  }
}
