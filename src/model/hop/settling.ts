/**
 * The time between the put of a message and its deletion where it was taken: a worker that ends in between has put it and leaves it there.
 *
 * The worker is held so long. Not here: the answer that deletes it (`work.ts`), who reads it again (`leases.ts`, `unlocked.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Pool } from './pool.js';
import { placeIn } from './route.js';
import type { RouteNode } from './route.js';
import type { Work } from './work.js';

export class Settling {
  private readonly onOver: (copy: number) => void;

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly work: Work, private readonly pools: readonly Pool[]) {
    this.onOver = (copy) => {
      this.copies.timer.set(copy, 0);
      this.copies.phase[copy] = Phase.put;
      const node = this.work.nodeOf(copy);
      const pool = this.pools[this.copies.pool.get(copy)];
      this.work.settle(copy, node, placeIn(node, pool), pool);
    };
  }

  /** False: it takes no time at this hop. */
  begin(copy: number, node: RouteNode, pool: Pool): boolean {
    return node.settling !== null && this.takes(copy, node, node.settling, pool);
  }

  private takes(copy: number, node: RouteNode, { time: distribution, draws }: NonNullable<RouteNode['settling']>, pool: Pool): boolean {
    const u = draws.uniform(this.work.messageOf(copy), node.legs[0], this.copies.tries.get(copy));
    const time = Math.round(distribution.sample(u) * pool.member.slow);
    if (time <= 0) return false;
    this.copies.phase[copy] = Phase.settling;
    this.wait(copy, pool, time);
    return true;
  }

  /** What stood still takes what was left of it. */
  goOn(copy: number, pool: Pool): void {
    this.wait(copy, pool, this.copies.remaining.get(copy));
  }

  private wait(copy: number, pool: Pool, time: number): void {
    this.copies.timer.set(copy, this.context.sim.schedule(time, this.onOver, copy, Priority.work, pool.member.rank));
  }
}
