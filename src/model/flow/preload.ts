/** Messages that are there at time 0: in a queue, or suspended. They belong to the first flow through it. Not here: how one is put there (`source.ts`). */
import type { RouteBuilder } from '../build/routes.js';
import type { Ladders } from '../hop/ladder.js';
import type { World } from '../world.js';
import type { Source } from './source.js';

export function preload(world: World, { queues, nodes }: RouteBuilder, sources: readonly Source[], ladders: Ladders): void {
  for (const [component, queue] of queues) {
    const { takes } = component.kind.pool!;
    if (takes === undefined) continue;
    const initial = Number(component.values[takes.initial] ?? 0);
    const node = nodes.find((one) => one.lane?.queue === queue);
    if (initial > 0 && node !== undefined) sources[node.flow].preload(node, initial);
  }
  for (const component of world.components) {
    const kept = Number(component.values[component.kind.buffer?.initial ?? ''] ?? 0);
    const row = nodes.find((one) => one.handling !== null && one.lanes.some(({ buffer }) => buffer?.component === component));
    if (kept > 0 && row !== undefined) sources[row.flow].preload(row, kept, undefined, row.lanes.findIndex(({ buffer }) => buffer?.component === component));
    const suspended = Number(component.values[component.kind.hop?.suspended ?? ''] ?? 0);
    const node = nodes.find((one) => one.component === component);
    if (suspended > 0 && node !== undefined) sources[node.flow].preload(node, suspended, (copy, at) => ladders.suspend(copy, at, 0));
  }
}
