import { expect } from 'chai';
import { batchMeans, meanInterval, serialCorrelation, StatsError } from '../../src/stats/index.js';
import { binomialRange, normals } from './support.js';

/** Share of `trials` in which the interval of an autoregressive series, x' = 0.8 x + noise, holds its mean 0. */
function covered(length: number, batches: number, trials: number): number {
  const draw = normals(`batches ${String(length)}`);
  let hits = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    // The stationary variance is 1/(1 − 0.64), so there is no warm-up to remove.
    let x = draw() / 0.6;
    const values = Array.from({ length }, () => (x = 0.8 * x + draw()));
    const { low, high } = batchMeans(values, batches);
    if (low <= 0 && 0 <= high) hits += 1;
  }
  return hits;
}

describe('stats: batchMeans', () => {
  it('is the mean interval of the means of equal batches', () => {
    expect(batchMeans([1, 3, 4, 8, 5, 9], 3)).to.deep.equal(meanInterval([2, 6, 7]));
  });

  it('leaves out at the beginning what does not fill a batch', () => {
    expect(batchMeans([100, 1, 3, 4, 8, 5, 9], 3)).to.deep.equal(meanInterval([2, 6, 7]));
  });

  it('makes 20 batches unless told otherwise', () => {
    const values = Array.from({ length: 60 }, (_, i) => i % 7);
    expect(batchMeans(values)).to.deep.equal(batchMeans(values, 20));
    expect(batchMeans(values).count).to.equal(20);
  });

  it('covers the mean of a correlated series in 95 % of trials when batches are long', () => {
    expect(covered(4000, 10, 2000)).to.be.within(...binomialRange(2000, 0.95));
  });

  it('does not when batches are as short as the correlation, which is why it is an assumption', () => {
    expect(covered(40, 20, 2000)).to.be.below(binomialRange(2000, 0.95)[0]);
  });

  it('refuses too few batches, too few values and NaN', () => {
    for (const bad of [1, 0, 2.5, NaN]) expect(() => batchMeans([1, 2, 3, 4], bad)).to.throw(StatsError, 'batches must be');
    expect(() => batchMeans([1, 2, 3], 2)).to.throw(StatsError, '3 values are too few for 2 batches');
    expect(() => batchMeans([1, 2, NaN, 4], 2)).to.throw(StatsError, 'values[2] is NaN');
  });
});

describe('stats: serialCorrelation', () => {
  it('by hand', () => {
    // Around 2.5: (0.75 - 0.25 + 0.75) / 5.
    expect(serialCorrelation([1, 2, 3, 4])).to.be.closeTo(0.25, 1e-15);
    expect(serialCorrelation([1, 2, 1, 2])).to.be.closeTo(-0.75, 1e-15);
  });

  it('finds that of an autoregressive series, and none where there is none', () => {
    const draw = normals('neighbours');
    const noise = Array.from({ length: 20_000 }, draw);
    let x = 0;
    const series = noise.map((step) => (x = 0.8 * x + step));
    // Deviations: √((1 - 0.64)/20000) = 0.0042 and 1/√20000 = 0.0071; five of each.
    expect(serialCorrelation(series)).to.be.closeTo(0.8, 0.022);
    expect(serialCorrelation(noise)).to.be.closeTo(0, 0.036);
  });

  it('is none of too few values or of equal ones, and refuses what is not finite', () => {
    expect([serialCorrelation([1, 2]), serialCorrelation([3, 3, 3])]).to.deep.equal([NaN, NaN]);
    expect(() => serialCorrelation([1, NaN, 2])).to.throw(StatsError, 'values[1]');
  });
});
