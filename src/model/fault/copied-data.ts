/** All data of which several servers keep copies: what is gone with a member, and how long commits wait. Not here: one set of copies (`data-copies.ts`). */
import type { Context } from '../context.js';
import type { Graph } from '../graph/graph.js';
import type { RouteNode } from '../hop/route.js';
import type { Store } from '../hop/store.js';
import { placeFor } from '../hop/store-set.js';
import { NONE } from '../hop/copies.js';
import type { Copies } from '../hop/copies.js';
import type { Component, Member } from '../world.js';
import { DataCopies } from './data-copies.js';
import { carrying, functionsOf } from './data-loss.js';
import type { Carriers } from './data-loss.js';

export class CopiedData {
  private readonly all = new Map<Component, DataCopies>();
  private readonly ofStore = new Map<Store, DataCopies>();

  constructor(context: Context, graph: Graph, stores: readonly Store[], carriers: Carriers) {
    for (const { component, works } of stores) {
      if (component.kind.store?.copies === undefined) continue;
      this.all.set(component, new DataCopies(context, graph, component, works, (node) => carrying([node], carriers)));
    }
    if (this.all.size === 0) return;
    for (const store of stores) {
      const under = carrying(functionsOf(store.component), carriers);
      const copies = [...under].map(({ component }) => this.all.get(component)).find((one) => one !== undefined);
      if (copies !== undefined) this.ofStore.set(store, copies);
    }
  }

  get none(): boolean {
    return this.all.size === 0;
  }

  /** This member has lost its data: the components that have no complete copy left. */
  wiped(member: Member): ReadonlySet<Component> {
    return new Set([...this.all].filter(([, copies]) => copies.wiped(member)).map(([component]) => component));
  }

  /** How long the put of message n waits for copies that fell silent, µs. */
  waitOf(copies: Copies, copy: number, n: number, node: RouteNode): number {
    let wait = 0;
    for (const next of node.next) {
      const place = placeFor(copies, copy, n, node, next);
      if (place !== NONE) wait = Math.max(wait, this.ofStore.get(next.lanes[place].store)?.wait ?? 0);
    }
    return wait;
  }
}
