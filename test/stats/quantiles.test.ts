import { expect } from 'chai';
import fc from 'fast-check';
import { sampleQuantile, StatsError, summarise, meanInterval } from '../../src/stats/index.js';

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const values = fc.array(value, { minLength: 1, maxLength: 40 });
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('stats: sampleQuantile', () => {
  it('is definition 7 of Hyndman & Fan (1996), as R prints quantile(c(1, 2, 4, 8, 16))', () => {
    const sample = [16, 1, 8, 2, 4];
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => sampleQuantile(sample, p))).to.deep.equal([1, 2, 4, 8, 16]);
    expect(sampleQuantile(sample, 0.9)).to.be.closeTo(12.8, 1e-12);
    expect(sampleQuantile(sample, 0.1)).to.be.closeTo(1.4, 1e-12);
    expect(sampleQuantile([1, 2, 3, 4], 0.5)).to.equal(2.5);
    expect(sample).to.deep.equal([16, 1, 8, 2, 4]);
  });

  it('sorts numbers as numbers', () => {
    expect(sampleQuantile([10, 9, -1, 100], 0)).to.equal(-1);
    expect(sampleQuantile([10, 9, -1, 100], 1)).to.equal(100);
  });

  it('does not depend on the order, lies within the sample, and never falls as p grows', () => {
    fc.assert(
      fc.property(values, probability, probability, (sample, p, q) => {
        const low = sampleQuantile(sample, Math.min(p, q));
        const high = sampleQuantile([...sample].reverse(), Math.max(p, q));
        expect(low).to.be.at.most(high);
        expect(low).to.be.at.least(Math.min(...sample));
        expect(high).to.be.at.most(Math.max(...sample));
      }),
    );
  });

  it('is infinite as soon as it leaves the last finite value', () => {
    const sample = [3, Infinity, 1, 2, Infinity];
    expect([0, 0.5, 0.51, 0.75, 1].map((p) => sampleQuantile(sample, p))).to.deep.equal([1, 3, Infinity, Infinity, Infinity]);
    expect(sampleQuantile([Infinity, Infinity], 0.5)).to.equal(Infinity);
    expect(sampleQuantile([-Infinity, 1, 2], 0.25)).to.equal(-Infinity);
  });

  it('does not let the rounding of a decimal fraction reach for infinity', () => {
    // 0.07 × 100 is 7.000000000000001; the value of rank 7 is meant, not a trace of the eighth.
    const sample = Array.from({ length: 101 }, (_, i) => (i <= 7 ? i : Infinity));
    expect(sampleQuantile(sample, 0.07)).to.equal(7);
    expect(sampleQuantile(sample, 0.0701)).to.equal(Infinity);
  });

  it('is NaN for an empty sample and refuses NaN and p outside [0, 1]', () => {
    expect(sampleQuantile([], 0.5)).to.be.NaN;
    expect(() => sampleQuantile([1, NaN], 0.5)).to.throw(StatsError, 'values[1] is NaN');
    for (const bad of [-0.1, 1.1, NaN]) expect(() => sampleQuantile([1], bad)).to.throw(StatsError, 'p must lie in [0, 1]');
  });
});

describe('stats: summarise', () => {
  it('of 1 … 101 has the percentiles for values', () => {
    const summary = summarise(Array.from({ length: 101 }, (_, i) => 101 - i));
    const { low, high } = meanInterval(Array.from({ length: 101 }, (_, i) => 101 - i));
    expect(summary).to.deep.equal({ mean: 51, ci95Low: low, ci95High: high, min: 1, p50: 51, p95: 96, p99: 100, max: 101, count: 101 });
    // s² of 1 … n is n (n + 1) / 12; t(100, 0.975) = 1.983972 (Abramowitz & Stegun 26.10 by interpolation, R's qt).
    expect(high - 51).to.be.closeTo((1.983971518523553 * Math.sqrt((101 * 102) / 12)) / Math.sqrt(101), 1e-9);
  });

  it('agrees with the functions it is made of', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const summary = summarise(sample);
        for (const [p, got] of [[0, summary.min], [0.5, summary.p50], [0.95, summary.p95], [0.99, summary.p99], [1, summary.max]]) {
          expect(got).to.equal(sampleQuantile(sample, p));
        }
        expect([summary.mean, summary.ci95Low, summary.ci95High, summary.count]).to.deep.equal(
          [meanInterval(sample).mean, meanInterval(sample).low, meanInterval(sample).high, sample.length],
        );
      }),
    );
  });

  it('of nothing is NaN, of one value has no interval, of an infinite one no limits', () => {
    expect(summarise([])).to.deep.equal({ mean: NaN, ci95Low: NaN, ci95High: NaN, min: NaN, p50: NaN, p95: NaN, p99: NaN, max: NaN, count: 0 });
    expect(summarise([3])).to.deep.equal({ mean: 3, ci95Low: NaN, ci95High: NaN, min: 3, p50: 3, p95: 3, p99: 3, max: 3, count: 1 });
    expect(summarise([3, Infinity])).to.deep.include({ mean: Infinity, ci95Low: NaN, min: 3, p50: Infinity, max: Infinity });
  });

  it('refuses NaN', () => {
    expect(() => summarise([NaN])).to.throw(StatsError, 'values[0] is NaN');
  });
});
