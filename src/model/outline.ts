/**
 * The shape of a topology, for pictures: what is inside of what, who needs whom, and which way messages go.
 *
 * Read off placement, declared needs and routes after they were resolved, so that a picture shows what the simulation has. What stands
 * inside of its provider, or on it, has no arrow to it. Not here: states, and how any of this is drawn.
 */
import { Boxes } from './boxes.js';
import type { NeedDeclaration, NeedWay } from './kind.js';
import type { FunctionNode } from './graph/function-node.js';
import type { RouteNode } from './hop/route.js';
import type { Component, World } from './world.js';

export interface OutlineComponent {
  readonly name: string;
  readonly kind: string;
  /** What it is drawn inside of, by index; null: nothing. */
  readonly inside: number | null;
  /** Servers of its members where there are several; of a role, those that may hold it, the first at time 0. */
  readonly on: readonly string[];
  /** Its one instance moves between these servers. */
  readonly moves: boolean;
}

/** One component needs another. */
export interface OutlineNeed {
  readonly from: number;
  readonly to: number;
  readonly ways: readonly NeedWay[];
  /** What for, a clause each. */
  readonly meanings: readonly string[];
}

/** Messages go from one component, or from their source, to another. */
export interface OutlineArrow {
  readonly from: number | null;
  readonly to: number;
  readonly flows: readonly string[];
}

export interface Outline {
  readonly components: readonly OutlineComponent[];
  readonly needs: readonly OutlineNeed[];
  readonly arrows: readonly OutlineArrow[];
  readonly flows: readonly string[];
}

export function outlineOf(world: World, functions: readonly FunctionNode[], routes: readonly RouteNode[], flows: readonly string[]): Outline {
  const inside = insideOf(world);
  const components = world.components.map((component): OutlineComponent => ({
    name: component.name, kind: component.kind.name, inside: inside[component.index], on: serversOf(component), moves: component.role !== null,
  }));
  return { components, needs: needsOf(functions, components), arrows: arrowsOf(routes, flows), flows };
}

function serversOf({ role, members, definition }: Component): readonly string[] {
  if (role !== null) return role.candidates.map(({ member }) => member.name);
  return members.length > 1 ? members.flatMap(({ server }) => server?.name ?? []) : definition.on?.length === 1 ? definition.on : [];
}

/** By index of the component. */
function insideOf(world: World): (number | null)[] {
  const boxes = new Boxes(world);
  const found = world.components.map((component): Component | null => placeOf(component, world, boxes));
  return world.components.map((component) => {
    // A circle would have no outside.
    const seen = new Set([component]);
    for (let at = found[component.index]; at !== null; at = found[at.index]) {
      if (seen.has(at)) return null;
      seen.add(at);
    }
    return found[component.index]?.index ?? null;
  });
}

/** What it says itself; else where what it follows is; else its one server; else the smallest box that holds all of it. */
function placeOf(component: Component, world: World, boxes: Boxes): Component | null {
  const { definition, kind, values } = component;
  if (definition.in !== undefined) return world.component(definition.in);
  if (definition.cluster !== undefined) return world.component(definition.cluster);
  if (kind.placement.follows !== undefined) return placeOf(world.component(String(values[kind.placement.follows])), world, boxes);
  if (component.role === null && definition.on?.length === 1) return world.component(definition.on[0]);
  const around = boxes.ofComponent(component).filter(({ scope, box }) => scope !== 'server' && box !== component.index);
  const site = around.find(({ scope }) => scope === 'datacenter');
  // A group that reaches beyond the site is not inside of it: then the site tells more.
  const first = around.find(({ box }) => site === undefined || box === site.box || boxes.ofComponent(world.components[box]).some((outer) => outer.box === site.box));
  return first === undefined ? null : world.components[first.box];
}

function needsOf(functions: readonly FunctionNode[], components: readonly OutlineComponent[]): OutlineNeed[] {
  const found = new Map<string, { from: number; to: number; ways: Set<NeedWay>; meanings: Set<string> }>();
  for (const provider of functions) {
    const to = provider.member.component.index;
    for (const dependent of provider.dependents) {
      const from = dependent.member.component.index;
      const { member } = dependent;
      const carries = member.server?.component.index === to || member.component.definition.on?.includes(components[to].name) === true;
      if (from === to || carries || contains(components, to, from)) continue;
      const key = `${String(from)} ${String(to)}`;
      const need = found.get(key) ?? { from, to, ways: new Set<NeedWay>(), meanings: new Set<string>() };
      found.set(key, need);
      for (const one of dependent.needs) {
        const { declaration } = one;
        // A need without anybody who could serve it is of something that this topology does not have.
        if (!asksFor(declaration, provider.name) || one.serving().length === 0) continue;
        need.ways.add(declaration.way);
        need.meanings.add(declaration.meaning);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to).map(({ from, to, ways, meanings }) => ({ from, to, ways: [...ways], meanings: [...meanings] }));
}

function asksFor({ from, function: asked }: NeedDeclaration, name: string): boolean {
  return [from].flat().some((provider) => (provider.function ?? asked) === name);
}

/** Whether one component is drawn inside of the other, however deep. */
export function contains(components: readonly OutlineComponent[], outer: number, inner: number): boolean {
  for (let at = components[inner].inside; at !== null; at = components[at].inside) if (at === outer) return true;
  return false;
}

/** Through a balancer where calls are spread by one; a ladder leads to the backup, too. */
function arrowsOf(routes: readonly RouteNode[], flows: readonly string[]): OutlineArrow[] {
  const found = new Map<string, { from: number | null; to: number; flows: Set<string> }>();
  const add = (from: number | null, to: number, flow: number): void => {
    const key = `${String(from)} ${String(to)}`;
    const arrow = found.get(key) ?? { from, to, flows: new Set<string>() };
    found.set(key, arrow);
    arrow.flows.add(flows[flow]);
  };
  const hop = (from: number | null, node: RouteNode): void => {
    const through = node.through?.component.index;
    if (through !== undefined) add(from, through, node.flow);
    add(through ?? from, node.component.index, node.flow);
  };
  for (const node of routes) {
    if (node.local === 0) hop(null, node);
    for (const next of new Set([...node.next, ...(node.ladder?.rungs.map((rung) => rung.node) ?? [])])) hop(node.component.index, next);
  }
  return [...found.values()].map(({ from, to, flows: names }) => ({ from, to, flows: [...names] }));
}
