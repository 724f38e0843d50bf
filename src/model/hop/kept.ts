/** How many messages the takers of buffers have before them, all buffers together. Each buffer counts its own as well (`buffer.ts`). */
import type { Counted } from '../throttle/stored.js';
import { Level } from '../throttle/level.js';

export class Kept implements Counted {
  readonly count = new Level();

  enter(): void {
    this.count.add(1);
  }

  leave(): void {
    this.count.add(-1);
  }

  replace(): void {
    // One has left, another has come.
  }

  wipe(): void {
    // Each message that is gone leaves by itself.
  }
}
