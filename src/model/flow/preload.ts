/** Messages that are there at time 0: in a queue, or suspended. They belong to the first flow through it. Not here: how one is put there (`source.ts`). */
import type { RouteBuilder } from '../build/routes.js';
import type { Ladders } from '../hop/ladder.js';
import type { KindDeclaration } from '../kind.js';
import type { Component, World } from '../world.js';
import type { Source } from './source.js';

export function preload(world: World, { queues, nodes }: RouteBuilder, sources: readonly Source[], ladders: Ladders): void {
  for (const [component, queue] of queues) {
    const initial = countOf(component, component.kind.pool!.takes?.initial);
    if (initial === 0) continue;
    const node = nodes.find((one) => one.lane?.queue === queue);
    if (node !== undefined) sources[node.flow].preload(node, initial);
  }
  for (const component of world.components) {
    const kept = countOf(component, component.kind.buffer?.initial);
    if (kept > 0) {
      const row = nodes.find((one) => one.handling !== null && one.lanes.some(({ buffer }) => buffer?.component === component));
      if (row !== undefined) sources[row.flow].preload(row, kept, undefined, row.lanes.findIndex(({ buffer }) => buffer?.component === component));
    }
    const suspended = countOf(component, component.kind.hop?.suspended);
    if (suspended > 0) {
      const node = nodes.find((one) => one.component === component);
      if (node !== undefined) sources[node.flow].preload(node, suspended, (copy, at) => ladders.suspend(copy, at, 0));
    }
  }
}

/** Parameters of a kind that say how many messages are there at time 0. */
export function preloadsOf({ pool, buffer, hop }: KindDeclaration): string[] {
  return [pool?.takes?.initial, buffer?.initial, hop?.suspended].filter((name) => name !== undefined);
}

/** How many, by the parameter of this name; 0 without one. */
function countOf(component: Component, parameter: string | undefined): number {
  return parameter === undefined ? 0 : Number(component.values[parameter] ?? 0);
}
