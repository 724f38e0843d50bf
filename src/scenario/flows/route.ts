/**
 * `route` → the tree of components that a message passes, checked hop by hop.
 *
 * A list is a chain; a list inside it forks, and must be its end. What may follow what is read off the hops that the kinds
 * declare. Behaviour belongs to the components, not to the route.
 */
import type { HopOutput, RouteDefinition } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/position.js';
import { enumerate } from '../diagnostics/suggest.js';
import { isText } from '../text/located.js';
import type { Located } from '../text/located.js';
import type { Component, Topology } from '../topology/component.js';
import { resolveOne } from '../topology/resolve.js';
import { calledBy, firstCalled, outputIn, reachedBy, takesFrom } from './called.js';

/** A component of the way, and how it takes and passes on. */
interface Passage { readonly component: Component; readonly at: Position; readonly intake: 'call' | 'store'; readonly output: HopOutput }

interface Walk { readonly topology: Topology; readonly diagnostics: DiagnosticList; readonly list: Located }

/** Undefined when something was reported, or when a component it names is itself not sound. */
export function routeValue(list: Located, topology: Topology, diagnostics: DiagnosticList): RouteDefinition | undefined {
  const trees = chain(list.type === 'list' ? list.items : [], [], { topology, diagnostics, list });
  if (trees === undefined) return undefined;
  if (trees.length === 1) return trees[0];
  if (list.type === 'list' && list.items.length > 0) diagnostics.error('HS050', list.items[0].at, 'a route begins with one component', { remedy: 'send what differs from the start as two flows' });
  return undefined;
}

/** The trees that begin with the first item: one, or several for a fork. */
function chain(items: readonly Located[], before: readonly Passage[], walk: Walk): readonly RouteDefinition[] | undefined {
  const [first, ...rest] = items;
  if (first === undefined) return [];
  if (first.type === 'list') {
    if (rest.length > 0) {
      walk.diagnostics.error('HS050', rest[0].at, 'nothing can follow a fork', { remedy: 'what a branch does next stands in its own list: [a, [[b, d], c]]' });
      return undefined;
    }
    const branches = first.items.map((branch) => chain(branch.type === 'list' ? branch.items : [branch], before, walk));
    return branches.every((branch) => branch !== undefined) ? branches.flat() : undefined;
  }
  const passage = passageOf(first, before, walk);
  if (passage === undefined) {
    // The rest of the way is still looked at for unknown names.
    for (const item of rest) if (isText(item)) resolveOne(item, [], 'the route', walk.topology, walk.diagnostics);
    return undefined;
  }
  if (!follows(passage, before, walk) || !callsWhatAnswers(passage, walk)) return undefined;
  const next = rest.length === 0 ? ending(passage, walk) : chain(rest, [...before, passage], walk);
  return next === undefined ? undefined : [{ component: passage.component.name, next }];
}

function passageOf(item: Located, before: readonly Passage[], { topology, diagnostics }: Walk): Passage | undefined {
  const owner = isText(item) && item.value.includes('@') ? topology.get(item.value.split('@', 1)[0]) : undefined;
  if (isText(item) && owner !== undefined) {
    diagnostics.error('HS050', item.at, `"${item.value}" is a member, and a route names whole components`, { suggestions: [owner.name], remedy: 'which member takes a message is decided by what stands before it' });
    return undefined;
  }
  const component = resolveOne(item, [], 'the route', topology, diagnostics);
  if (component === undefined || component.kind === null) return undefined;
  const { kind } = component;
  if (before.some((passage) => passage.component === component)) {
    diagnostics.error('HS050', item.at, `${component.name} comes twice on one way`, { remedy: 'a second pass is a component of its own' });
    return undefined;
  }
  if (kind.hop !== undefined) {
    const output = outputIn(component);
    // Without values it is not known how it goes on; that was reported where they are wrong.
    return output === undefined ? undefined : { component, at: item.at, intake: kind.hop.intake, output };
  }
  const able = topology.all().filter((one) => one.kind?.hop !== undefined).map((one) => one.name);
  diagnostics.error('HS052', item.at, `${component.name} (${kind.name}) does not pass messages on`, { remedy: able.length === 0 ? undefined : `these do: ${enumerate(able)}` });
  return undefined;
}

