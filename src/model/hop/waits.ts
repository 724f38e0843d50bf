/**
 * Steps that only wait: a message is in process, but nobody works on it until its time has come.
 *
 * A short wait is spent in the memory of the instance: the lock stays, the worker is free, a crash sends the message back to its last
 * persistence point. A long one is spent in the store (dehydrated): saved, held by nobody, and when it is due any instance goes on.
 * Not modelled: waits that a message ends; a wait in memory that is saved later because memory has run short.
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { tellWhole } from '../gauges.js';
import { CopyState, NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { Pool } from './pool.js';
import type { Lane } from './lane.js';
import { placeIn } from './route.js';
import type { RouteNode } from './route.js';
import type { Work } from './work.js';

export class Waits {
  private readonly onAwake: (copy: number) => void;
  private readonly onDue: (copy: number) => void;

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly work: Work, private readonly pools: readonly Pool[]) {
    this.onAwake = (copy) => {
      const pool = this.pools[this.copies.pool.get(copy)];
      this.copies.timer.set(copy, 0);
      pool.asleep.remove(copy);
      this.copies.step.add(copy, 1);
      this.work.accept(copy, pool);
    };
    this.onDue = (copy) => {
      const lane = this.work.laneOf(copy);
      this.copies.timer.set(copy, 0);
      lane.due.remove(copy);
      this.copies.state[copy] = CopyState.ready;
      lane.queue.add(lane, copy);
      this.tell(lane);
    };
  }

  /** The step of a message in hand is to wait so long. */
  begin(copy: number, node: RouteNode, pool: Pool, wait: number): void {
    const { copies, context, work } = this;
    const until = context.sim.now + wait;
    if (node.lane !== null && pool.dehydrates(wait)) {
      const lane = work.laneOf(copy);
      if (!(lane.works && pool.works.needsMet)) {
        work.publisher.refuse(copy, node, placeIn(node, pool), pool);
        return;
      }
      work.free(copy, pool);
      this.dehydrate(copy, lane, until);
      return;
    }
    pool.inHand.remove(copy);
    pool.busy--;
    copies.state[copy] = CopyState.asleep;
    pool.asleep.push(copy);
    copies.timer.set(copy, context.sim.scheduleAt(until, this.onAwake, copy, Priority.work, pool.member.rank));
    work.tellBusy(pool);
    work.resume(pool);
  }

  /** What waits in the memory of a member leaves it: saved when it ends in order, else its lock stays or is given back. */
  breakOff(pool: Pool, release: boolean, given: number[]): void {
    const { copies, context } = this;
    for (const copy of pool.asleep.toArray()) {
      const until = context.sim.timeOf(copies.timer.get(copy));
      const lane = this.work.laneOf(copy);
      this.forget(copy, pool);
      if (release && lane.works) {
        copies.pool.set(copy, NONE);
        this.dehydrate(copy, lane, until);
      } else given.push(copy);
    }
  }

  /** A wait in memory ends with what held it. */
  forget(copy: number, pool: Pool): void {
    this.context.sim.cancel(this.copies.timer.get(copy));
    this.copies.timer.set(copy, 0);
    pool.asleep.remove(copy);
  }

  /** The state is saved, as after the wait. */
  private dehydrate(copy: number, lane: Lane, until: number): void {
    const { copies } = this;
    copies.step.add(copy, 1);
    copies.persisted.set(copy, copies.step.get(copy));
    this.store(copy, lane, until);
  }

  /** Waits in its store, its state saved. */
  store(copy: number, lane: Lane, until: number): void {
    const { copies } = this;
    copies.state[copy] = CopyState.due;
    copies.timer.set(copy, this.context.sim.scheduleAt(until, this.onDue, copy, Priority.work, lane.component.members[0].rank));
    lane.due.push(copy);
    lane.queue.tell();
    this.tell(lane);
  }

  tell(lane: Lane): void {
    tellWhole(this.context, lane.component, 'dehydrated', lane.node.lanes.reduce((sum, one) => sum + one.due.length, 0));
  }
}
