/**
 * Puts together what works on messages: calls, workers, ladders, couriers, leases, and what happens when something breaks.
 *
 * They know each other in both directions, so some are handed over after they were made. Not here: what they work on (`routes.ts`).
 */
import type { Context } from '../context.js';
import { Breakage } from '../hop/breakage.js';
import { Calls } from '../hop/calls.js';
import type { Copies } from '../hop/copies.js';
import { Couriers } from '../hop/couriers.js';
import { Fates } from '../hop/fates.js';
import { Ladders } from '../hop/ladder.js';
import { Leases } from '../hop/leases.js';
import { Passing } from '../hop/passing.js';
import { Publisher } from '../hop/publisher.js';
import type { FlowRecords } from '../hop/records.js';
import { Replies } from '../hop/replies.js';
import { Settling } from '../hop/settling.js';
import { Stations } from '../hop/station.js';
import { Steps } from '../hop/steps.js';
import { Unlocked } from '../hop/unlocked.js';
import { Waits } from '../hop/waits.js';
import { Work } from '../hop/work.js';
import type { RouteBuilder } from './routes.js';

export interface Hops {
  readonly fates: Fates;
  readonly calls: Calls;
  readonly work: Work;
  readonly ladders: Ladders;
  readonly couriers: Couriers;
  readonly leases: Leases;
  readonly breakage: Breakage;
  readonly steps: Steps;
}

export function buildHops(context: Context, copies: Copies, { nodes, pools, queues }: RouteBuilder, records: readonly FlowRecords[], flowNames: readonly string[]): Hops {
  for (const node of nodes) node.records = records[node.flow];
  const steps = new Steps(context);
  const fates = new Fates(context, copies, records, nodes);
  const calls = new Calls(context, copies, fates, flowNames);
  const work = new Work(context, copies, fates, calls, pools, steps, flowNames);
  const ladders = new Ladders(context, copies, fates, calls, work, pools, flowNames);
  const breakage = new Breakage(context, copies, fates, calls, work, ladders, pools);
  const couriers = new Couriers(context, copies, fates, calls, work, pools, flowNames);
  const leases = new Leases(context, copies, fates, calls, work, ladders, pools);
  for (const pool of pools) pool.renews = pool.component.kind.pool!.leases?.renews(pool.component.values) ?? 0;
  calls.work = work;
  leases.unlocked = calls.unlocked = new Unlocked(context, copies, fates, work, pools);
  calls.onBroken = (row, delivery, cause, inOrder) => leases.broken(row, delivery, cause, inOrder);
  breakage.leases = leases;
  for (const queue of queues.values()) queue.numberOf = (copy) => work.messageOf(copy);
  work.couriers = couriers;
  work.ladders = ladders;
  work.publisher = new Publisher(context, copies, fates, calls, work, pools);
  work.publisher.leases = leases;
  work.publisher.together = work.answers.together = couriers.together;
  work.settling = new Settling(context, copies, work, pools);
  work.replies = new Replies(context, copies, fates, calls, work, pools);
  work.waits = new Waits(context, copies, work, pools);
  work.stations = new Stations(context, copies, fates, calls, work, pools);
  ladders.passing = new Passing(context, copies, fates, calls, work, pools, flowNames);
  return { fates, calls, work, ladders, couriers, leases, breakage, steps };
}
