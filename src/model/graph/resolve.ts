/**
 * Finds the providers of a need: turns the words of a declaration ("the server of this member") into functions of members.
 *
 * What is not declared in a topology is not found, and then the need holds: what is not there cannot fail.
 */
import type { Context } from '../context.js';
import type { NeedDeclaration, Provider } from '../kind.js';
import type { Part } from '../parameter.js';
import { valueAt, meanOf } from '../values.js';
import type { Component, Member, World } from '../world.js';
import { FunctionNode } from './function-node.js';
import { fragmentsOf } from '../parts.js';
import { groupsOf } from './groups.js';
import { Need, votesNeeded } from './need.js';
import type { Grid, LeaseTerms, ProviderNodes } from './need.js';

export interface ResolvedNeed {
  readonly need: Need;
  /** Every node that may ever provide it, and those that do now. */
  readonly possible: readonly FunctionNode[];
  readonly now: readonly ProviderNodes[];
}

export function resolveNeed(
  world: World, context: Context, member: Member, declaration: NeedDeclaration, wakeAt: (time: number) => void,
): ResolvedNeed {
  const parameter = (name: string): unknown => valueAt(member.component.values, name);
  const providers = [declaration.from].flat()
    .filter((from) => from.unless === undefined || parameter(from.unless) === undefined)
    .flatMap((from) => whereverItStands(world, context, member, from, from.function ?? declaration.function));
  const need = new Need(
    declaration, providers.map((provider) => provider.now), votesNeeded(declaration, providers.length, parameter),
    leaseOf(context, member, declaration), refreshOf(context, member, declaration), context.causes, wakeAt,
  );
  return { need, possible: [...new Set(providers.flatMap((provider) => provider.possible))], now: providers.map((provider) => provider.now) };
}

interface Found { readonly now: ProviderNodes; readonly possible: readonly FunctionNode[] }

const fixed = (nodes: readonly FunctionNode[]): Found[] => (nodes.length === 0 ? [] : [{ now: () => nodes, possible: nodes }]);

const NOBODY: readonly FunctionNode[] = [];

/** At home, or, once the member has been relocated, at its new place: what it is `in:` stays behind. */
function whereverItStands(world: World, context: Context, member: Member, from: Provider, name: string): Found[] {
  const home = providersOf(world, context, member, from, name);
  const { place } = member;
  if (place.elsewhere === null || !['server', 'container', 'beside'].includes(from.at)) return home;
  // What it was in, it is in at its new place, if that is of such a sort.
  const away = from.at === 'server' || from.at === 'container' ? fixed(nodesOf([place.elsewhere], name)) : from.at === 'beside' ? beside(world, new Set([place.elsewhere]), name, member.component) : [];
  return [
    ...home.map(({ now, possible }) => ({ now: () => (place.relocated ? NOBODY : now()), possible })),
    ...away.map(({ now, possible }) => ({ now: () => (place.relocated ? now() : NOBODY), possible })),
  ];
}

function providersOf(world: World, context: Context, member: Member, from: Provider, name: string): Found[] {
  const { component } = member;
  switch (from.at) {
    case 'server': {
      const { cluster } = component.definition;
      if (cluster !== undefined) return fixed(nodesOf(world.component(cluster).members, name));
      return fixed(member.server === null ? [] : nodesOf([member.server], name));
    }
    case 'container':
      return component.definition.in === undefined ? [] : fixed(nearest(member, world.component(component.definition.in), name));
    case 'parameter':
      return namesIn(valueAt(component.values, from.parameter), from.part).flatMap((one) => fixed(nearest(member, world.component(one), name)));
    case 'beside':
      return [...beside(world, locationOf(world, member), name, component), ...(from.moving === true ? movingBeside(world, member, name) : [])];
    case 'active-server':
      return onActiveServer(world, member, name);
    case 'beside-parameter':
      return namesIn(valueAt(component.values, from.parameter), from.part).flatMap((one) => besideComponent(world, world.component(one), name));
    case 'group':
      return groupsOf(world, member).flatMap((group) => fixed(nodesOf(group.members, name)));
    case 'self':
      return fixed(nodesOf([member], name));
    case 'fragments':
      return fragmentsOf(world, component, context).flatMap((part) => fixed(nodesOf(part.members, name)));
    case 'holder': {
      const role = component.role!;
      return role.holders.map((_, place) => ({ now: () => [role.holders[place]], possible: role.candidates }));
    }
    case 'candidates':
      return component.role!.candidates.flatMap((node) => fixed([node]));
  }
}

function namesIn(value: unknown, part?: Part): readonly string[] {
  const names = value === undefined ? [] : [value].flat().map(String);
  return part === undefined ? names : part === 'first' ? names.slice(0, 1) : names.slice(1);
}

function nodesOf(members: readonly Member[], name: string): FunctionNode[] {
  return members.flatMap((member) => member.functions.get(name) ?? []);
}

/** The member on the same server if there is one, else all members: any of them will do. */
function nearest(member: Member, other: Component, name: string): FunctionNode[] {
  const here = other.memberOn(member.server);
  return nodesOf(here === null ? other.members : [here], name);
}

