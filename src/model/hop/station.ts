/**
 * The queue of a hop that is called, with rules: room, urgency, patience, and what a crash or a more urgent message leaves of it.
 *
 * The queue belongs to the member and holds its requests before a worker takes them up. Not here: the work (`work.ts`), queues that
 * several members share through a store (`queue.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Distribution, KeyedStream } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CauseSetId } from '../ledger.js';
import type { Calls } from './calls.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import type { RankedChain } from './ranked.js';
import { canWork, hindrance, placeIn } from './route.js';
import type { RouteNode } from './route.js';
import type { Work } from './work.js';

export interface StationDeclaration {
  /** Messages of one member, in work and waiting; one more is refused. */
  readonly capacity: number;
  /** What a crash leaves of the queue and of the work in hand: all, or nothing. */
  readonly keeps: 'all' | 'nothing';
  /** Whether it takes messages while its workers are away but what they stand on is there. */
  readonly takesAlways: boolean;
  /** Work that was interrupted goes on where it was, or begins anew. */
  readonly interrupted: 'resume' | 'repeat';
  /** Flows by urgency, a smaller number first; what is not named comes last. */
  readonly urgency: Readonly<Record<string, number>>;
  /** A more urgent message takes the worker of a less urgent one. */
  readonly preempts: boolean;
  /** A message that has not been taken up after this time is given up. */
  readonly patience: Distribution | undefined;
}

/** What a node knows of the queue of its component. */
export interface Station extends StationDeclaration {
  /** Of the node's flow. */
  readonly level: number;
  readonly draws: KeyedStream;
}

/** Whether a request to this place can wait there although nobody works. */
export function takesAnyway({ station, pools }: RouteNode, place: number): boolean {
  return station?.takesAlways === true && pools[place].works.needsMet;
}

export function isFull({ station }: RouteNode, pool: Pool): boolean {
  // Who waits for a reply counts, though nobody works for him.
  if (pool.awaiting.length > 0 && pool.inMemory >= pool.slots + pool.waitingLimit) return true;
  return station === null ? pool.busy >= pool.slots && pool.waiting.length >= pool.waitingLimit : pool.busy + pool.waiting.length >= station.capacity;
}

export class Stations {
  /** Copies whose work was interrupted, with their generation: what has ended since does not count. */
  private readonly begun = new Map<number, number>();
  private readonly onImpatient: (copy: number) => void;

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly pools: readonly Pool[],
  ) {
    this.onImpatient = (copy) => this.expire(copy);
  }

  /** A request finds no free worker, or others that wait before it. */
  wait(copy: number, node: RouteNode, station: Station, pool: Pool): void {
    const { copies } = this;
    const victim = station.preempts && pool.works.works && !pool.frozen ? this.lessUrgent(pool, station.level) : null;
    if (victim !== null) this.interrupt(victim, pool);
    copies.state[copy] = CopyState.waiting;
    pool.waiting.push(copy);
    pool.throttle?.load(pool);
    this.work.tellWaiting(pool);
    if (station.patience !== undefined) {
      const u = station.draws.uniform(this.work.messageOf(copy), node.legs[0], copies.tries.get(copy));
      copies.timer.set(copy, this.context.sim.schedule(Math.round(station.patience.sample(u)), this.onImpatient, copy, Priority.work, pool.member.rank));
    }
    if (victim !== null) this.work.resume(pool);
  }

  /** A worker takes it up: its patience no longer matters. True: its work had begun before, and goes on. */
  takeUp(copy: number): boolean {
    const { copies } = this;
    if (copies.timer.get(copy) !== 0) this.context.sim.cancel(copies.timer.get(copy));
    copies.timer.set(copy, 0);
    const generation = this.begun.get(copy);
    this.begun.delete(copy);
    return generation === copies.generation.get(copy);
  }

  /** Its process died or was shut down: the message stays here, its caller is no longer connected. */
  survive(copy: number, node: RouteNode, pool: Pool, causes: CauseSetId): void {
    const { copies } = this;
    const place = placeIn(node, pool);
    if (!takesAnyway(node, place) && copies.caller.get(copy) !== NONE) {
      const cause = this.context.paths.path(causes, node.handlers[place].name, 'kept, connection broken');
      // A caller that asks again brings a second copy.
      this.fates.doubt(node, copies.slot[copy], cause);
      this.calls.breakOff(copy, cause, !(pool.works.silent || pool.member.life.silent));
    }
    if (copies.state[copy] !== CopyState.waiting) this.interrupt(copy, pool);
  }

  /** Back to the front of those as urgent, with what is left of the work or with all of it. */
  private interrupt(copy: number, pool: Pool): void {
    const { copies, context } = this;
    const node = this.work.nodeOf(copy);
    if (copies.timer.get(copy) !== 0) {
      copies.remaining.set(copy, context.sim.timeOf(copies.timer.get(copy)) - context.sim.now);
      context.sim.cancel(copies.timer.get(copy));
      copies.timer.set(copy, 0);
    }
    if (node.station!.interrupted === 'resume') this.begun.set(copy, copies.generation.get(copy));
    else {
      copies.step.set(copy, 0);
      copies.phase[copy] = Phase.working;
      copies.attempts.set(copy, 0);
    }
    pool.inHand.remove(copy);
    pool.busy--;
    copies.state[copy] = CopyState.waiting;
    (pool.waiting as RankedChain).pushFirst(copy);
    this.work.tellBusy(pool);
    this.work.tellWaiting(pool);
  }

  /** Of what is worked on, the least urgent that is less urgent than this, the last to have begun among equals. */
  private lessUrgent(pool: Pool, level: number): number | null {
    let found: number | null = null;
    let worst = level;
    for (const copy of pool.inHand.toArray().reverse()) {
      if (this.copies.state[copy] !== CopyState.working || this.copies.phase[copy] !== Phase.working || this.copies.timer.get(copy) === 0) continue;
      const { station } = this.work.nodeOf(copy);
      if (station !== null && station.level > worst) {
        worst = station.level;
        found = copy;
      }
    }
    return found;
  }

  private expire(copy: number): void {
    const { copies } = this;
    copies.timer.set(copy, 0);
    const node = this.work.nodeOf(copy);
    const pool = this.pools[copies.pool.get(copy)];
    const place = placeIn(node, pool);
    const causes = canWork(node, place) ? NO_CAUSE : hindrance(node, place)!.causes;
    const cause = this.context.paths.path(causes, node.handlers[place].name, 'expired while it waited');
    pool.waiting.remove(copy);
    this.work.tellWaiting(pool);
    const generation = copies.generation.get(copy);
    this.calls.answer(copy, 'refused', cause);
    if (copies.generation.get(copy) === generation) this.fates.end(copy, 'expired', cause);
  }
}
