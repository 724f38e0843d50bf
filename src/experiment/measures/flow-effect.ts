/**
 * What one fault occurrence did to one flow: when it stopped and degraded it, what capacity that cost, when it was over.
 *
 * Plain figures; `flow-aftermath.ts` fills them as the run goes.
 */
import type { Microseconds } from '../../model/index.js';

export class FlowEffect {
  stopped = false;
  degraded = false;
  firstStop: Microseconds = Infinity;
  lastStop: Microseconds = -Infinity;
  /** At the end of the run the flow is still stopped with this occurrence among the causes. */
  stillStopped = false;
  /** From when on the flow had its fault-free capacity again; null: not yet. */
  fullAt: Microseconds | null = null;
  /** From when on the backlog was normal again; null: not yet. */
  recoveredAt: Microseconds | null = null;
  /** Watching the backlog: the flow is restored, or it was only degraded and is full again or has had too long a backlog. */
  armed = false;
  /** The backlog was normal again although the flow is still degraded: degradations to come do not undo that. */
  caughtUp = false;
  /** It still counts for late messages although the backlog is normal: the flow is not full yet. */
  lingers = false;
  /** Integral of 1 − capacity / fault-free capacity, µs. */
  capacityLost = 0;

  constructor(readonly occurrence: number, /** Backlog that counts as normal. */ readonly threshold: number) {}
}
