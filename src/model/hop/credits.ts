/**
 * Credits: operations that all entities of one container may do in a second, together.
 *
 * Seconds are those of the clock. One more operation is answered "busy"; who takes waits for a while then. Not here: what a sender does
 * (`couriers.ts`), who takes (`queue.ts`).
 */
import type { Microseconds } from '../parameter.js';
import type { Pool } from './pool.js';

const SECOND = 1_000_000;

export class Credits {
  private second = -1;
  private used = 0;
  /** Takers that were turned away, and until when they do not ask. */
  private readonly waiting = new Map<Pool, Microseconds>();

  constructor(private readonly perSecond: number) {}

  /** Takes one; false: there is none left in this second. */
  spend(now: Microseconds): boolean {
    this.begin(now);
    if (this.used >= this.perSecond) return false;
    this.used++;
    return true;
  }

  /** Takes one, even if there is none left. */
  count(now: Microseconds): void {
    this.begin(now);
    this.used++;
  }

  /** This taker asks for nothing until then. */
  turnAway(pool: Pool, until: Microseconds): void {
    this.waiting.set(pool, until);
  }

  /** It was turned away and still waits. */
  keepsOff(pool: Pool, now: Microseconds): boolean {
    return (this.waiting.get(pool) ?? -Infinity) > now;
  }

  /** Its process has ended, and the next one asks at once. */
  forget(pool: Pool): void {
    this.waiting.delete(pool);
  }

  private begin(now: Microseconds): void {
    const second = Math.floor(now / SECOND);
    if (second === this.second) return;
    this.second = second;
    this.used = 0;
  }
}
