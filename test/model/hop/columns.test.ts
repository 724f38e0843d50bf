/** Columns of messages: what is usual takes no memory, places are used again, what lies in a store does not spread what is in hand. */
import { expect } from 'chai';
import { Copies, CopyState, NONE } from '../../../src/model/hop/copies.js';
import { Rare, RareTimes } from '../../../src/model/hop/rare.js';
import { widerThan } from '../../../src/model/hop/widen.js';

describe('columns of messages', () => {
  it('numbers that are usual everywhere need no place, others are found again', () => {
    const rare = new Rare(NONE);
    rare.set(1_000_000, NONE);
    expect(rare).to.have.nested.property('values.length', 0);
    rare.set(700, 5);
    expect([rare.get(0), rare.get(699), rare.get(700), rare.get(701), rare.get(1e9)]).to.deep.equal([NONE, NONE, 5, NONE, NONE]);
    rare.set(5000, 6);
    expect([rare.get(700), rare.get(4999), rare.get(5000)], 'after growing').to.deep.equal([5, NONE, 6]);
    expect([rare.add(700, 2), rare.get(700)]).to.deep.equal([7, 7]);
    rare.fill(9, 10, 12);
    expect([9, 10, 11, 12].map((place) => rare.get(place))).to.deep.equal([NONE, 9, 9, NONE]);
  });

  it('times beyond 32 bits and fractions are kept as they are', () => {
    const times = new RareTimes();
    times.set(3, 0);
    expect(times).to.have.nested.property('values.length', 0);
    times.set(3, 1e15 + 0.125);
    times.set(100_000, 2 ** 40);
    expect([times.get(2), times.get(3), times.get(100_000), times.get(1e8)]).to.deep.equal([0, 1e15 + 0.125, 2 ** 40, 0]);
  });

  it('grows at every length, in whole places', () => {
    let length = 256;
    for (let i = 0; i < 40; i++) {
      const wider = widerThan(length);
      expect(wider).to.be.above(length);
      expect(Number.isInteger(wider)).to.equal(true);
      length = wider;
    }
  });

  it('what is in hand keeps to its places while a backlog grows by thousands', () => {
    const copies = new Copies();
    const hands = new Set<number>();
    for (let n = 0; n < 5000; n++) {
      const inHand = Array.from({ length: 1 + (n % 200) }, () => copies.allocate(0, n, false));
      copies.state[copies.allocate(0, n, true)] = CopyState.ready;
      for (const copy of inHand) {
        hands.add(copy);
        copies.release(copy, false);
      }
    }
    expect(copies.live).to.equal(5000);
    expect(Math.max(...hands), '200 at once').to.be.below(256);
    expect(copies.bound).to.equal(5256);
  });

  it('no place is given twice, and one that is given again has another generation', () => {
    const copies = new Copies();
    const first = Array.from({ length: 600 }, (_, n) => copies.allocate(0, n, n % 2 === 0));
    expect(new Set(first).size).to.equal(600);
    copies.timer.set(first[0], 7);
    const before = copies.generation.get(first[0]);
    copies.release(first[0], true);
    const again = copies.allocate(1, 1, true);
    expect(again).to.equal(first[0]);
    expect(copies.generation.get(again)).to.equal(before + 1);
    expect(copies.timer.get(again)).to.equal(0);
  });
});
