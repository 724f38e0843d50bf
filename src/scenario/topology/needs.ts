/**
 * Functions that need each other in a circle: none of them could ever be decided. Where anything may need anything, a scenario can say so.
 *
 * Only what is written is followed: parameters, containers, servers, clusters and who may hold a role. Not here: components that contain
 * each other (`placement.ts`).
 */
import type { NeedDeclaration, Provider } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { child } from '../text/located.js';
import type { Component, Topology } from './component.js';

interface Step { readonly component: Component; readonly name: string }

/** Reports each circle once, at the first of its components. */
export function checkNeeds(topology: Topology, diagnostics: DiagnosticList): void {
  const done = new Set<string>();
  const told = new Set<string>();
  const visit = (step: Step, way: readonly Step[]): void => {
    const key = keyOf(step);
    const from = way.findIndex((one) => keyOf(one) === key);
    if (from >= 0) {
      const circle = [...way.slice(from), step].map(({ component }) => component);
      const names = [...new Set(circle)].map(({ name }) => name);
      const group = [...names].sort().join(' ');
      if (told.has(group)) return;
      told.add(group);
      const [first] = circle;
      const at = Object.keys(first.kind?.parameters ?? {}).map((parameter) => child(first.node, parameter)).find((node) => JSON.stringify(node?.type === 'list' ? node.items.map((item) => item.type === 'scalar' && item.value) : node?.type === 'scalar' && node.value).includes(`"${circle[1].name}"`));
      diagnostics.error('HS045', at?.at ?? first.key, `components need each other in a circle: ${circle.map(({ name }) => name).join(' > ')}`, { remedy: 'one of them must work without the other: leave out the need that is only wished for' });
      return;
    }
    if (done.has(key)) return;
    for (const next of neededBy(step, topology)) visit(next, [...way, step]);
    done.add(key);
  };
  for (const component of topology.all()) for (const name of Object.keys(component.kind?.functions ?? {})) visit({ component, name }, []);
}

const keyOf = ({ component, name }: Step): string => `${component.name} ${name}`;

function neededBy({ component, name }: Step, topology: Topology): Step[] {
  const needs: readonly NeedDeclaration[] = component.kind?.functions[name]?.needs ?? [];
  return needs.flatMap((need) => [need.from].flat().flatMap((from: Provider) =>
    placesOf(from, component, topology).flatMap((one) => functionsOf(from, need, component, one).map((fn) => ({ component: one, name: fn })))));
}

/** Of who holds a role, the first function that the role asks for counts. */
function functionsOf(from: Provider, need: NeedDeclaration, asker: Component, asked: Component): readonly string[] {
  const has = (name: string): boolean => Object.hasOwn(asked.kind?.functions ?? {}, name);
  if (from.at !== 'holder' && from.at !== 'candidates') return [from.function ?? need.function].filter(has);
  return [asker.kind?.role?.function ?? []].flat().filter(has).slice(0, 1);
}

function placesOf(from: Provider, component: Component, topology: Topology): Component[] {
  const named = (names: readonly unknown[]): Component[] => names.flatMap((name) => (typeof name === 'string' ? (topology.get(name) ?? []) : []));
  const valuesOf = (parameter: string): Component[] => named([component.values?.[parameter] ?? []].flat());
  switch (from.at) {
    case 'parameter': return valuesOf(from.parameter);
    case 'container': return named([component.in]);
    case 'server': return named([...(component.cluster === undefined ? (component.on ?? []) : [component.cluster])]);
    case 'holder':
    case 'candidates': {
      const among = (component.kind?.role?.among ?? []).flatMap(valuesOf);
      return among.length > 0 ? among : named([...(component.on ?? [])]);
    }
    default: return [];
  }
}
