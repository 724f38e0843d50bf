/**
 * Connections of a process to a destination: no more calls at a time than there are; who finds none waits with its worker for the next.
 *
 * What waits is in hand and calls nobody. Not here: the call (`calls.ts`), what ends it (`ladder.ts`, `breakage.ts`).
 */
import type { Component } from '../world.js';
import { CopyState, NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { Pool } from './pool.js';

export class Connections {
  /** Of each process, in the order in which they came. */
  private readonly waiting = new Map<Pool, number[]>();

  /** @param targetOf whom a message in hand calls now */
  constructor(private readonly copies: Copies, private readonly targetOf: (copy: number) => Component | null, private readonly limitOf: (copy: number) => number) {}

  /** A message may call; else it waits. */
  admits(copy: number, pool: Pool): boolean {
    if (this.isFree(copy, pool)) return true;
    const waiting = this.waiting.get(pool) ?? [];
    this.waiting.set(pool, waiting);
    waiting.push(copy);
    return false;
  }

  isWaiting(copy: number, pool: Pool): boolean {
    return this.waiting.get(pool)?.includes(copy) === true;
  }

  /** The next that finds a connection, and waits no more; NONE: nobody. */
  next(pool: Pool): number {
    return this.waiting.size === 0 ? NONE : this.nextOf(pool);
  }

  private nextOf(pool: Pool): number {
    const waiting = this.waiting.get(pool);
    if (waiting === undefined) return NONE;
    const found = waiting.findIndex((copy) => this.isFree(copy, pool));
    return found < 0 ? NONE : waiting.splice(found, 1)[0];
  }

  forget(copy: number, pool: Pool): void {
    const waiting = this.waiting.get(pool);
    const at = waiting?.indexOf(copy) ?? -1;
    if (at >= 0) waiting!.splice(at, 1);
  }

  private isFree(copy: number, pool: Pool): boolean {
    const limit = this.limitOf(copy);
    if (limit === Infinity) return true;
    const target = this.targetOf(copy);
    let used = 0;
    for (let one = pool.inHand.head; one !== NONE; one = this.copies.next[one]) {
      if (one !== copy && this.copies.state[one] === CopyState.calling && this.targetOf(one) === target && !this.isWaiting(one, pool)) used++;
    }
    return used < limit;
  }
}
