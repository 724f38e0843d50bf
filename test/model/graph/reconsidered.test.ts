/** Whose life cycle is looked at next: each once, in the order of ranks, whenever it comes. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Reconsidered } from '../../../src/model/graph/reconsidered.js';
import type { Member } from '../../../src/model/world.js';

const members = Array.from({ length: 40 }, (_, index) => ({ index }) as Member);

describe('members to be looked at again', () => {
  it('come out in the order of ranks, each once, however they came in', () => {
    fc.assert(fc.property(fc.shuffledSubarray(members, { minLength: 40 }), fc.array(fc.oneof(fc.constantFrom(...members), fc.constant(null)), { maxLength: 200 }), (order, acts) => {
      const rankOf = (member: Member): number => order.indexOf(member);
      const waiting = new Reconsidered(rankOf);
      const expected = new Set<Member>();
      const take = (): void => {
        const first = [...expected].sort((a, b) => rankOf(a) - rankOf(b))[0];
        expected.delete(first);
        expect(waiting.take()).to.equal(first);
      };
      for (const act of acts) {
        if (act !== null) {
          waiting.add(act);
          expected.add(act);
        } else if (expected.size > 0) take();
        expect(waiting.size).to.equal(expected.size);
      }
      while (expected.size > 0) take();
      expect(waiting.size).to.equal(0);
    }), { seed: 3, numRuns: 200 });
  });

  it('a rank is asked for once for each member that comes in, and not again and again as it waits', () => {
    let asked = 0;
    const waiting = new Reconsidered(({ index }) => {
      asked++;
      return -index;
    });
    for (const member of [...members, ...members]) waiting.add(member);
    while (waiting.size > 0) waiting.take();
    expect(asked).to.equal(members.length);
  });
});