function follows(passage: Passage, before: readonly Passage[], { topology, diagnostics }: Walk): boolean {
  const { component, at, intake } = passage;
  const previous = before.at(-1);
  const problem = (message: string, remedy?: string): boolean => {
    diagnostics.error('HS052', at, message, { remedy });
    return false;
  };
  if (previous === undefined) {
    return intake === 'call' || problem(`${component.name} takes from a store, so no source can begin there`, 'begin with what puts messages into that store');
  }
  const name = previous.component.name;
  if (previous.output === 'effect') return problem(`${name} is a sink: nothing can follow it`);
  if (previous.output === 'publish') {
    if (intake === 'store' && previous.component.kind?.buffer !== undefined && !takesFrom(component, previous.component.name, topology)) {
      const { from } = component.kind?.pool?.leases ?? {};
      return problem(`${component.name} does not take from ${name}`, takers(name, topology) ?? (from === undefined ? undefined : `name ${name} under "${from}" of ${component.name}`));
    }
    return intake === 'store' || problem(`${name} puts messages into a store, and ${component.name} does not take from one`, `${component.name} is reached by a call`);
  }
  const called = calledBy(previous.component);
  // What stands between and passes calls on may be left out.
  if (intake === 'call' && called.length > 0 && !reachedBy(called, topology).has(component.name)) {
    return problem(`${name} calls ${enumerate(called)}, not ${component.name}`, 'the route follows what the component names');
  }
  if (intake === 'store' && called.length > 0 && !called.some((one) => takesFrom(component, one, topology))) {
    return problem(`${component.name} does not take from where ${name} puts: ${enumerate(called)}`);
  }
  return true;
}

/** Nobody on its way calls what cannot be called. */
function callsWhatAnswers({ component, at }: Passage, { topology, diagnostics }: Walk): boolean {
  const deaf = [...reachedBy(calledBy(component), topology)].map((name) => topology.get(name)).find((one) => one !== undefined && one.kind !== null && one.kind.hop?.intake !== 'call');
  if (deaf === undefined) return true;
  diagnostics.error('HS052', at, `${component.name} sends to ${deaf.name} (${deaf.kind!.name}), which cannot be called`, { remedy: 'send to what takes messages: hasim kinds says what each kind does' });
  return false;
}

/** What stands behind the last component of a way: nothing for a sink, the sink that it calls; otherwise the route lacks one. */
function ending(passage: Passage, { topology, diagnostics }: Walk): readonly RouteDefinition[] | undefined {
  const { component, at, output } = passage;
  if (output === 'effect') return [];
  // The way goes on by itself as long as everybody names whom he calls.
  const way = output === 'call' ? calledInTurn(component, topology) : [];
  const last = way.at(-1);
  if (last !== undefined && outputIn(last) === 'effect') return way.reduceRight<readonly RouteDefinition[]>((next, { name }) => [{ component: name, next }], []);
  // Without values it is not known whom it calls; that was reported where they are wrong.
  if (output === 'call' && (!component.sound || (last !== undefined && (last.kind === null || !last.sound)))) return undefined;
  const sinks = topology.all().filter((one) => outputIn(one) === 'effect').map((one) => one.name);
  const caller = way.at(-2) ?? component;
  const why = last === undefined ? `${component.name} (${component.kind?.name ?? ''}) only passes messages on`
    : way.filter((one) => one === last).length > 1 ? `${caller.name} calls ${last.name} again, in a circle` : `${caller.name} calls ${last.name}, which is no sink either`;
  diagnostics.error('HS051', at, `the route does not end in a sink: ${why}`, { remedy: sinks.length === 0 ? 'declare a component whose work is the effect, such as an application' : `sinks: ${enumerate(sinks)}` });
  return undefined;
}

/** Whom it calls, whom that calls, and so on; ends with a sink, with what names nobody, or with the first that comes again. */
function calledInTurn(component: Component, topology: Topology): readonly Component[] {
  const way: Component[] = [];
  let at: Component | undefined = component;
  while (at !== undefined && outputIn(at) === 'call') {
    const name = firstCalled(at);
    at = name === undefined ? undefined : topology.get(name);
    if (at === undefined) break;
    const again = at === component || way.includes(at);
    way.push(at);
    if (again) return at === component ? [component, ...way] : way;
  }
  return way;
}

function takers(name: string, topology: Topology): string | undefined {
  const able = topology.all().filter((one) => one.kind?.hop?.intake === 'store' && takesFrom(one, name, topology)).map((one) => one.name);
  return able.length === 0 ? undefined : `these do: ${enumerate(able)}`;
}

export function componentsOf(route: RouteDefinition): string[] {
  return [route.component, ...route.next.flatMap(componentsOf)];
}

/** Where the ways of a route end: with several, each is a leg of that name. */
export function leavesOf(route: RouteDefinition): string[] {
  return route.next.length === 0 ? [route.component] : route.next.flatMap(leavesOf);
}
