/**
 * What messages cost the servers of their stores: each published message is one operation of the instance that keeps it.
 *
 * A server has as many channels as processors, shared by all instances that are active on it; operations are served in the order
 * in which they are asked for. An operation is known when it is asked for, so the queue is computed and has no events: a channel is
 * an instant at which it is free. The put of the message waits until its operation is done. A message that does not lie in the store
 * that routes costs that one a share of an operation first. The cost covers routing, the later dequeue and the delete, so polls cost
 * nothing. Not here: transactions that are open while an instance is lost (the put finds its store away).
 */
import type { Distribution, KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member, World } from '../world.js';
import { NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { RouteNode } from './route.js';
import type { Store } from './store.js';
import { placeFor } from './store-set.js';

/** An instance of a database server whose operations take time. */
export class Instance {
  private readonly channels = new Map<Member, Float64Array>();

  constructor(readonly component: Component, readonly works: FunctionNode, readonly operation: Distribution, readonly draws: readonly KeyedStream[]) {}

  /** The server that it is active on; itself, if it has a server of its own. */
  get server(): Member {
    return this.component.role?.holder.member ?? this.component.members[0].server ?? this.component.members[0];
  }

  /** Servers that may ever carry it. */
  get servers(): readonly Member[] {
    return this.component.role?.candidates.map((node) => node.member) ?? [this.server];
  }

  carry(server: Member, channels: Float64Array): void {
    this.channels.set(server, channels);
  }

  get free(): Float64Array {
    return this.channels.get(this.server)!;
  }
}

export class StoreLoad {
  readonly instances: readonly Instance[];
  private readonly ofStore = new Map<Store, Instance>();

  constructor(private readonly context: Context, world: World, stores: readonly Store[], private readonly copies: Copies, flowNames: readonly string[]) {
    const instances = new Map<Component, Instance>();
    for (const store of stores) {
      const component = carrierOf(world, store.component);
      const operation = component?.kind.store?.operation!(component.values);
      if (component === null || operation === undefined) continue;
      let instance = instances.get(component);
      if (instance === undefined) {
        instance = new Instance(component, component.store!.works, operation, flowNames.map((flow) => context.streams.keyed(component.name, `operation:${flow}`)));
        instances.set(component, instance);
      }
      this.ofStore.set(store, instance);
    }
    this.instances = [...instances.values()];
    const channels = new Map<Member, Float64Array>();
    for (const instance of this.instances) {
      for (const server of instance.servers) {
        if (!channels.has(server)) channels.set(server, new Float64Array(Math.max(1, server.component.kind.cpus?.(server.component.values) ?? 1)));
        instance.carry(server, channels.get(server)!);
      }
      // What was under way on a server is gone with the last instance that was active on it.
      instance.works.listeners.push(() => {
        if (!instance.works.works && !this.activeOn(instance.server).includes(instance)) this.clear(instance);
      });
    }
  }

  /** Instances that are up and active on a server. */
  activeOn(server: Member): readonly Instance[] {
    return this.instances.filter((instance) => instance.works.works && instance.server === server);
  }

  /** Operations that a member serves at once; 0: its operations take no time. */
  slotsOf(member: Member): number {
    return this.instances.find(({ component }) => component === member.component)?.free.length ?? 0;
  }

  instanceOf(store: Store): Instance | null {
    return this.ofStore.get(store) ?? null;
  }

  /** How long the put of a copy waits for its operations from now on, µs. */
  waitOf(copy: number, node: RouteNode): number {
    const slot = this.copies.slot[copy];
    const n = node.records.n[slot];
    let wait = 0;
    for (const next of node.next) {
      const place = placeFor(this.copies, copy, n, node, next);
      if (place === NONE) continue;
      const { set } = next.lane!.queue;
      let own = 0;
      if (place > 0 && set.routing > 0) own = this.book(set.stores[0], set.routing, 0, next, n, this.copies.tries.get(copy));
      own = this.book(set.stores[place], 1, own, next, n, this.copies.tries.get(copy));
      if (own > wait) wait = own;
    }
    return wait;
  }

  /** Books an operation that is asked for `later` from now; until it is done, µs from now. */
  private book(store: Store, share: number, later: number, node: RouteNode, n: number, tries: number): number {
    const instance = this.ofStore.get(store);
    if (instance === undefined || !instance.works.works) return later;
    const { now } = this.context.sim;
    const service = Math.round(instance.operation.sample(instance.draws[node.flow].uniform(n, node.legs[0], tries)) * share);
    const { free } = instance;
    let first = 0;
    for (let channel = 1; channel < free.length; channel++) if (free[channel] < free[first]) first = channel;
    const start = Math.max(now + later, free[first]);
    free[first] = start + service;
    if (service > 0) {
      for (const reader of this.context.ledger.to.booked) reader.booked(now, instance.component.members[0].index, start, start + service, free.length);
    }
    return start + service - now;
  }

  private clear(instance: Instance): void {
    if (this.activeOn(instance.server).length === 0) instance.free.fill(0);
  }
}

/** The component whose operations cost time: the store itself, or the instance that contains it. */
function carrierOf(world: World, component: Component): Component | null {
  if (component.kind.store?.operation !== undefined) return component;
  const { in: container } = component.definition;
  return container === undefined || component.kind.placement.in?.meaning !== 'containment' ? null : carrierOf(world, world.component(container));
}
