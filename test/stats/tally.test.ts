import { expect } from 'chai';
import fc from 'fast-check';
import { StatsError, Tally } from '../../src/stats/index.js';
import { apart } from './support.js';

function tallyOf(values: readonly number[]): Tally {
  const tally = new Tally();
  for (const x of values) tally.add(x);
  return tally;
}

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('stats: Tally', () => {
  it('is NaN throughout when empty, but for count and sum', () => {
    const { count, mean, variance, deviation, min, max, sum } = new Tally();
    expect({ count, mean, variance, deviation, min, max, sum }).to.deep.equal({
      count: 0, mean: NaN, variance: NaN, deviation: NaN, min: NaN, max: NaN, sum: 0,
    });
  });

  it('knows no variance from one value', () => {
    const { mean, variance, min, max } = tallyOf([7]);
    expect({ mean, variance, min, max }).to.deep.equal({ mean: 7, variance: NaN, min: 7, max: 7 });
  });

  // NIST Statistical Reference Datasets, univariate summary statistics: certified mean and standard deviation.
  const alternating = (centre: number) => [
    centre,
    ...Array.from({ length: 1000 }, (_, i) => centre + (i % 2 === 0 ? -0.1 : 0.1)),
  ];
  it('NIST StRD NumAcc1: 10000001, 10000003, 10000002', () => {
    const tally = tallyOf([10000001, 10000003, 10000002]);
    expect([tally.mean, tally.deviation]).to.deep.equal([10000002, 1]);
  });
  it('NIST StRD NumAcc3: 1001 values near 1000000.2, standard deviation 0.1', () => {
    const tally = tallyOf(alternating(1000000.2));
    expect(tally.mean).to.be.closeTo(1000000.2, 1e-9);
    expect(tally.deviation).to.be.closeTo(0.1, 1e-9);
  });
  it('NIST StRD NumAcc4: 1001 values near 10000000.2, standard deviation 0.1', () => {
    const tally = tallyOf(alternating(10000000.2));
    expect(tally.mean).to.be.closeTo(10000000.2, 1e-8);
    expect(tally.deviation).to.be.closeTo(0.1, 1e-8);
  });

  it('the sum keeps what plain addition loses: 1 + 1e100 + 1 − 1e100 = 2 (Neumaier 1974)', () => {
    expect(tallyOf([1, 1e100, 1, -1e100]).sum).to.equal(2);
    expect(apart(tallyOf(Array.from({ length: 1e5 }, () => 0.1)).sum, 1e4)).to.be.below(3e-16);
  });

  it('the sum keeps it through a merge as well', () => {
    const whole = tallyOf([1e100, 1]);
    whole.merge(tallyOf([1, -1e100, 1]));
    expect(whole.sum).to.equal(3);
  });

  it('equal values have no variance and exactly their mean', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 2, max: 50 }), (x, n) => {
        const tally = tallyOf(Array.from({ length: n }, () => x));
        expect([tally.mean, tally.variance]).to.deep.equal([x === 0 ? 0 : x, 0]);
      }),
    );
  });

  it('agrees with the two-pass definition', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 60 }), (values) => {
        const mean = values.reduce((a, x) => a + x, 0) / values.length;
        const variance = values.reduce((a, x) => a + (x - mean) ** 2, 0) / (values.length - 1);
        const tally = tallyOf(values);
        expect(apart(tally.mean, mean)).to.be.below(1e-9);
        expect(Math.abs(tally.variance - variance)).to.be.at.most(1e-9 * (1 + variance));
        expect([tally.min, tally.max]).to.deep.equal([Math.min(...values), Math.max(...values)]);
      }),
    );
  });

  it('merged parts are the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 8 }), (parts) => {
        const merged = new Tally();
        for (const part of parts) merged.merge(tallyOf(part));
        const whole = tallyOf(parts.flat());
        expect([merged.count, merged.min, merged.max]).to.deep.equal([whole.count, whole.min, whole.max]);
        if (whole.count === 0) return;
        expect(Math.abs(merged.mean - whole.mean)).to.be.below(1e-8);
        expect(apart(merged.sum, whole.sum)).to.be.below(1e-12);
        if (whole.count > 1) expect(Math.abs(merged.variance - whole.variance)).to.be.at.most(1e-9 * (1 + whole.variance));
      }),
    );
  });

  it('can be merged with itself', () => {
    const tally = tallyOf([1, 2, 6]);
    tally.merge(tally);
    const { count, mean, variance, sum } = tally;
    expect({ count, mean, sum }).to.deep.equal({ count: 6, mean: 3, sum: 18 });
    expect(variance).to.be.closeTo(28 / 5, 1e-12);
  });

  it('an infinite value makes the mean infinite and the variance unknown, also through a merge', () => {
    const late = tallyOf([1, Infinity, 2]);
    const merged = tallyOf([5]);
    merged.merge(late);
    for (const tally of [late, merged]) {
      const { mean, variance, max, min, sum } = tally;
      expect({ mean, variance, max, min, sum }).to.deep.equal({ mean: Infinity, variance: NaN, max: Infinity, min: 1, sum: Infinity });
    }
    expect(tallyOf([Infinity, -Infinity]).mean).to.be.NaN;
  });

  it('refuses NaN by name and stays as it was', () => {
    const tally = tallyOf([1, 3]);
    expect(() => tally.add(NaN)).to.throw(StatsError, 'Tally.add: value must be a number, got NaN');
    expect([tally.count, tally.mean]).to.deep.equal([2, 2]);
  });
});
