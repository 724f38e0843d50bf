/** The catalogue as data, for `hasim kinds --json`: the declarations themselves, without what is code in them. */
import type { KindDeclaration } from '../../model/index.js';

export function kindListDocument(catalogue: readonly KindDeclaration[]): object {
  return catalogue.map((kind) => ({ name: kind.name, summary: kind.summary }));
}

export function kindDocument(kind: KindDeclaration): object {
  const { name, summary, omits, placement, parameters, functions, role, view, lifecycle, trips, faults, operations, gauges, box, rules, traits } = kind;
  return {
    name, summary, omits, placement, parameters, functions, role: role ?? null, view: view ?? null, lifecycle, trips: trips ?? {}, faults,
    operations: operations ?? {}, gauges: gauges ?? {}, box: box ?? null, route: kind.hop !== undefined, store: kind.store !== undefined,
    rules: (rules ?? []).map(({ name: rule, level, meaning, reason, source, remedy, refuses }) => ({ rule, level, meaning, reason, source, remedy, allowed: refuses === undefined })),
    traits: traits ?? [],
  };
}
