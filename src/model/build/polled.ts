/**
 * Builds queues that are polled in databases, read off the declarations of the kinds.
 *
 * Not here: queues of those who take from buffers (`buffers.ts`), the nodes of a route (`routes.ts`).
 */
import type { Context } from '../context.js';
import { ModelError } from '../errors.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Copies } from '../hop/copies.js';
import { Lane } from '../hop/lane.js';
import type { Pool } from '../hop/pool.js';
import { WorkQueue } from '../hop/queue.js';
import { Sequence } from '../hop/sequence.js';
import { StoreSet } from '../hop/store-set.js';
import { DayWindow } from '../hop/window.js';
import { JobTable, Stored } from '../throttle/stored.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, World } from '../world.js';
import { cpusOf, functionOf } from './members.js';
import type { TrackingBuilder } from './tracking.js';

export class PolledQueueBuilder {
  private readonly lanes = new Map<Component, readonly Lane[]>();
  private readonly sets = new Map<Component, StoreSet>();

  /** @param queues takes what is built, too */
  constructor(
    private readonly world: World, private readonly context: Context, private readonly copies: Copies, private readonly queues: Map<Component, WorkQueue>,
    private readonly tracking: TrackingBuilder, private readonly take: (copy: number, pool: Pool) => void, private readonly realPolls: boolean,
  ) {}

  /** The queue of these members, and how they poll it. */
  build(component: Component): void {
    const takes = component.kind.pool!.takes!;
    const container = this.world.component(component.definition.in!);
    const set = this.setOf(container, takes.containerParameter);
    const jobs = functionOf(container.members[0], takes.jobs.function);
    const [first] = set.stores;
    first.spool ??= this.spool(container, jobs, durationOf(valueAt(container.values, takes.jobs.messages), () => 0.5));
    const stored = new Stored(this.context, component, first.spool);
    const queue = new WorkQueue(this.context, component, set, functionOf(container.members[0], takes.containerFunction), stored, this.copies, this.take, this.realPolls);
    for (const store of set.stores) store.queues.push(queue);
    this.queues.set(component, queue);
    for (const member of component.members) {
      const { values } = component;
      const cpus = cpusOf(member);
      const [period, beat, sweep] = [takes.poll, takes.beat, takes.sweep].map((name) => durationOf(valueAt(values, name), () => 0.5));
      // Grids are absolute and belong to the member (the job to its store): nothing that happens moves them.
      const phase = (owner: string, purpose: string, length: number): number => Math.floor(this.context.streams.keyed(owner, purpose).uniform(0) * length);
      member.pool!.polling = {
        queue, period, phase: phase(member.name, 'phase:poll', period), lockLimit: takes.lockLimit(values, cpus), cap: takes.processLimit(values, cpus),
        cleanup: {
          beat, beatPhase: phase(member.name, 'phase:beat', beat), deadAfter: durationOf(valueAt(values, takes.deadAfter), () => 0.5),
          sweep, sweepPhase: phase(component.name, 'phase:sweep', sweep), jobs,
        },
      };
      queue.pools.push(member.pool!);
    }
  }

  /** The table of messages of a store. A job that needs nothing but the store itself never lets rows pile up. */
  private spool(container: Component, jobs: FunctionNode, period: number): JobTable {
    const phase = Math.floor(this.context.streams.keyed(container.name, 'phase:messages').uniform(0) * period);
    const canStop = this.world.members.some((member) => [...member.functions.values()].some((fn) => fn.name === jobs.name && fn.dependents.includes(jobs)));
    return new JobTable(this.context, container, jobs, period, phase, canStop, 'spool');
  }

  /** The stores that the container names; all its queues are spread alike. */
  private setOf(container: Component, parameter: string): StoreSet {
    let set = this.sets.get(container);
    if (set !== undefined) return set;
    const stores = [container.values[parameter] ?? []].flat().map((name) => {
      const { store } = this.world.component(String(name));
      if (store === null) throw new ModelError(`${container.name} names no store as ${parameter}`);
      return store;
    });
    const { spread } = container.kind;
    const { values } = container;
    const places = stores.map((_, place) => place);
    const publishing = spread === undefined || stores.length === 1 || spread.firstToo(values, stores.length) ? places : places.slice(1);
    set = new StoreSet(stores, publishing, spread?.passesOver(values) ?? false, spread?.routing(values) ?? 0);
    set.tracking = this.tracking.of(container, set);
    this.sets.set(container, set);
    return set;
  }

  /** Where messages for this component lie in the queue of its owner: one lane in each store. */
  lanesOf(component: Component, owner: Component): readonly Lane[] {
    let lanes = this.lanes.get(component);
    if (lanes === undefined) {
      const queue = this.queues.get(owner);
      if (queue === undefined) throw new ModelError(`${component.name}: ${owner.name} has no queue`);
      const priority = Number(valueAt(component.values, component.kind.hop!.priority ?? '') ?? 0);
      lanes = queue.set.stores.map((store) => new Lane(queue, component, store, this.copies, priority));
      const { ordered, window } = component.kind.hop!;
      const terms = ordered?.(component.values);
      const hours = window?.(component.values);
      const sequence = terms === undefined ? null : new Sequence(this.context, this.copies, queue, terms.stops);
      for (const lane of lanes) {
        lane.sequence = sequence;
        if (hours !== undefined) lane.window = new DayWindow(hours.from, hours.until);
      }
      sequence?.lanes.push(...lanes);
      queue.lanes.push(...lanes);
      this.lanes.set(component, lanes);
    }
    return lanes;
  }
}
