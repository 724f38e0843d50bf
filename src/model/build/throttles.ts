/**
 * Builds the throttle of every instance whose kind declares one: which numbers it watches, and with which limits.
 *
 * The limits stand in the order in which their states are shown. Not here: what a state leads to (`throttle/throttle.ts`).
 */
import type { Context } from '../context.js';
import type { Pool } from '../hop/pool.js';
import type { Publisher } from '../hop/publisher.js';
import type { RouteNode } from '../hop/route.js';
import { Level } from '../throttle/level.js';
import type { ThrottlingValues } from '../throttle/parameters.js';
import { Rate } from '../throttle/rate.js';
import { Throttle } from '../throttle/throttle.js';
import { durationOf, valueAt } from '../values.js';
import type { Member } from '../world.js';
import type { WorkQueue } from '../hop/queue.js';

/** An instance on a server that is not declared has one processor and as much memory as it wants. */
interface Machine { readonly cpus: number; readonly memory: number; readonly used: Level }

export function buildThrottles(context: Context, pools: readonly Pool[], nodes: readonly RouteNode[], publisher: Publisher): void {
  const machines = new Map<Member | null, Machine>();
  for (const pool of pools) {
    const { kind, values } = pool.member.component;
    const { dehydration, throttle } = kind.pool!;
    if (dehydration !== undefined) {
      const [min, max] = [dehydration.min, dehydration.max].map((name) => durationOf(valueAt(values, name), () => 0.5));
      pool.dehydration = { min, max };
    }
    if (throttle !== undefined) pool.throttle = throttleOf(context, pool, valueAt(values, throttle) as ThrottlingValues, machineOf(machines, pool.member), queuesOf(pool, nodes));
  }
  if (pools.some(({ throttle }) => throttle !== null)) publisher.waits.push((_copy, _node, _place, pool) => (pool.throttle === null ? 0 : pool.throttle.publishDelay()));
}

function machineOf(machines: Map<Member | null, Machine>, { place: { server } }: Member): Machine {
  let machine = machines.get(server);
  if (machine === undefined) {
    const [kind, values] = [server?.component.kind, server?.component.values];
    machine = { cpus: values === undefined ? 1 : (kind?.cpus?.(values) ?? 1), memory: values === undefined ? Infinity : (kind?.memory?.(values) ?? Infinity), used: new Level() };
    machines.set(server, machine);
  }
  return machine;
}

/** The queue that an instance takes from, and those that it publishes to. */
function queuesOf(pool: Pool, nodes: readonly RouteNode[]): ReadonlySet<WorkQueue> {
  const published = nodes.filter((node) => node.output === 'publish' && node.pools.includes(pool)).flatMap((node) => node.next).flatMap((next) => next.lane?.queue ?? []);
  return new Set([...(pool.polling === null ? [] : [pool.polling.queue]), ...published]);
}

function throttleOf(context: Context, pool: Pool, values: ThrottlingValues, machine: Machine, queues: ReadonlySet<WorkQueue>): Throttle {
  const share = (percent: number): number => percent / 100;
  const base = values['memory-base'];
  const perMessage = values['memory-per-message'];
  const system = values['system-memory'];
  const throttle = new Throttle(context, pool.member, values['max-delay'], system === undefined ? null : { used: machine.used, perMessage });
  const severity = { ...values.severity, flight: share(values.severity['in-flight']) };

  // In messages: so many fit beside the process itself.
  const fitting = (values['process-memory'] * machine.memory - base) / perMessage;
  if (perMessage > 0 && machine.memory < Infinity) throttle.watch({ state: 4, holds: 'both', level: throttle.held, limit: fitting, base: base / perMessage, severity: share(severity.memory), memory: true });
  if (system !== undefined) {
    machine.used.add(base);
    throttle.watch({ state: 5, holds: 'both', level: machine.used, limit: system * machine.memory, severity: share(severity.memory), memory: true });
  }
  if (pool.polling !== null) {
    const { cap } = pool.polling;
    throttle.watch({ state: 3, holds: 'delivery', level: throttle.held, limit: values['in-process-per-cpu'] * machine.cpus, counted: (held) => Math.min(held, cap), severity: severity.flight });
  }
  for (const queue of queues) throttle.watch({ state: 6, holds: 'publishing', level: queue.stored.count, limit: values['message-count'], severity: share(severity['database-size']) });
  for (const level of new Set([...queues].flatMap((queue) => queue.set.tracking?.levels ?? []))) {
    throttle.watch({ state: 6, holds: 'publishing', level, limit: values['message-count'] * values['tracking-multiplier'], severity: share(severity['database-size']) });
  }
  for (const spool of new Set([...queues].flatMap((queue) => queue.set.stores[0].spool ?? []))) {
    throttle.watch({ state: 6, holds: 'publishing', level: spool.rows, limit: values['message-count'] * values['spool-multiplier'], severity: share(severity['database-size']) });
  }
  if (values['sessions-per-cpu'] > 0) throttle.watch({ state: 8, holds: 'publishing', level: throttle.busy, limit: values['sessions-per-cpu'] * machine.cpus, severity: share(severity.sessions) });
  if (values['threads-per-cpu'] > 0) throttle.watch({ state: 9, holds: 'both', level: throttle.busy, limit: values['threads-per-cpu'] * machine.cpus, severity: share(severity.threads) });
  const rate = (): Rate => new Rate(context, values.rate.window, values.rate.samples, pool.member.rank);
  const overdrive = share(values.rate.overdrive);
  throttle.publishingRate = rate();
  throttle.watch({ state: 2, holds: 'publishing', level: throttle.publishingRate.ratio, limit: overdrive, severity: share(severity.rate) });
  if (pool.polling !== null) {
    throttle.deliveryRate = rate();
    throttle.watch({ state: 1, holds: 'delivery', level: throttle.deliveryRate.ratio, limit: overdrive, severity: share(severity.rate) });
  }
  return throttle;
}
