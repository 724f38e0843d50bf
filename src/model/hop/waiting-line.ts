/**
 * What can be taken from a lane, in order of readiness; among equals, first in, first out.
 *
 * What is given back goes before what was ready later. It comes in bulk, in its order, while thousands may wait that came since: so the
 * place is looked for from where the last was given back and from that side's end at once. Not here: who takes, and when (`queue.ts`).
 */
import { Chain, NONE } from './copies.js';

export class WaitingLine extends Chain {
  /** The last that was given back, or what came before it; NONE: nothing before it is left. */
  private mark = NONE;

  /** Between what was ready earlier, or as early, and what was ready later. */
  giveBack(id: number): void {
    const { readyAt, next, previous } = this.links;
    const time = readyAt[id];
    const { mark } = this;
    const behind = mark !== NONE && readyAt[mark] <= time;
    // It belongs between these two; they come nearer to each other, one step from either side.
    let before = behind ? mark : NONE;
    let after = behind ? NONE : mark;
    for (;;) {
      const up = before === NONE ? this.head : next[before];
      if (up === after || readyAt[up] > time) break;
      before = up;
      const down = after === NONE ? this.tail : previous[after];
      if (readyAt[down] <= time) {
        before = down;
        break;
      }
      after = down;
    }
    this.insertAfter(before, id);
    this.mark = id;
  }

  override remove(id: number): void {
    if (id === this.mark) this.mark = this.links.previous[id];
    super.remove(id);
  }
}
