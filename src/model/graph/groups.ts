/** The groups that a member belongs to, for needs that look for their provider there. Not here: what belongs to a group (`boxes.ts`). */
import { Boxes } from '../boxes.js';
import type { Component, Member, World } from '../world.js';

const known = new WeakMap<World, Boxes>();

export function groupsOf(world: World, member: Member): readonly Component[] {
  let boxes = known.get(world);
  if (boxes === undefined) known.set(world, (boxes = new Boxes(world)));
  return boxes.ofMember(member).filter(({ scope }) => scope === 'group').map(({ box }) => world.components[box]);
}
