import { expect } from 'chai';
import fc from 'fast-check';
import { meanInterval, ratioInterval, StatsError } from '../../src/stats/index.js';
import { binomialRange, exponentials } from './support.js';

describe('stats: ratioInterval', () => {
  it('by hand: (1, 3) over (1, 2) is 4/3 ± t(1) × 2/9', () => {
    // Residuals −1/3 and 1/3, s = √2/3, mean denominator 3/2: s / (3/2 √2) = 2/9; t(1, 0.975) = tan(0.475 π).
    const { mean, halfWidth, low, high, count } = ratioInterval([1, 3], [1, 2]);
    expect(mean).to.equal(4 / 3);
    expect(halfWidth).to.be.closeTo((Math.tan(0.475 * Math.PI) * 2) / 9, 1e-10);
    expect([low, high, count]).to.deep.equal([mean - halfWidth, mean + halfWidth, 2]);
  });

  it('is the interval of the mean when all denominators are 1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 2, maxLength: 30 }), (values) => {
        const ratio = ratioInterval(values, values.map(() => 1));
        const mean = meanInterval(values);
        expect(ratio.mean).to.be.closeTo(mean.mean, 1e-12);
        expect(ratio.halfWidth).to.be.closeTo(mean.halfWidth, 1e-9);
      }),
    );
  });

  it('scales with its parts', () => {
    const y = [3, 5, 1, 9];
    const x = [10, 12, 4, 30];
    const plain = ratioInterval(y, x);
    const scaled = ratioInterval(y.map((v) => 8 * v), x.map((v) => v / 2));
    expect(scaled).to.deep.equal({ mean: 16 * plain.mean, low: 16 * plain.low, high: 16 * plain.high, halfWidth: 16 * plain.halfWidth, count: 4 });
  });

  it('covers the unavailability of an alternating renewal process, MTTR / (MTTF + MTTR), in 95 % of trials', () => {
    const draw = exponentials('cycles');
    const trials = 4000;
    const cycles = 400;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const down = Array.from({ length: cycles }, () => draw());
      const length = down.map((d) => d + 9 * draw());
      const { low, high } = ratioInterval(down, length);
      if (low <= 0.1 && 0.1 <= high) covered += 1;
    }
    // With 400 cycles the delta method is short of its promise by less than 0.01; a wrong variance by far more.
    expect(covered).to.be.within(binomialRange(trials, 0.94)[0], binomialRange(trials, 0.95)[1]);
  });

  it('knows nothing without denominators, and no spread from one cycle', () => {
    expect(ratioInterval([], [])).to.deep.equal({ mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count: 0 });
    expect(ratioInterval([0, 1], [0, 0])).to.deep.equal({ mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count: 2 });
    expect(ratioInterval([1], [4])).to.deep.equal({ mean: 0.25, low: NaN, high: NaN, halfWidth: NaN, count: 1 });
  });

  it('refuses what has no ratio, by its place', () => {
    expect(() => ratioInterval([1], [1, 2])).to.throw(StatsError, '1 numerators, 2 denominators');
    expect(() => ratioInterval([1, NaN], [1, 2])).to.throw(StatsError, 'numerators[1]');
    expect(() => ratioInterval([1, 2], [1, Infinity])).to.throw(StatsError, 'denominators[1]');
    expect(() => ratioInterval([1, 2], [1, -1])).to.throw(StatsError, 'denominators[1] is negative');
    expect(() => ratioInterval([1, 2], [1, 1], 1)).to.throw(StatsError, 'confidence');
  });
});
