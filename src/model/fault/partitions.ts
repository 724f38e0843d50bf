/**
 * Networks that are cut in two: who cannot reach whom, while both sides are up.
 *
 * A side is what the fault names, with all that stands on it or inside it. Whoever stands nowhere (a flow's senders, a group) is on no side
 * and reaches both; a need through such a group is cut where what the group needs is. A role that moves between servers decides on the
 * larger side of those that work, on its holder's when they are equal: so it has one holder at any time.
 * Not here: copies of data between servers (they go on), a role with a holder on each side, what a cut costs a call (`hop/calls.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Graph } from '../graph/graph.js';
import type { CauseSetId } from '../ledger.js';
import type { Component, Member, World } from '../world.js';

interface Cut { readonly occurrence: number; readonly sides: readonly [ReadonlySet<Member>, ReadonlySet<Member>] }

/** Faults that keep two members apart; `NO_CAUSE`: they reach each other. Null: senders, which stand nowhere. */
export type Between = (one: Member | null, other: Member | null) => CauseSetId;

export class Partitions {
  private readonly cuts: Cut[] = [];
  /** Called after a cut has begun or ended. */
  readonly listeners: (() => void)[] = [];

  constructor(private readonly context: Context, private readonly world: World, private readonly graph: Graph) {
    for (const node of graph.nodes) for (const need of node.needs) need.apart = (provider) => this.cutTo(node.member, provider);
    for (const { role } of world.components) {
      if (role !== null) role.reaches = (node) => this.cuts.length === 0 || this.between(this.decidesAt(role), node.member) === NO_CAUSE;
    }
  }

  cut(occurrence: number, one: readonly Member[], other: readonly Member[]): void {
    this.cuts.push({ occurrence, sides: [new Set(one), new Set(other)] });
    this.changed();
  }

  heal(occurrence: number): void {
    const index = this.cuts.findIndex((one) => one.occurrence === occurrence);
    if (index < 0) return;
    this.cuts.splice(index, 1);
    this.changed();
  }

  readonly between: Between = (one, other) => {
    let causes: CauseSetId = NO_CAUSE;
    if (one === null || other === null || one === other) return causes;
    for (const { occurrence, sides } of this.cuts) {
      const here = this.sideOf(one, sides);
      const there = this.sideOf(other, sides);
      if (here >= 0 && there >= 0 && here !== there) causes = this.context.causes.union(causes, this.context.causes.single(occurrence));
    }
    return causes;
  };

  /** Faults that keep a member from what it needs; `NO_CAUSE`: it reaches it. */
  cutTo(member: Member, provider: FunctionNode): CauseSetId {
    if (this.cuts.length === 0) return NO_CAUSE;
    // What it stands on or in is not reached through the network.
    const direct = [...this.places(member)].includes(provider.member) ? NO_CAUSE : this.between(member, provider.member);
    if (direct !== NO_CAUSE || this.stands(provider.member)) return direct;
    // It is a name for others: what it cannot work without must be reached.
    for (const need of provider.needs) {
      if (need.declaration.way !== 'requires' || need.declaration.when !== 'always') continue;
      for (const node of need.serving()) {
        const cut = this.cutTo(member, node);
        if (cut !== NO_CAUSE) return cut;
      }
    }
    return NO_CAUSE;
  }

  /** Whether it has a place of its own; a line or a name for others has that of whom it serves. */
  stands(member: Member): boolean {
    return [...this.places(member)].length > 1 || this.cuts.some(({ sides }) => this.sideOf(member, sides) >= 0);
  }

  /** The nearest of its places that a side names decides; -1: it is on neither. */
  private sideOf(member: Member, sides: Cut['sides']): number {
    for (const place of this.places(member)) {
      const side = sides.findIndex((one) => one.has(place));
      if (side >= 0) return side;
    }
    return -1;
  }

  /** Itself, the server it is on now, what contains it, and so on outwards. */
  private *places(member: Member): Generator<Member> {
    yield member;
    const { component } = member;
    const server = component.role === null ? member.place.server : this.decidesAt(component.role);
    if (server !== null) yield* this.places(server);
    const { in: container } = component.definition;
    if (container !== undefined && component.kind.placement.in?.meaning === 'containment') for (const one of this.world.component(container).members) yield* this.places(one);
  }

  /** Where a role decides: at its holder, unless more of those that work can reach each other elsewhere. */
  private decidesAt({ candidates, holder }: NonNullable<Component['role']>): Member {
    const working = candidates.filter((node) => node.works);
    let best = holder;
    let most = holder.works ? this.reachable(holder, working) : 0;
    for (const node of working) {
      const count = this.reachable(node, working);
      if (count > most) {
        best = node;
        most = count;
      }
    }
    return best.member;
  }

  private reachable(from: FunctionNode, nodes: readonly FunctionNode[]): number {
    return nodes.filter((node) => this.between(from.member, node.member) === NO_CAUSE).length;
  }

  private changed(): void {
    for (const member of this.world.members) {
      this.graph.touchMember(member);
      this.graph.reconsider(member);
    }
    for (const listener of this.listeners) listener();
  }
}
