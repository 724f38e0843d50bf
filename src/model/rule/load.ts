/**
 * How much a topology asks of the servers of its databases on average: what flows publish, times what a published message costs.
 *
 * A lower bound: retries, polls and resent messages are not counted, a flow with a limit counts as nothing, and of several stores
 * of one group each gets an equal share, the first of three and more none. Not here: what a run measures.
 */
import type { RouteDefinition } from '../definition.js';
import { meanRate } from '../flow/arrivals.js';
import { meanOf } from '../values.js';
import type { PlacedComponent, PlacedTopology } from './topology.js';

const SECOND = 1e6;

/** Share of the processors of a server that the operations of these instances take while all of them run there. */
export function loadOf(instances: readonly PlacedComponent[], server: string, topology: PlacedTopology): number {
  const carrier = topology.get(server);
  const cpus = carrier?.kind.cpus?.(carrier.values as never) ?? 1;
  const perSecond = instances.reduce((sum, one) => sum + publishedInto(one, topology) * (meanOf(one.values.operation) / SECOND), 0);
  return perSecond / cpus;
}

/** Messages per second that are published into the stores that an instance carries. */
function publishedInto(instance: PlacedComponent, topology: PlacedTopology): number {
  let rate = 0;
  for (const flow of topology.flows) {
    const perMessage = publications(flow.route, topology, (stores) => shareOf(stores, instance, topology));
    if (perMessage > 0) rate += perMessage * meanRate(flow.arrivals);
  }
  return rate;
}

/** Sums over all hops that put messages into the store of the next one. */
function publications(route: RouteDefinition, topology: PlacedTopology, share: (stores: readonly PlacedComponent[]) => number): number {
  const publishes = topology.get(route.component)?.kind.hop?.output === 'publish';
  return route.next.reduce((sum, next) => sum + (publishes ? share(storesOf(next.component, topology)) : 0) + publications(next, topology, share), 0);
}

/** Where the workers of a component take its messages from. */
function storesOf(name: string, topology: PlacedTopology): PlacedComponent[] {
  const component = topology.get(name);
  const pool = component?.kind.hop?.pool;
  if (component === undefined || pool === undefined) return [];
  return (pool === 'own' ? [component] : topology.named(component, pool.parameter)).flatMap((owner) => {
    const container = topology.get(owner.definition.in);
    const { takes } = owner.kind.pool ?? {};
    return container === undefined || takes === undefined ? [] : topology.named(container, takes.containerParameter);
  });
}

function shareOf(stores: readonly PlacedComponent[], instance: PlacedComponent, topology: PlacedTopology): number {
  const inIt = stores.filter((store, index) => (store === instance || topology.within(store, instance)) && (index > 0 || stores.length < 3));
  return inIt.length / Math.max(1, stores.length);
}