/** What stands beside a member and offers the function. */
export function besideOf(world: World, member: Member, name: string): readonly FunctionNode[] {
  return beside(world, locationOf(world, member), name, member.component).flatMap((found) => found.possible);
}

/** Everything that a member shares its place with: its server, its cluster, its container. */
function locationOf(world: World, member: Member): ReadonlySet<Component | Member> {
  const places = new Set<Component | Member>();
  if (member.server !== null) places.add(member.server);
  let component: Component | null = member.component;
  while (component !== null) {
    const { cluster, in: container }: { readonly cluster?: string; readonly in?: string } = component.definition;
    if (component.role !== null || component.kind.store !== undefined) places.add(component);
    if (cluster !== undefined) places.add(world.component(cluster));
    for (const other of component.members) if (other.server !== null && component !== member.component) places.add(other.server);
    component = container !== undefined && component.kind.placement.in?.meaning === 'containment' ? world.component(container) : null;
  }
  return places;
}

/** What offers the function and stands on the same server, in the same cluster, or in the same instance. */
function beside(world: World, places: ReadonlySet<Component | Member>, name: string, own: Component): Found[] {
  return world.members.filter((member) => member.component !== own && member.functions.has(name)).flatMap((member) => {
    const { cluster, in: container } = member.component.definition;
    const shares = (member.server !== null && places.has(member.server))
      || (cluster !== undefined && places.has(world.component(cluster)))
      || (container !== undefined && world.component(container).kind.store !== undefined && places.has(world.component(container)));
    return shares ? fixed(nodesOf([member], name)) : [];
  });
}

/** What is placed by `cluster:` on servers of which the member's own is one: it is here while this is the active server. */
function movingBeside(world: World, member: Member, name: string): Found[] {
  return world.members.filter((other) => other.functions.has(name)).flatMap((other) => {
    const { cluster } = other.component.definition;
    const role = cluster === undefined ? null : (roleAround(world, world.component(cluster))?.role ?? null);
    if (role === null || !role.candidates.some((node) => node.member === member.server)) return [];
    const here = nodesOf([other], name);
    // Nothing of the kind runs on a passive server, and that is no failure of anybody.
    const none = new FunctionNode(-1, name, other);
    none.works = false;
    none.depth = 'process';
    const elsewhere = [none];
    return [{ now: () => (role.holder.member === member.server ? here : elsewhere), possible: here }];
  });
}

/** What stands on the active server of the cluster that a member is placed in. */
function onActiveServer(world: World, { component: { definition: { cluster } } }: Member, name: string): Found[] {
  const around = cluster === undefined ? null : roleAround(world, world.component(cluster));
  return around === null || around.kind.role!.among !== undefined ? [] : besideHolder(world, around, name);
}

/** What offers the function beside a component, wherever it is now. */
function besideComponent(world: World, other: Component, name: string): Found[] {
  const here = other.members.flatMap((place) => beside(world, locationOf(world, place), name, other));
  const around = roleAround(world, other);
  if (around === null) return here;
  if (around.kind.role!.among === undefined) return [...here, ...besideHolder(world, around, name)];
  // The role moves between components: what stands beside the one that holds it counts.
  const role = around.role!;
  return [...here, ...role.candidates.flatMap((candidate) => besideComponent(world, candidate.member.component, name)
    .map(({ now, possible }) => ({ now: () => (role.holder === candidate ? now() : []), possible })))];
}

/** The component itself or what contains it, if its place is a role that moves between servers. */
function roleAround(world: World, component: Component): Component | null {
  if (component.role !== null) return component;
  const { in: container, cluster } = component.definition;
  if (cluster !== undefined) return roleAround(world, world.component(cluster));
  return container === undefined ? null : roleAround(world, world.component(container));
}

/** Members of the function on the servers of a role: the one on the active server counts. */
function besideHolder(world: World, component: Component, name: string): Found[] {
  const role = component.role!;
  const at = (server: Member): FunctionNode[] => world.members.filter((member) => member.server === server).flatMap((member) => nodesOf([member], name));
  const possible = role.candidates.flatMap((node) => at(node.member));
  return possible.length === 0 ? [] : [{ now: () => at(role.holder.member), possible }];
}

function leaseOf(context: Context, member: Member, declaration: NeedDeclaration): LeaseTerms | null {
  if (declaration.way !== 'leased') return null;
  const value = (name: string): unknown => valueAt(member.component.values, name);
  const life = meanOf(value(declaration.lease!));
  const { renewAt, renewEvery } = declaration;
  const every = renewEvery === undefined ? Math.round(life * (renewAt === undefined ? 1 : Number(value(renewAt)))) : meanOf(value(renewEvery));
  return { life, renewal: gridOf(context, member, `lease:${declaration.name}`, every) };
}

function refreshOf(context: Context, member: Member, { name, refresh }: NeedDeclaration): Grid | null {
  return refresh === undefined ? null : gridOf(context, member, `refresh:${name}`, meanOf(valueAt(member.component.values, refresh)));
}

/** A grid of the member's own: it began before time 0, and nothing that happens moves it. */
function gridOf(context: Context, member: Member, purpose: string, every: number): Grid {
  const step = Math.max(1, every);
  return { every: step, phase: Math.floor(context.streams.keyed(member.name, purpose).uniform(0) * step) - step };
}
