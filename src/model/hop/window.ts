/**
 * A window of the day: outside of it what is ready stays where it is. Time 0 of a run is midnight.
 *
 * Not here: who waits for it (`queue.ts`).
 */
import type { Microseconds } from '../parameter.js';

const DAY: Microseconds = 86_400_000_000;

/** From the one time of day to the other, past midnight if that comes first; µs since midnight. */
export class DayWindow {
  constructor(private readonly from: Microseconds, private readonly until: Microseconds) {}

  isOpen(now: Microseconds): boolean {
    const time = now % DAY;
    return this.from < this.until ? time >= this.from && time < this.until : time >= this.from || time < this.until;
  }

  /** When it is open next: now, or at its next beginning. */
  opensAt(now: Microseconds): Microseconds {
    if (this.isOpen(now)) return now;
    const today = now - (now % DAY) + this.from;
    return today >= now ? today : today + DAY;
  }
}
