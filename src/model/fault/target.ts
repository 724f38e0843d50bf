/** The members that a target means now: those of a name, or those of a role. */
import type { TargetDefinition } from '../definition.js';
import { ModelError } from '../errors.js';
import { Member } from '../world.js';
import type { World } from '../world.js';

export function resolveTarget(world: World, target: TargetDefinition): readonly Member[] {
  if (target.type === 'name') {
    const found = world.find(target.name);
    if (found === null) throw new ModelError(`no component or member ${target.name}`);
    return found instanceof Member ? [found] : found.members;
  }
  const { role } = world.component(target.cluster);
  if (role === null) throw new ModelError(`${target.cluster} has no active server`);
  return target.type === 'active' ? role.holders.map((node) => node.member) : role.candidates.filter((node) => !role.holders.includes(node)).map((node) => node.member);
}
