/**
 * Which calls share a transaction with the store they come from: looked up once, when a model is built.
 *
 * A sender that works in transactions, a destination that can enlist, and the coordinator beside each worker. Not here: what happens
 * in a transaction (`transaction/`).
 */
import type { Context } from '../context.js';
import { ModelError } from '../errors.js';
import { besideOf } from '../graph/resolve.js';
import type { RouteNode } from '../hop/route.js';
import type { Distribution } from '../../kernel/index.js';
import { Coordinator } from '../transaction/coordinator.js';
import { Verdict } from '../transaction/transaction.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, Member, World } from '../world.js';

export class SharingBuilder {
  readonly coordinators: readonly Coordinator[];
  /** Nodes whose calls may be part of a transaction. */
  readonly senders: RouteNode[] = [];

  constructor(private readonly world: World, private readonly context: Context) {
    this.coordinators = world.members.flatMap((member) => {
      const declared = member.component.kind.coordinator;
      if (declared === undefined) return [];
      const { values } = member.component;
      const time = (name: string): Distribution => valueAt(values, name) as Distribution;
      return [new Coordinator(context, member, member.functions.get(declared.function)!, durationOf(valueAt(values, declared.timeout), () => 0.5), time(declared.prepare), time(declared.commit))];
    });
  }

  /** The calls of this node become part of transactions, where both sides can. */
  share(node: RouteNode, flowName: string): void {
    if (node.ladder === null || node.lane === null || node.hop.transactional?.(node.component.values) !== true) return;
    const targets = node.ladder.rungs.map((rung) => rung.node).filter((target) => target.hop.enlists?.(target.component.values) !== undefined);
    if (targets.length === 0) return;
    const terms = node.pools.map((pool) => {
      const coordinator = this.beside(pool.member);
      const owner = coordinator?.member.name ?? pool.member.name;
      return { coordinator, prepare: this.context.streams.keyed(owner, `prepare:${flowName}`), commit: this.context.streams.keyed(owner, `commit:${flowName}`) };
    });
    node.shares = { terms, presumes: this.presumption(node.lane.store.component) };
    this.senders.push(node);
    const times = terms.map(({ coordinator }) => (coordinator === null ? 0 : coordinator.prepare.mean + coordinator.commit.mean));
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    for (const target of targets) {
      target.enlisted = { presumes: this.presumption(target.component), mean };
      const name = target.hop.enlists!(target.component.values)!;
      // Called in a transaction it also needs what lets it take part.
      target.workable = target.workable.map((functions, place) => {
        const own = target.handlers[place].functions.get(name);
        if (own === undefined) throw new ModelError(`${target.component.name} has no function ${name}`);
        return [...new Set([...functions, own])];
      });
    }
  }

  private beside(worker: Member): Coordinator | null {
    return this.coordinators.find(({ works }) => besideOf(this.world, worker, works.name).includes(works)) ?? null;
  }

  /** The setting of the store, or of what contains it. */
  private presumption(component: Component): Verdict {
    const { store, placement } = component.kind;
    const own = store?.inDoubt?.(component.values);
    if (own !== undefined) return Verdict[own === 'none' ? 'open' : own];
    // What moves between instances has the setting of the one that holds it first.
    const [first] = component.kind.role?.among ?? [];
    if (first !== undefined) return this.presumption(this.world.component(String(component.values[first])));
    const { in: container } = component.definition;
    return container === undefined || placement.in?.meaning !== 'containment' ? Verdict.open : this.presumption(this.world.component(container));
  }
}
