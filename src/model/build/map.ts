/** The names and structure behind the indices of the ledgers. */
import type { Context } from '../context.js';
import type { FaultDefinition, FlowDefinition, OperationDefinition } from '../definition.js';
import { Boxes } from '../boxes.js';
import type { Graph } from '../graph/graph.js';
import type { ModelMap } from '../ledger.js';
import type { StoreLoad } from '../hop/store-load.js';
import type { Component, World } from '../world.js';

export function buildMap(
  context: Context, world: World, graph: Graph, flows: readonly FlowDefinition[], legs: readonly (readonly string[])[],
  load: StoreLoad, capacities: readonly number[], faults: readonly FaultDefinition[], operations: readonly OperationDefinition[],
): ModelMap {
  const boxes = new Boxes(world);
  return {
    components: world.components.map((component) => ({
      name: component.name, kind: component.kind.name, members: component.members.map((member) => member.index), boxes: boxes.ofComponent(component), ...spentOn(component),
      wholeGauges: Object.entries(component.kind.gauges ?? {}).filter(([, { whole }]) => whole === true).map(([name]) => name),
    })),
    members: world.members.map((member) => ({
      name: member.name, component: member.component.index, functions: [...member.functions.values()].map((fn) => fn.index),
      boxes: boxes.ofMember(member), slots: member.pool?.slots ?? load.slotsOf(member),
    })),
    functions: graph.nodes.map((node) => ({ name: node.name, member: node.member.index })),
    flows: flows.map((flow, index) => ({
      name: flow.name, legs: distinct(legs[index]), keys: flow.keys ?? 1, deadline: flow.objectives.deadline ?? null, faultFreeCapacity: capacities[index],
    })),
    faults: faults.map((fault) => ({ id: fault.id, kind: fault.kind, targetText: fault.targetText })),
    operations: operations.map((operation) => ({ id: operation.id, targetText: operation.targetText })),
    occurrences: context.occurrences,
    causesOf: (set) => context.causes.of(set),
    pathOf: (path) => context.paths.of(path),
  };
}

/** What time in its states is spent on, as far as its kind says so. */
function spentOn({ kind }: Component): { readonly downAs?: Readonly<Record<string, string>> } {
  const words = Object.entries(kind.lifecycle.states).flatMap(([name, { downAs }]) => (downAs === undefined ? [] : [[name, downAs] as const]));
  return words.length === 0 ? {} : { downAs: Object.fromEntries(words) };
}

/** Two legs may end in the same sink: then they are numbered. */
function distinct(names: readonly string[]): readonly string[] {
  return names.map((name, index) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}-${names.slice(0, index + 1).filter((one) => one === name).length}`));
}
