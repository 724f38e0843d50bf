/** Parameter values of components, defaults filled in, and the checks of their kinds. */
import type { Fields, OperatorDefinition, SuspendedChoice, Values } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { startOf } from '../diagnostics/position.js';
import { parseHours } from '../quantities/hours.js';
import { child, isText, locate } from '../text/located.js';
import type { Located } from '../text/located.js';
import type { AssumptionList } from '../values/assumptions.js';
import type { DataFiles } from '../values/data.js';
import { distributionValue } from '../values/distribution.js';
import { fieldValues } from '../values/fields.js';
import { textValue } from '../values/scalar.js';
import type { Component, Topology } from './component.js';
import { resolveReference } from './resolve.js';

export interface Filling { readonly diagnostics: DiagnosticList; readonly data: DataFiles; readonly assumptions: AssumptionList }

/** Fills in `values` and `operator` of every readable component. */
export function fillParameters(topology: Topology, filling: Filling): void {
  const done = new Map<string, Component>();
  for (const component of topology.all()) {
    const twin = done.get(component.declared);
    if (twin !== undefined) {
      // What `count` makes of one declaration is alike.
      component.sound = twin.sound;
      if (twin.values !== undefined) component.values = twin.values;
      if (twin.operator !== undefined) component.operator = twin.operator;
      continue;
    }
    done.set(component.declared, component);
    if (component.readable) fill(component, topology, filling);
    else lookUp(component, topology, filling.diagnostics);
  }
  if (filling.diagnostics.errors === 0) noteUnfailing(topology, filling.assumptions);
}

function fill(component: Component, topology: Topology, filling: Filling): void {
  const { kind, node, key } = component;
  const { diagnostics } = filling;
  if (kind === null) return;
  const before = diagnostics.errors;
  component.values = fieldValues(kind.parameters, node, key, `topology.${component.declared}`, {
    ...filling, resolve: (spec, at) => resolveReference(spec, at, component, keyOf(component, at), topology, diagnostics),
  });
  const operator = child(node, 'operator');
  if (operator !== undefined) component.operator = operatorValue(operator, filling);
  if (component.sound && diagnostics.errors === before) {
    const findings = kind.check?.(component.values as Values<Fields>, { members: topology.members(component.name), on: component.on ?? [] }) ?? [];
    for (const finding of findings) diagnostics.error('HS040', key, `${component.name}: ${finding}`);
  }
  component.sound &&= diagnostics.errors === before;
}

/** Something else is wrong with it: whom it names is looked up all the same, so that one run tells every mistake. */
function lookUp(component: Component, topology: Topology, diagnostics: DiagnosticList): void {
  for (const [name, spec] of Object.entries(component.kind?.parameters ?? {})) {
    const node = child(component.node, name);
    if (spec.type === 'reference' && node !== undefined) resolveReference(spec, node, component, name, topology, diagnostics);
  }
}

/** The key under which a value stands, for messages. */
function keyOf(component: Component, value: Located): string {
  const contains = (node: Located): boolean =>
    node === value || (node.type === 'list' && node.items.some(contains)) || (node.type === 'map' && [...node.entries.values()].some((entry) => contains(entry.value)));
  return [...component.node.entries].find(([, entry]) => contains(entry.value))?.[0] ?? 'a reference';
}

export function operatorValue(node: Located, filling: Filling): OperatorDefinition {
  const reaction = distributionValue(child(node, 'reaction') ?? locate(0, startOf(node.at.file)), filling);
  const hours = child(node, 'hours');
  const parsed = isText(hours) ? parseHours(hours.value) : undefined;
  const suspended = textValue(child(node, 'suspended')) as SuspendedChoice | undefined;
  return { reaction, ...(suspended === undefined ? {} : { suspended }), ...(parsed?.ok === true ? { hours: parsed.value } : {}) };
}

/** Functions that somebody would need beside him and nobody offers: they are taken never to fail. */
function noteUnfailing(topology: Topology, assumptions: AssumptionList): void {
  assumptions.add('topology', 'what is not declared never fails', 'scenario language');
  const offered = new Set(topology.all().flatMap((one) => Object.keys(one.kind?.functions ?? {})));
  for (const component of topology.all()) {
    for (const need of Object.values(component.kind?.functions ?? {}).flatMap((one) => one.needs)) {
      const sources = [need.from].flat();
      const beside = sources.every((source) => ['beside', 'active-server', 'beside-parameter'].includes(source.at));
      if (beside && !sources.some((source) => offered.has(source.function ?? need.function))) assumptions.add(`topology.${component.declared}: ${need.meaning}`, 'never fails', `not declared: no component offers ${need.function}`);
    }
  }
}
