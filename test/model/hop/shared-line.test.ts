/** A line without locks: the first for a member is the first that it does not have, whoever takes, fails, deletes and puts in meanwhile. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Copies, NONE } from '../../../src/model/hop/copies.js';
import type { Pool } from '../../../src/model/hop/pool.js';
import { SharedLine } from '../../../src/model/hop/shared-line.js';

const pools = [0, 1].map((index) => ({ index }) as Pool);

describe('a line without locks', () => {
  it('each member comes to what it does not have, in the order of readiness', () => {
    const act = fc.record({
      what: fc.constantFrom('come', 'come', 'take', 'take', 'take', 'fail', 'delete', 'hide', 'back'), pool: fc.constantFrom(...pools), pick: fc.oneof(fc.constant(0), fc.nat()),
    });
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 150 }), (tie, acts) => {
      const copies = new Copies();
      const line = new SharedLine(copies);
      // The same in the plainest way: a list, and what each has in hand.
      const expected: number[] = [];
      const hidden: number[] = [];
      const hands = new Map(pools.map((pool) => [pool, new Set<number>()]));
      const has = (copy: number, pool: Pool): boolean => hands.get(pool)!.has(copy);
      let came = 0;
      for (const { what, pool, pick } of acts) {
        if (what === 'come') {
          const copy = copies.allocate(0, came, true);
          copies.readyAt[copy] = Math.floor(came++ / tie);
          line.push(copy);
          expected.push(copy);
        } else if (what === 'take') {
          const first = expected.find((copy) => !has(copy, pool)) ?? NONE;
          expect(line.firstOf(pool, has)).to.equal(first);
          if (first !== NONE) hands.get(pool)!.add(first);
        } else if (what === 'fail' && hands.get(pool)!.size > 0) {
          const all = [...hands.get(pool)!];
          const copy = all[pick % all.length];
          hands.get(pool)!.delete(copy);
          line.freed(copy, pool);
        } else if ((what === 'delete' || what === 'hide') && expected.length > 0) {
          const [copy] = expected.splice(pick % expected.length, 1);
          line.remove(copy);
          for (const hand of hands.values()) hand.delete(copy);
          if (what === 'hide') hidden.push(copy);
          else copies.release(copy, true);
        } else if (what === 'back' && hidden.length > 0) {
          const [copy] = hidden.splice(pick % hidden.length, 1);
          const later = expected.findIndex((other) => copies.readyAt[other] > copies.readyAt[copy]);
          expected.splice(later < 0 ? expected.length : later, 0, copy);
          line.giveBack(copy);
        }
        for (const one of pools) expect(line.firstOf(one, has)).to.equal(expected.find((copy) => !has(copy, one)) ?? NONE);
      }
    }), { seed: 11, numRuns: 400 });
  });

  it('with thousands in hand, who looks for the next does not look at each of them again', () => {
    const copies = new Copies();
    const line = new SharedLine(copies);
    const hand = new Set<number>();
    let asked = 0;
    const has = (copy: number): boolean => {
      asked++;
      return hand.has(copy);
    };
    for (let n = 0; n < 3000; n++) {
      const copy = copies.allocate(0, n, true);
      copies.readyAt[copy] = n;
      line.push(copy);
    }
    for (let n = 0; n < 3000; n++) {
      // It is asked for the first before a poll, and again in it.
      line.firstOf(pools[0], has);
      hand.add(line.firstOf(pools[0], has));
    }
    // What is deleted at the front, as it was taken, costs nothing of this.
    for (const copy of [...hand].slice(0, 1000)) {
      hand.delete(copy);
      line.remove(copy);
      expect(line.firstOf(pools[0], has)).to.equal(NONE);
    }
    expect(hand.size).to.equal(2000);
    expect(asked / 3000).to.be.below(4);
  });
});
