/** What waits in a lane: whatever comes, is taken and is given back, the order is that of readiness; and what a large crash costs. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Chain, Copies } from '../../../src/model/hop/copies.js';
import { WaitingLine } from '../../../src/model/hop/waiting-line.js';

/** So many copies that came one after the other, all of them in the line. */
function lineOf(count: number, tie = 1): { readonly copies: Copies; readonly line: WaitingLine; readonly all: number[] } {
  const copies = new Copies();
  const line = new WaitingLine(copies);
  const all = Array.from({ length: count }, (_, n) => {
    const copy = copies.allocate(0, n, true);
    copies.readyAt[copy] = Math.floor(n / tie);
    line.push(copy);
    return copy;
  });
  return { copies, line, all };
}

/** How often it is looked when a copy was ready, from now on. */
function countLooks(copies: Copies): () => number {
  let looks = 0;
  copies.readyAt = new Proxy(copies.readyAt, {
    get: (times, at) => {
      looks++;
      return Reflect.get(times, at) as unknown;
    },
  });
  return () => looks;
}

describe('what waits in a lane', () => {
  it('is in order of readiness, among equals first in, first out, however much is taken and given back', () => {
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.constant({ what: 'come' as const, pick: 0 }) },
      { weight: 3, arbitrary: fc.record({ what: fc.constant('take' as const), pick: fc.oneof(fc.constant(0), fc.nat()) }) },
      { weight: 3, arbitrary: fc.record({ what: fc.constant('back' as const), pick: fc.oneof(fc.constant(0), fc.nat()) }) },
    );
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 120 }), (tie, acts) => {
      const { copies, line, all } = lineOf(12, tie);
      // The same in the plainest way: a list, in which what is given back goes behind all that were ready no later.
      const expected = [...all];
      const hands: number[] = [];
      let came = expected.length;
      for (const { what, pick } of acts) {
        if (what === 'come') {
          const copy = copies.allocate(0, came, true);
          copies.readyAt[copy] = Math.floor(came++ / tie);
          line.push(copy);
          expected.push(copy);
        } else if (what === 'take' && expected.length > 0) {
          const [copy] = expected.splice(pick % expected.length, 1);
          line.remove(copy);
          hands.push(copy);
        } else if (what === 'back' && hands.length > 0) {
          const [copy] = hands.splice(pick % hands.length, 1);
          line.giveBack(copy);
          const later = expected.findIndex((other) => copies.readyAt[other] > copies.readyAt[copy]);
          expected.splice(later < 0 ? expected.length : later, 0, copy);
        }
        expect(line.toArray()).to.deep.equal(expected);
        expect(line.length).to.equal(expected.length);
        expect(line.tail).to.equal(expected.at(-1) ?? -1);
      }
    }), { seed: 7, numRuns: 300 });
  });

  for (const [how, order] of [['in their order', (taken: number[]) => taken], ['the last first', (taken: number[]) => taken.reverse()]] as const) {
    it(`given back by thousands, ${how}, each finds its place in a few looks while thousands came since`, () => {
      const { copies, line } = lineOf(8000);
      const inHand = new Chain(copies);
      for (let i = 0; i < 4000; i++) inHand.push(line.shift());
      const looks = countLooks(copies);
      for (const copy of order(inHand.toArray())) {
        inHand.remove(copy);
        line.giveBack(copy);
      }
      expect(line.length).to.equal(8000);
      expect(looks() / 4000).to.be.below(6);
    });
  }

  it('one that is given back alone before a long backlog, or almost behind it, does not walk through it', () => {
    const { copies, line, all } = lineOf(5000);
    const first = line.shift();
    const late = all[4996];
    line.remove(late);
    const looks = countLooks(copies);
    line.giveBack(first);
    line.giveBack(late);
    expect(line.head).to.equal(first);
    expect(line.toArray()).to.deep.equal(all);
    expect(looks()).to.be.below(20);
  });
});
