/** A chain in order of urgency; among equals, first in, first out. Not here: who is how urgent. */
import { Chain, NONE } from './copies.js';
import type { Copies } from './copies.js';

export class RankedChain extends Chain {
  /** Last of each level that is there. */
  private readonly tails = new Map<number, number>();

  /** @param levelOf a smaller number is more urgent; it does not change while the copy is in the chain */
  constructor(copies: Copies, private readonly levelOf: (copy: number) => number) {
    super(copies);
  }

  /** Behind all that are as urgent. */
  override push(copy: number): void {
    const level = this.levelOf(copy);
    this.insertAfter(this.before(level, true), copy);
    this.tails.set(level, copy);
  }

  /** Before all that are as urgent: it was on its way already. */
  pushFirst(copy: number): void {
    const level = this.levelOf(copy);
    this.insertAfter(this.before(level, false), copy);
    if (!this.tails.has(level)) this.tails.set(level, copy);
  }

  override remove(copy: number): void {
    const level = this.levelOf(copy);
    if (this.tails.get(level) === copy) {
      const before = this.links.previous[copy];
      if (before !== NONE && this.levelOf(before) === level) this.tails.set(level, before);
      else this.tails.delete(level);
    }
    super.remove(copy);
  }

  /** The last copy that is more urgent, or (`equal`) as urgent; NONE: there is none. */
  private before(level: number, equal: boolean): number {
    let found = -Infinity;
    let last = NONE;
    for (const [other, copy] of this.tails) {
      if ((equal ? other <= level : other < level) && other > found) {
        found = other;
        last = copy;
      }
    }
    return last;
  }
}
