/**
 * Time to live: a message that nobody has taken within its time is dropped or dead-lettered.
 *
 * One look is planned for each lane, when the oldest message there is due. What somebody has in hand is left alone: it is looked at when
 * it comes back; what lies in something that is away, when that is back. Not here: locks (`leases.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import { NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Ladders } from './ladder.js';
import type { Lane } from './lane.js';
import type { Work } from './work.js';

export class Expiry {
  /** The look that is planned; 0: none. */
  private readonly planned = new Map<Lane, number>();

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly work: Work, private readonly ladders: Ladders) {}

  /** Something lies here that can be taken. */
  lookAfter(lane: Lane): void {
    if (lane.buffer!.terms.timeToLive !== Infinity) this.plan(lane, lane.buffer!.terms.timeToLive);
  }

  private plan(lane: Lane, timeToLive: number): void {
    const { sim } = this.context;
    if (!this.planned.has(lane)) this.watch(lane);
    const known = this.planned.get(lane)!;
    const { head } = lane.ready;
    if (head === NONE) return;
    const at = Math.max(sim.now, this.copies.readyAt[head] + timeToLive);
    if (known !== 0 && sim.timeOf(known) <= at) return;
    if (known !== 0) sim.cancel(known);
    this.planned.set(lane, sim.scheduleAt(at, () => this.look(lane), 0, Priority.work, lane.component.members[0].rank));
  }

  /** A message that comes back would be there for others: but for its time, which is over. False: it is there. */
  ends(row: number, lane: Lane): boolean {
    if (!lane.works || this.copies.readyAt[row] + lane.buffer!.terms.timeToLive > this.context.sim.now) return false;
    this.end(row, lane);
    return true;
  }

  private look(lane: Lane): void {
    this.planned.set(lane, 0);
    // Nothing happens to a message in something that is away.
    if (!lane.works) return;
    for (let row = lane.ready.head; row !== NONE && this.copies.readyAt[row] + lane.buffer!.terms.timeToLive <= this.context.sim.now; row = lane.ready.head) {
      lane.queue.remove(lane, row);
      this.end(row, lane);
    }
    this.lookAfter(lane);
  }

  private end(row: number, lane: Lane): void {
    const { terms, component } = lane.buffer!;
    const cause = this.context.paths.path(NO_CAUSE, component.name, 'time to live ended');
    if (terms.keepsExpired) this.ladders.suspend(row, this.work.nodeOf(row), cause);
    else this.fates.end(row, 'expired', cause);
  }

  /** When it is back, the time of some may be over. */
  private watch(lane: Lane): void {
    this.planned.set(lane, 0);
    for (const fn of new Set([lane.gate, lane.store.works])) {
      fn.listeners.push(() => {
        const known = this.planned.get(lane)!;
        if (!lane.works) return;
        if (known !== 0) this.context.sim.cancel(known);
        this.look(lane);
      });
    }
  }
}
