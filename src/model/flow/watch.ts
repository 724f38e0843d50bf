/**
 * Watches what each flow would meet now and writes the changes to the state ledger.
 *
 * It listens to everything on the way of a flow (functions, beliefs, faults of steps) and looks when the graph has settled.
 * Not here: what a flow would meet (`outlook.ts`).
 */
import type { Context } from '../context.js';
import type { Partitions } from '../fault/partitions.js';
import type { Graph } from '../graph/graph.js';
import type { Couriers } from '../hop/couriers.js';
import type { RouteNode } from '../hop/route.js';
import type { StoreLoad } from '../hop/store-load.js';
import { FlowOutlook } from './outlook.js';
import type { FlowStatus } from '../ledger.js';
import type { Outlook } from './outlook.js';

export class FlowWatch {
  /** Messages a second with everything up. */
  readonly faultFreeCapacity: number;
  private readonly outlook: FlowOutlook;
  private whole: Outlook;
  private acceptance: Outlook;

  constructor(
    private readonly context: Context, private readonly flow: number, private readonly first: RouteNode, deadline: number, private readonly load: StoreLoad,
    private readonly couriers: Couriers, private readonly partitions: Partitions | null,
  ) {
    this.outlook = new FlowOutlook(context, first, deadline, load, couriers, partitions);
    this.whole = this.outlook.whole();
    this.acceptance = this.outlook.acceptance();
    this.faultFreeCapacity = this.whole.capacity;
  }

  /** Begins to listen. */
  connect(graph: Graph): void {
    const look = (): void => this.look();
    const later = (): void => {
      graph.whenSettled(look);
      graph.settle();
    };
    for (const fn of new Set([...FlowOutlook.functionsOf(this.first), ...this.load.instances.map(({ works }) => works)])) fn.listeners.push(later);
    this.partitions?.listeners.push(later);
    const nodes = FlowOutlook.nodesOf(this.first);
    if (nodes.some(({ sends }) => sends?.terms.mode === 'passive' || sends?.terms.mode === 'standby')) this.couriers.listeners.push(later);
    for (const session of new Set(nodes.flatMap(({ lanes }) => lanes.flatMap(({ session }) => session ?? [])))) session.sessions.listeners.push(later);
    const accesses = new Set(nodes.flatMap(({ buffer, sends, lanes }) => [buffer?.access ?? [], [...(sends?.books.values() ?? [])].map((book) => book.access), lanes.flatMap(({ book }) => book?.access ?? [])].flat()));
    for (const sequence of new Set(nodes.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.sequence ?? [])))) sequence.listeners.push(later);
    for (const access of accesses) access.listeners.push(later);
    for (const node of nodes) {
      node.through?.view.listeners.push(later);
      node.impairments.listeners.push(later);
      if (node.poolImpairments !== node.impairments) node.poolImpairments.listeners.push(later);
    }
  }

  get status(): FlowStatus {
    return this.whole.status;
  }

  look(): void {
    const { now } = this.context.sim;
    const { ledger } = this.context;
    const whole = this.outlook.whole();
    if (differs(whole, this.whole)) {
      this.whole = whole;
      for (const reader of ledger.to.flowChanged) reader.flowChanged(now, this.flow, whole.status, whole.capacity, whole.causes);
    }
    const acceptance = this.outlook.acceptance();
    if (acceptance.status !== this.acceptance.status || acceptance.causes !== this.acceptance.causes) {
      for (const reader of ledger.to.acceptChanged) reader.acceptChanged(now, this.flow, acceptance.status, acceptance.causes);
    }
    this.acceptance = acceptance;
  }
}

const differs = (a: Outlook, b: Outlook): boolean => a.status !== b.status || a.capacity !== b.capacity || a.causes !== b.causes;
