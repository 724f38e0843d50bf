/**
 * Ordered delivery: of all messages for one component, in all its stores, one at a time is in work, in the order in which they came.
 *
 * The next is taken when the one before is settled, by the member that had that and without a poll, so that order costs no more than its turns.
 * What waits for its retry, or is locked by somebody who is gone, holds up what is behind it. One that failed for good is passed over, or
 * stops everything behind it until an operator comes. Not here: what becomes of a message (`ladder.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { CopyState, NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { Pool } from './pool.js';
import type { Lane } from './lane.js';
import type { WorkQueue } from './queue.js';

export class Sequence {
  readonly lanes: Lane[] = [];
  /** Called when it begins or ceases to hold up what comes. */
  readonly listeners: (() => void)[] = [];
  /** One failed for good, and nothing passes it; why it failed. */
  stopped = false;
  cause: CausePathId = 0;
  /** What comes now waits so long because of faults, µs. */
  holdUp: Microseconds = 0;
  causes: CauseSetId = NO_CAUSE;
  /** The message whose turn it is, and where it lies. */
  private current = NONE;
  private at: Lane | null = null;
  private owner: Pool | null = null;
  private timer = 0;
  private readonly onNext: () => void;

  /** @param stops nothing passes a message that failed for good; else that one is out of its turn and nobody can resume it */
  constructor(private readonly context: Context, private readonly copies: Copies, private readonly queue: WorkQueue, readonly stops: boolean) {
    this.onNext = () => {
      this.timer = 0;
      if (this.owner === null || !this.queue.takeOne(this.lanes, this.owner)) this.queue.arm();
    };
  }

  /** The message of this lane that may be taken now. */
  firstOf(lane: Lane): number {
    if (this.stopped || this.timer !== 0) return NONE;
    if (this.current === NONE) return lane.ready.head;
    return this.at === lane && this.copies.state[this.current] === CopyState.ready ? this.current : NONE;
  }

  taken(copy: number, lane: Lane, pool: Pool): void {
    this.current = copy;
    this.at = lane;
    this.owner = pool;
  }

  /** What has the turn waits so long, with everything behind it. */
  hold(copy: number, lane: Lane, time: Microseconds, causes: CauseSetId): void {
    if (this.current === NONE) {
      this.current = copy;
      this.at = lane;
    }
    if (copy === this.current) this.set(time, causes);
  }

  /** It can be taken again. */
  freed(copy: number): void {
    if (copy === this.current && !this.stopped) this.set(0, NO_CAUSE);
  }

  /** A message is suspended: passed over, or nothing passes it. */
  failed(copy: number, cause: CausePathId, causes: CauseSetId): void {
    if (!this.stops) {
      this.ended(copy);
      return;
    }
    if (copy === this.current) this.current = NONE;
    this.stopped = true;
    this.cause = cause;
    this.set(Infinity, causes);
  }

  /** A message is gone from here: settled, moved, lost, or resumed by an operator. */
  ended(copy: number): void {
    if (this.stopped && this.lanes.every(({ suspended }) => suspended.length === 0)) this.goOn();
    if (copy !== this.current) return;
    this.current = NONE;
    this.set(0, NO_CAUSE);
    if (this.timer === 0 && this.lanes.some(({ ready }) => ready.length > 0)) this.timer = this.context.sim.schedule(0, this.onNext, 0, Priority.poll, this.queue.component.members[0].rank);
  }

  /** An operator lets it go on. */
  goOn(): void {
    this.stopped = false;
    this.set(0, NO_CAUSE);
  }

  private set(time: Microseconds, causes: CauseSetId): void {
    if (time === this.holdUp && causes === this.causes) return;
    this.holdUp = time;
    this.causes = causes;
    for (const listener of this.listeners) listener();
  }
}
