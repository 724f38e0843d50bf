/**
 * Which of its targets a sender uses now: the first, or one drawn for each client of the flow, until the roles change.
 *
 * It is kept in the memory of the process: what a member that ended had learned is gone, and drawn anew. Not here: when roles change
 * (`couriers.ts`).
 */
import type { Context } from '../context.js';
import type { Member } from '../world.js';
import type { RouteNode } from './route.js';

export class TargetsInUse {
  /** By member and client, where it is not the target of the beginning. */
  private readonly changed = new Map<Member, Map<string, number>>();
  /** What they began with, as far as it was asked for. */
  private readonly begun = new Map<Member, Map<string, number>>();
  /** How often each member has forgotten. */
  private readonly lives = new Map<Member, number>();

  constructor(private readonly context: Context, private readonly flowNames: readonly string[]) {}

  /** The target that this member uses for message n. */
  of(node: RouteNode, member: Member, n: number): number {
    // What never changed and was not drawn is the same for all.
    if (this.changed.size === 0 && node.sends!.terms.begins !== 'any') return 0;
    return this.ofClient(node, member, n % node.clients);
  }

  /** Every target that this member uses for some client. */
  all(node: RouteNode, member: Member): ReadonlySet<number> {
    if (node.sends!.terms.begins !== 'any') return new Set([this.ofClient(node, member, 0)]);
    return new Set(Array.from({ length: node.clients }, (_, client) => this.ofClient(node, member, client)));
  }

  use(node: RouteNode, member: Member, n: number, target: number): void {
    entriesOf(this.changed, member).set(party(node, n % node.clients), target);
  }

  /** The process has ended. False: there was nothing to forget. */
  forget(member: Member): boolean {
    this.lives.set(member, (this.lives.get(member) ?? 0) + 1);
    const redrawn = this.begun.delete(member);
    return this.changed.delete(member) || redrawn;
  }

  private ofClient(node: RouteNode, member: Member, client: number): number {
    return this.changed.get(member)?.get(party(node, client)) ?? this.first(node, member, client);
  }

  private first(node: RouteNode, member: Member, client: number): number {
    const { terms, targets } = node.sends!;
    if (terms.begins !== 'any') return 0;
    const drawn = entriesOf(this.begun, member);
    const key = party(node, client);
    let target = drawn.get(key);
    if (target === undefined) {
      target = this.context.streams.keyed(member.name, `target:${this.flowNames[node.flow]}`).choose(targets.length, client, this.lives.get(member) ?? 0);
      drawn.set(key, target);
    }
    return target;
  }
}

/** Clients that begin with targets of their own go on with them alone; else the member does so for all. */
function party(node: RouteNode, client: number): string {
  return node.sends!.terms.begins === 'any' ? `${String(node.flow)}:${String(client)}` : '';
}

function entriesOf(map: Map<Member, Map<string, number>>, member: Member): Map<string, number> {
  let entries = map.get(member);
  if (entries === undefined) map.set(member, (entries = new Map()));
  return entries;
}
