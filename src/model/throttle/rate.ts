/**
 * What comes against what is done, in windows on an absolute grid: the ratio of the last window that is over.
 *
 * A window in which too little came says nothing: the ratio is 0. The end of a window is an event only when the ratio may change there.
 * Not here: what follows from the ratio (`throttle.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { Level } from './level.js';

export class Rate {
  /** What came divided by what was done. */
  readonly ratio = new Level();
  private window = 0;
  private coming = 0;
  private done = 0;
  /** The end of this window is an event. */
  private armed = false;
  private readonly onEnd: () => void;

  constructor(private readonly context: Context, private readonly length: number, private readonly samples: number, private readonly rank: number) {
    this.onEnd = () => {
      this.armed = false;
      this.ratio.set(this.coming < this.samples ? 0 : this.coming / Math.max(1, this.done));
      this.begin();
      if (this.ratio.value > 0) this.arm();
    };
  }

  came(): void {
    this.begin();
    if (++this.coming === this.samples && !this.armed) this.arm();
  }

  finished(): void {
    this.begin();
    this.done++;
  }

  /** Counts start anew in each window. */
  private begin(): void {
    const window = Math.floor(this.context.sim.now / this.length);
    if (window === this.window) return;
    this.window = window;
    this.coming = this.done = 0;
  }

  private arm(): void {
    this.armed = true;
    this.context.sim.scheduleAt((this.window + 1) * this.length, this.onEnd, 0, Priority.state, this.rank);
  }
}
