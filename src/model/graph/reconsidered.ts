/**
 * Members whose life cycles are to be looked at again, each of them once, the lowest rank first: a binary heap, since a fault of a whole
 * site brings thousands at one instant. Not here: what the ranks are (`graph.ts`), what is looked at (`life/lifecycle.ts`).
 */
import type { Member } from '../world.js';

export class Reconsidered {
  private readonly waiting = new Set<Member>();
  /** Each before its two successors, those of place i at 2i + 1 and 2i + 2. */
  private readonly members: Member[] = [];
  private readonly ranks: number[] = [];

  /** @param rankOf different for all, and the same as long as a member waits */
  constructor(private readonly rankOf: (member: Member) => number) {}

  get size(): number {
    return this.waiting.size;
  }

  add(member: Member): void {
    if (this.waiting.has(member)) return;
    this.waiting.add(member);
    const rank = this.rankOf(member);
    let place = this.members.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.ranks[parent] <= rank) break;
      this.put(place, this.members[parent], this.ranks[parent]);
      place = parent;
    }
    this.put(place, member, rank);
  }

  /** Takes out the first; there is one. */
  take(): Member {
    const [first] = this.members;
    this.waiting.delete(first);
    const member = this.members.pop()!;
    const rank = this.ranks.pop()!;
    const { length } = this.members;
    if (length === 0) return first;
    let place = 0;
    for (let child = 1; child < length; child = 2 * place + 1) {
      if (child + 1 < length && this.ranks[child + 1] < this.ranks[child]) child++;
      if (this.ranks[child] >= rank) break;
      this.put(place, this.members[child], this.ranks[child]);
      place = child;
    }
    this.put(place, member, rank);
    return first;
  }

  private put(place: number, member: Member, rank: number): void {
    this.members[place] = member;
    this.ranks[place] = rank;
  }
}
