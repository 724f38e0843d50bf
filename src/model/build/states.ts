/**
 * Builds the state side of a model: functions, needs, roles, trips, life cycles, views.
 *
 * Everything is read off the declarations of the kinds. Not here: the message side (`routes.ts`).
 */
import type { Context } from '../context.js';
import { FunctionNode } from '../graph/function-node.js';
import { Graph } from '../graph/graph.js';
import type { ProviderNodes } from '../graph/need.js';
import { resolveNeed } from '../graph/resolve.js';
import { Lifecycle } from '../life/lifecycle.js';
import type { LifeHooks } from '../life/lifecycle.js';
import { Place } from '../place.js';
import { Role } from '../role.js';
import { Trip } from '../trip.js';
import { valueAt } from '../values.js';
import { View } from '../view.js';
import type { Component, Member, World } from '../world.js';

export interface States {
  readonly graph: Graph;
  /** For a function, the functions that carry its data now. */
  readonly carriers: ReadonlyMap<FunctionNode, readonly ProviderNodes[]>;
}

export function buildStates(world: World, context: Context, hooks: LifeHooks): States {
  const graph = new Graph(context);
  for (const member of world.members) {
    member.life = new Lifecycle(context, graph, member, hooks, startOf(member) > 0);
    for (const [name, declaration] of Object.entries(member.component.kind.functions).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { onlyWith } = declaration;
      if (onlyWith !== undefined && [onlyWith].flat().every((name) => valueAt(member.component.values, name) === undefined)) continue;
      const node = new FunctionNode(graph.nodes.length, name, member);
      graph.add(node);
      member.functions.set(name, node);
    }
  }
  for (const component of world.components) {
    const { kind, values } = component;
    if (kind.role !== undefined) {
      component.role = roleOf(world, component);
    }
    for (const [name, trip] of Object.entries(kind.trips ?? {})) {
      const window = trip.window === undefined ? Infinity : Number(valueAt(values, trip.window) ?? Infinity);
      // Tripped when one more would be too many: a threshold of 0 is always tripped.
      const threshold = Number(valueAt(values, trip.threshold) ?? (component.role?.candidates.length ?? 1) - 1);
      for (const owner of trip.each === true ? component.members : [component]) owner.trips.set(name, new Trip(threshold, window));
    }
    if (kind.view !== undefined) component.view = new View(context, component, (causes) => hooks.noticed(causes));
  }
  for (const member of world.members) member.place = placeOf(world, member);
  const carriers = connect(world, context, graph);
  graph.order();
  for (const member of world.members) {
    const start = startOf(member);
    if (start > 0) {
      context.sim.scheduleAt(start, () => {
        member.life.appear();
        graph.settle();
      }, 0, 1, member.rank);
    }
  }
  return { graph, carriers };
}

/** Every function asks once for what it needs; the providers learn who depends on them. */
function connect(world: World, context: Context, graph: Graph): ReadonlyMap<FunctionNode, readonly ProviderNodes[]> {
  const carriers = new Map<FunctionNode, readonly ProviderNodes[]>();
  for (const member of world.members) {
    for (const node of member.functions.values()) {
      for (const declaration of member.component.kind.functions[node.name].needs) {
        const { only } = declaration;
        if (only !== undefined) {
          const value = valueAt(member.component.values, only.parameter);
          if ('is' in only ? value !== only.is : value === only.not) continue;
        }
        const { need, possible, now } = resolveNeed(world, context, member, declaration, (time) => {
          context.sim.scheduleAt(time, () => {
            graph.touch(node);
            graph.settle();
          }, 0, 1, member.rank);
        });
        if (startOf(member) > 0) need.drop();
        node.needs.push(need);
        for (const provider of possible) if (!provider.dependents.includes(node)) provider.dependents.push(node);
        node.inOrder = [...node.needs].sort((a, b) => Number(a.declaration.way === 'cached') - Number(b.declaration.way === 'cached'));
        if (declaration.carriesData === true) carriers.set(node, [...(carriers.get(node) ?? []), ...now]);
      }
    }
  }
  return carriers;
}

function roleOf(world: World, { kind, values, definition }: Component): Role {
  const role = kind.role!;
  const named = (role.among ?? []).flatMap((parameter) => [valueAt(values, parameter) ?? []].flat()).flatMap((name) => world.component(String(name)).members);
  const members = named.length > 0 ? named : (definition.on ?? []).map((server) => world.member(server));
  const nodes = members.map((member) => [role.function].flat().flatMap((name) => member.functions.get(name) ?? [])[0]);
  return new Role(nodes, role.count?.(values), role.dormancy?.(values));
}

function placeOf(world: World, member: Member): Place {
  const { definition, kind, values } = member.component;
  const role = definition.cluster === undefined ? null : world.component(definition.cluster).role;
  const other = kind.relocation === undefined ? undefined : valueAt(values, kind.relocation);
  return new Place(member, role, other === undefined ? null : world.component(String(other)).members[0]);
}

/** When the member is first up. */
export function startOf(member: Member): number {
  const { starts } = member.component.definition;
  if (starts === undefined) return 0;
  return starts[member.server?.component.name ?? ''] ?? starts['*'] ?? 0;
}
