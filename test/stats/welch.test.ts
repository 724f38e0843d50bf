import { expect } from 'chai';
import { StatsError, welchInterval } from '../../src/stats/index.js';
import { binomialRange, normals } from './support.js';

// Student (1908), Biometrika 6, table of soporifics: hours of sleep gained by ten patients under two drugs.
const DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('stats: welchInterval', () => {
  it('gives the textbook interval of Student\'s sleep data: -1.58, -3.3654832 to 0.2054832 with 17.776 degrees of freedom', () => {
    const { mean, low, high, count } = welchInterval(DRUG_1, DRUG_2);
    expect(mean).to.be.closeTo(-1.58, 1e-12);
    expect(low).to.be.closeTo(-3.3654832, 5e-8);
    expect(high).to.be.closeTo(0.2054832, 5e-8);
    expect(count).to.equal(10);
  });

  it('with as many values of one variance on both sides has 2(n - 1) degrees of freedom: 3 ± t(4) √(2/3)', () => {
    // t(4, 0.975) = 2.7764451051977987.
    const { mean, halfWidth } = welchInterval([4, 5, 6], [1, 2, 3]);
    expect(mean).to.equal(3);
    expect(halfWidth).to.be.closeTo(2.7764451051977987 * Math.sqrt(2 / 3), 1e-10);
  });

  it('is a point without spread, and knows nothing of one value or of an infinite one', () => {
    expect(welchInterval([2, 2, 2], [1, 1])).to.deep.equal({ mean: 1, low: 1, high: 1, halfWidth: 0, count: 2 });
    expect(welchInterval([2], [1, 3])).to.deep.equal({ mean: 0, low: NaN, high: NaN, halfWidth: NaN, count: 1 });
    expect(welchInterval([2, Infinity], [1, 3])).to.deep.equal({ mean: Infinity, low: NaN, high: NaN, halfWidth: NaN, count: 2 });
    expect(() => welchInterval([1, NaN], [1, 2])).to.throw(StatsError, 'values[1]');
  });

  it('covers the true difference of normal values with variances 1 and 25 in 95 % of 4000 trials', () => {
    const draw = normals('welch');
    let covered = 0;
    for (let trial = 0; trial < 4000; trial += 1) {
      const { low, high } = welchInterval(Array.from({ length: 6 }, () => 3 + draw()), Array.from({ length: 9 }, () => 1 + 5 * draw()));
      if (low <= 2 && high >= 2) covered += 1;
    }
    const [least, most] = binomialRange(4000, 0.95);
    expect(covered).to.be.within(least, most);
  });
});
