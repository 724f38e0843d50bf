/**
 * What waits in a lane without locks: what a member takes stays in the line for others, so the first for a member is the first that it
 * does not have in hand yet. From where to look for that is kept for each member: it may have thousands in hand, all of them at the front.
 * Not here: who has what in hand (`unlocked.ts`).
 */
import { NONE } from './copies.js';
import type { Pool } from './pool.js';
import { WaitingLine } from './waiting-line.js';

export class SharedLine extends WaitingLine {
  /** By member: it has all that are before this one; NONE: it has all. */
  private readonly from = new Map<Pool, number>();

  /** @param has whether the member has it in hand; said anew with `freed` when it has no more */
  firstOf(pool: Pool, has: (copy: number, pool: Pool) => boolean): number {
    let copy = this.from.get(pool) ?? this.head;
    while (copy !== NONE && has(copy, pool)) copy = this.links.next[copy];
    this.from.set(pool, copy);
    return copy;
  }

  /** The member has it in hand no more, though it is still there. */
  freed(id: number, pool: Pool): void {
    const { readyAt, previous } = this.links;
    const first = this.from.get(pool);
    if (first === undefined || (first !== NONE && readyAt[first] < readyAt[id])) return;
    // Of what was ready at one instant, nobody knows here which is first.
    let copy = id;
    while (previous[copy] !== NONE && readyAt[previous[copy]] === readyAt[id]) copy = previous[copy];
    this.from.set(pool, copy);
  }

  override push(id: number): void {
    super.push(id);
    this.cameIn(id);
  }

  override giveBack(id: number): void {
    super.giveBack(id);
    this.cameIn(id);
  }

  override remove(id: number): void {
    const after = this.links.next[id];
    for (const [pool, first] of this.from) if (first === id) this.from.set(pool, after);
    super.remove(id);
  }

  /** It stands behind all that were ready no later. */
  private cameIn(id: number): void {
    const { readyAt } = this.links;
    for (const [pool, first] of this.from) if (first === NONE || readyAt[id] < readyAt[first]) this.from.set(pool, id);
  }
}
