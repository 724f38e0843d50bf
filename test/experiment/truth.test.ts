import { expect } from 'chai';
import fc from 'fast-check';
import type { Order } from '../../src/experiment/truth.js';
import { truthOf, truthOfAll } from '../../src/experiment/truth.js';

const COMPARISONS: readonly Order[] = ['==', '!=', '<', '<=', '>', '>=', 'between'];

describe('experiment/truth', () => {
  it('property: within limits it is met when every value is, missed when none is, undecided between', () => {
    const small = fc.integer({ min: -4, max: 4 });
    fc.assert(fc.property(small, fc.nat(4), fc.constantFrom(...COMPARISONS), small, fc.nat(3), (low, width, comparison, bound, more) => {
      const upper = bound + more;
      // Quarters hit every border and lie between.
      const values = Array.from({ length: width * 4 + 1 }, (_, i) => low + i / 4);
      const holds = values.map((x) => ({
        '==': x === bound, '!=': x !== bound, '<': x < bound, '<=': x <= bound, '>': x > bound, '>=': x >= bound, between: x >= bound && x <= upper,
      })[comparison]);
      const wanted = holds.every(Boolean) ? 'met' : holds.some(Boolean) ? 'undecided' : 'missed';
      expect(truthOf({ low, high: low + width }, comparison, bound, upper)).to.equal(wanted);
    }));
  });

  it('of all is the worst', () => {
    expect(truthOfAll(['met', 'undecided', 'missed'])).to.equal('missed');
    expect(truthOfAll(['met', 'undecided'])).to.equal('undecided');
    expect(truthOfAll(['met', 'met'])).to.equal('met');
  });
});
