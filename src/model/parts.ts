/**
 * Parts: components that come with another one, named `owner/part1` to `owner/partN`, and which of them keep the messages of a buffer.
 *
 * Not here: how a scenario makes them (room `scenario`).
 */
import type { Context } from './context.js';
import type { Component, World } from './world.js';

/** The parts of a component, by number. */
export function partsOf(world: World, owner: Component): readonly Component[] {
  const declared = owner.kind.parts;
  if (declared === undefined) return [];
  return Array.from({ length: Number(owner.values[declared.count]) }, (_, index) => world.component(`${owner.name}/${declared.part}${String(index + 1)}`));
}

/** The parts of its container in which a buffer lies, those of the buffer behind which it stands included. */
export function fragmentsOf(world: World, component: Component, context: Context): readonly Component[] {
  const declared = component.kind.buffer;
  if (declared?.behind !== undefined) return fragmentsOf(world, world.component(String(component.values[declared.behind])), context);
  if (declared?.fragments === undefined || component.definition.in === undefined) return [];
  const parts = partsOf(world, world.component(component.definition.in));
  const draw = context.streams.keyed(component.name, 'store').uniform(0);
  return declared.fragments(component.values, parts.length, draw).map((index) => parts[index]);
}
