/**
 * The copies of one component's data, one on each server that may hold its role: which are complete, and when all are gone.
 *
 * While the component serves, what commits is on every complete copy. A server that is away falls behind; when it is back it catches
 * up, and until then it cannot take the role. A commit waits for a copy that fell silent until its session has ended. The data is gone
 * when no complete copy is left: one that is behind does not count. Not here: what becomes of messages (`hop/breakage.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { NO_CAUSE } from '../causes.js';
import { tellWhole } from '../gauges.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Graph } from '../graph/graph.js';
import { LifeDraws } from '../life/draws.js';
import type { CauseSetId } from '../ledger.js';
import type { Role } from '../role.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, Member } from '../world.js';

interface Copy {
  readonly node: FunctionNode;
  /** What carries the data of this server: when one of these loses its data, the copy is gone. */
  readonly on: ReadonlySet<Member>;
  /** Event at which it has caught up; 0: none. */
  timer: number;
  lostBy: CauseSetId;
}

export class DataCopies {
  private readonly role: Role;
  private readonly copies: readonly Copy[];
  private readonly draws: LifeDraws;
  private readonly session: number;
  private serving = true;
  /** Commits wait until then, µs. */
  private silentUntil = 0;
  private told = 0;

  constructor(
    private readonly context: Context, private readonly graph: Graph, readonly component: Component, private readonly works: FunctionNode,
    /** All that carries the data of a function, itself included. */
    under: (node: FunctionNode) => ReadonlySet<Member>,
  ) {
    this.role = component.role!;
    this.copies = this.role.candidates.map((node) => ({ node, on: under(node), timer: 0, lostBy: NO_CAUSE }));
    this.draws = new LifeDraws(context, component.name);
    this.session = durationOf(valueAt(component.values, component.kind.store!.copies!.session), () => 0.5);
    for (const fn of new Set([works, ...this.role.candidates])) fn.listeners.push(() => this.look());
  }

  /** How long a commit waits for a copy that fell silent, µs. */
  get wait(): number {
    return Math.max(0, this.silentUntil - this.context.sim.now);
  }

  /** This member has lost its data. True: no complete copy is left. */
  wiped(member: Member): boolean {
    const hit = this.copies.filter((copy) => copy.on.has(member));
    if (hit.length === 0) return false;
    const { behind } = this.role;
    for (const { node } of hit) behind.add(node);
    const gone = this.copies.every(({ node }) => behind.has(node));
    // Where all are empty they are alike: the first to be there serves.
    if (gone) behind.clear();
    this.look();
    for (const one of this.component.members) this.graph.reconsider(one);
    return gone;
  }

  /** Who falls behind, who begins to catch up. */
  private look(): void {
    const { role } = this;
    const served = this.serving;
    this.serving = this.works.works;
    for (const copy of this.copies) {
      const { node } = copy;
      if (this.serving && !node.works && !role.behind.has(node)) {
        role.behind.add(node);
        copy.lostBy = node.causes;
        // One that was there a moment ago; a clean farewell ends its session at once.
        if (served && !node.clean) this.silentUntil = this.context.sim.now + this.session;
      }
      const catchesUp = this.serving && node.works && role.behind.has(node) && node !== role.holder;
      if (catchesUp && copy.timer === 0) this.catchUp(copy);
      if (!catchesUp && copy.timer !== 0) {
        this.context.sim.cancel(copy.timer);
        copy.timer = 0;
      }
    }
    this.tell();
  }

  private catchUp(copy: Copy): void {
    const [member] = this.component.members;
    const parameter = this.component.kind.store!.copies!.catchUp;
    const duration = this.draws.duration(valueAt(this.component.values, parameter), `catch-up:${copy.node.member.name}`, copy.lostBy);
    copy.timer = this.context.sim.schedule(duration, () => {
      copy.timer = 0;
      this.role.behind.delete(copy.node);
      this.tell();
      this.graph.reconsider(member);
      this.graph.settle();
    }, 0, Priority.state, this.graph.rankOf(member));
  }

  private tell(): void {
    const { size } = this.role.behind;
    if (size === this.told) return;
    this.told = size;
    tellWhole(this.context, this.component, 'behind', size);
  }
}
