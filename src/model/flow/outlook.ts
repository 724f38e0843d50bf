/**
 * What a message of a flow would meet if it were offered now: served, degraded or stopped, with which capacity, and because of what.
 *
 * It is computed from the graph and from what callers believe now, never from messages under way. A message that only waits for its
 * poll or its turn is served. Not here: when it is computed (after every change that the flow can feel; see `engine.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { FunctionNode } from '../graph/function-node.js';
import { hindrance } from '../hop/route.js';
import type { RouteNode } from '../hop/route.js';
import { FlowStatus } from '../ledger.js';
import type { CauseSetId } from '../ledger.js';
import { meanOf } from '../values.js';

const SECOND = 1_000_000;

export interface Outlook { readonly status: FlowStatus; /** Messages a second. */ readonly capacity: number; readonly causes: CauseSetId }

export class FlowOutlook {
  /** @param deadline attempts that start within it count as first ones; µs, 0 without a deadline */
  constructor(private readonly context: Context, private readonly first: RouteNode, private readonly deadline: number) {}

  whole(): Outlook {
    return this.along(this.first);
  }

  /** The first hop alone, with the store that it puts into. */
  acceptance(): Outlook {
    return this.first.next.reduce((all, next) => (next.lane === null ? all : this.worse(all, this.ofStore(next))), this.at(this.first));
  }

  /** The functions, beyond workers, that decide about this route; for those who wait for their changes. */
  static functionsOf(node: RouteNode): FunctionNode[] {
    const own = [...node.workable.flat(), ...(node.lane === null ? [] : [node.lane.queue.works])];
    const balancer = node.through?.component.members.flatMap((member) => [...member.functions.values()]) ?? [];
    return [...own, ...balancer, ...childrenOf(node).flatMap((child) => FlowOutlook.functionsOf(child))];
  }

  static nodesOf(node: RouteNode): RouteNode[] {
    return [node, ...childrenOf(node).flatMap((child) => FlowOutlook.nodesOf(child))];
  }

  private along(node: RouteNode): Outlook {
    const here = node.lane === null ? this.at(node) : this.worse(this.at(node), this.ofStore(node));
    if (node.ladder !== null) return this.worse(here, this.ofLadder(node));
    return node.next.reduce((all, next) => this.worse(all, this.along(next)), here);
  }

  /** The workers of one node, as callers or polls would find them. */
  private at(node: RouteNode): Outlook {
    const through = node.through;
    if (through !== null && !through.component.members.some((member) => [...member.functions.values()].every((fn) => fn.works))) {
      const causes = through.component.members.flatMap((member) => [...member.functions.values()]).reduce((set, fn) => this.join(set, fn.causes), NO_CAUSE);
      return { status: FlowStatus.stopped, capacity: 0, causes };
    }
    let capacity = 0;
    let asked = 0;
    let answering = 0;
    let causes: CauseSetId = NO_CAUSE;
    node.pools.forEach((pool, place) => {
      if (through !== null && !through.view.believes(pool.works)) {
        causes = this.join(causes, through.view.causesOf(pool.works));
        return;
      }
      const obstacle = hindrance(node, place);
      const trouble = node.impairments.outlook(node.handlers[place]);
      asked++;
      causes = this.join(causes, trouble.causes);
      if (obstacle !== null) {
        causes = this.join(causes, obstacle.causes);
        return;
      }
      answering += 1 - trouble.failing;
      if (trouble.failing >= 1) return;
      const slow = pool.member.slow * (node.handlers[place] === pool.member ? 1 : node.handlers[place].slow);
      if (slow > 1) causes = this.join(causes, this.slowCauses(node));
      const mean = (this.meanWork(node) * slow) / SECOND;
      capacity += mean > 0 ? pool.slots / mean : Infinity;
    });
    const all = asked === node.pools.length && answering === asked && !this.slowed(node);
    // Polls are made by those that work: the dead do not fail anybody's attempt there.
    const status = answering === 0 ? FlowStatus.stopped : all ? FlowStatus.served : FlowStatus.degraded;
    return { status, capacity: answering === 0 ? 0 : capacity, causes: status === FlowStatus.served ? NO_CAUSE : causes };
  }

  private ofStore(node: RouteNode): Outlook {
    const { works } = node.lane!.queue;
    return works.works ? { status: FlowStatus.served, capacity: Infinity, causes: NO_CAUSE } : { status: FlowStatus.stopped, capacity: 0, causes: works.causes };
  }

  /** A sender's targets: served while one works whose first attempt counts; degraded when another would fail before it. */
  private ofLadder(node: RouteNode): Outlook {
    let offset = 0;
    let causes: CauseSetId = NO_CAUSE;
    let failed = false;
    for (const [index, rung] of node.ladder!.rungs.entries()) {
      if (index > 0 && offset > this.deadline) break;
      const outlook = this.along(rung.node);
      if (outlook.status !== FlowStatus.stopped) {
        const degraded = failed || outlook.status === FlowStatus.degraded;
        return { status: degraded ? FlowStatus.degraded : FlowStatus.served, capacity: outlook.capacity, causes: this.join(causes, outlook.causes) };
      }
      failed = true;
      causes = this.join(causes, outlook.causes);
      offset += (rung.tries - 1) * meanOf(rung.interval);
    }
    return { status: FlowStatus.stopped, capacity: 0, causes };
  }

  /** A worker that calls is busy until the answer. */
  private meanWork(node: RouteNode): number {
    const own = node.steps.reduce((sum, step) => sum + step.work.mean, 0);
    return node.ladder === null ? own : own + this.meanWork(node.ladder.rungs[0].node);
  }

  private slowed(node: RouteNode): boolean {
    return node.pools.some((pool) => pool.member.slow > 1) || node.handlers.some((member) => member.slow > 1);
  }

  private slowCauses(node: RouteNode): CauseSetId {
    let set: CauseSetId = NO_CAUSE;
    for (const one of node.impairments.list) if (one.kind === 'slow') set = this.join(set, this.context.causes.single(one.occurrence));
    for (const one of node.poolImpairments.list) if (one.kind === 'slow') set = this.join(set, this.context.causes.single(one.occurrence));
    return set;
  }

  private worse(a: Outlook, b: Outlook): Outlook {
    const status = a.status > b.status ? a.status : b.status;
    const capacity = Math.min(a.capacity, b.capacity);
    // Behind a stop are only the faults that stop; behind a degradation all that degrade.
    const causes = a.status === b.status ? this.join(a.causes, b.causes) : a.status > b.status ? a.causes : b.causes;
    return { status, capacity, causes };
  }

  private join(a: CauseSetId, b: CauseSetId): CauseSetId {
    return this.context.causes.union(a, b);
  }
}

function childrenOf(node: RouteNode): readonly RouteNode[] {
  return node.ladder === null ? node.next : node.ladder.rungs.map((rung) => rung.node);
}
