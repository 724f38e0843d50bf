/** What the builders ask of a member. */
import { ModelError } from '../errors.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Member } from '../world.js';

export function functionOf(member: Member, name: string): FunctionNode {
  const node = member.functions.get(name);
  if (node === undefined) throw new ModelError(`${member.name} has no function ${name}`);
  return node;
}

/** Processors of its server; of what moves, of the server that carries it first. */
export function cpusOf({ place: { server } }: Member): number {
  return server?.component.kind.cpus?.(server.component.values) ?? 1;
}
