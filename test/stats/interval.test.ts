import { expect } from 'chai';
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { meanInterval, pairedInterval, proportionInterval, StatsError } from '../../src/stats/index.js';
import { binomialRange, normals } from './support.js';

// Student (1908), Biometrika 6, table of soporifics: hours of sleep gained by ten patients under two drugs.
const DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('stats: meanInterval', () => {
  it('by hand: 1, 2, 3 gives 2 ± 4.302653 / √3', () => {
    // t(2, 0.975) = (2p − 1) / √(2 p (1 − p)) = 0.95 / √0.04875.
    const { mean, low, high, halfWidth, count } = meanInterval([1, 2, 3]);
    expect([mean, count]).to.deep.equal([2, 3]);
    expect(halfWidth).to.be.closeTo(0.95 / Math.sqrt(3 * 0.04875), 1e-12);
    expect([low, high]).to.deep.equal([mean - halfWidth, mean + halfWidth]);
  });

  it('says nothing about the spread of one value, and nothing of none', () => {
    expect(meanInterval([4])).to.deep.equal({ mean: 4, low: NaN, high: NaN, halfWidth: NaN, count: 1 });
    expect(meanInterval([])).to.deep.equal({ mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count: 0 });
  });

  it('is a point when all values are equal', () => {
    expect(meanInterval([0.1, 0.1, 0.1])).to.deep.equal({ mean: 0.1, low: 0.1, high: 0.1, halfWidth: 0, count: 3 });
  });

  it('has an infinite mean and unknown limits with an infinite value', () => {
    expect(meanInterval([1, Infinity, 2])).to.deep.equal({ mean: Infinity, low: NaN, high: NaN, halfWidth: NaN, count: 3 });
  });

  it('refuses NaN by its place, and a confidence of 0 or 1', () => {
    expect(() => meanInterval([1, NaN])).to.throw(StatsError, 'meanInterval: values[1] is NaN');
    for (const bad of [0, 1, NaN]) expect(() => meanInterval([1, 2], bad)).to.throw(StatsError, 'meanInterval: confidence');
  });

  for (const [n, confidence] of [[5, 0.95], [2, 0.95], [12, 0.8]] as const) {
    it(`covers the true mean of ${String(n)} normal values in ${String(confidence * 100)} % of 20000 trials`, () => {
      const draw = normals(`coverage ${String(n)}`);
      const trials = 20_000;
      let covered = 0;
      for (let i = 0; i < trials; i += 1) {
        const { low, high } = meanInterval(Array.from({ length: n }, () => 7 + 3 * draw()), confidence);
        if (low <= 7 && 7 <= high) covered += 1;
      }
      expect(covered).to.be.within(...binomialRange(trials, confidence));
    });
  }
});

describe('stats: pairedInterval', () => {
  it("Student's sleep data: −1.58, 95 % from −2.4598858 to −0.7001142 (as printed by R, t.test paired)", () => {
    const { mean, low, high, count } = pairedInterval(DRUG_1, DRUG_2);
    expect(mean).to.be.closeTo(-1.58, 1e-12);
    expect(low).to.be.closeTo(-2.4598858, 5e-8);
    expect(high).to.be.closeTo(-0.7001142, 5e-8);
    expect(count).to.equal(10);
  });

  it('does not see what both sides share', () => {
    const shared = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -5, max: 5 })), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(shared, (pairs) => {
        const a = pairs.map(([common, own]) => common + own);
        const b = pairs.map(([common]) => common);
        expect(pairedInterval(a, b)).to.deep.equal(meanInterval(pairs.map(([, own]) => own)));
      }),
    );
  });

  it('is unknown when two infinities meet, infinite when one meets a number', () => {
    expect(pairedInterval([Infinity, 1, 2], [Infinity, 1, 2])).to.deep.equal({ mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count: 3 });
    expect(pairedInterval([Infinity, 1], [3, 1]).mean).to.equal(Infinity);
    expect(pairedInterval([], []).count).to.equal(0);
  });

  it('refuses NaN and sides of different length', () => {
    expect(() => pairedInterval([1], [1, 2])).to.throw(StatsError, '1 values against 2');
    expect(() => pairedInterval([1, 2], [1, NaN])).to.throw(StatsError, 'pair 1 holds NaN');
  });
});

describe('stats: proportionInterval', () => {
  it('Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3 (score)', () => {
    const table: [r: number, n: number, low: number, high: number][] = [
      [81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718],
    ];
    for (const [r, n, low, high] of table) {
      const interval = proportionInterval(r, n);
      expect(interval.low, `${String(r)}/${String(n)}`).to.be.closeTo(low, 5.1e-5);
      expect(interval.high, `${String(r)}/${String(n)}`).to.be.closeTo(high, 5.1e-5);
      expect(interval.mean).to.equal(r / n);
    }
  });

  it('its limits are where the score statistic is exactly z', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const successes = Math.round(share * n);
        const { mean, low, high } = proportionInterval(successes, n);
        for (const limit of [low, high]) {
          if (limit === 0 || limit === 1) continue;
          expect(Math.abs(mean - limit) / Math.sqrt((limit * (1 - limit)) / n)).to.be.closeTo(1.959963984540054, 1e-6);
        }
        const mirror = proportionInterval(n - successes, n);
        expect(mirror.low).to.be.closeTo(1 - high, 1e-12);
      }),
    );
  });

  it('never leaves [0, 1] and reaches its ends exactly', () => {
    expect(proportionInterval(0, 3).low).to.equal(0);
    expect(proportionInterval(3, 3).high).to.equal(1);
    expect(proportionInterval(0, 0)).to.deep.equal({ mean: NaN, low: NaN, high: NaN, halfWidth: NaN, count: 0 });
  });

  it('covers 0.1 in 50 trials as often as the binomial distribution says it must: 97.0 %', () => {
    // Exact coverage: the binomial probability of those counts whose interval holds 0.1.
    let exact = 0;
    let term = 0.9 ** 50;
    for (let r = 0; r <= 50; r += 1) {
      const { low, high } = proportionInterval(r, 50);
      if (low <= 0.1 && 0.1 <= high) exact += term;
      term *= ((50 - r) / (r + 1)) * (0.1 / 0.9);
    }
    expect(exact).to.be.closeTo(0.9703, 5e-5);
    const uniform = seedrandom('wilson');
    let covered = 0;
    for (let i = 0; i < 10_000; i += 1) {
      let r = 0;
      for (let k = 0; k < 50; k += 1) if (uniform() < 0.1) r += 1;
      const { low, high } = proportionInterval(r, 50);
      if (low <= 0.1 && 0.1 <= high) covered += 1;
    }
    expect(covered).to.be.within(...binomialRange(10_000, exact));
  });

  it('refuses counts that are none', () => {
    for (const [r, n] of [[3, 2], [-1, 2], [0.5, 2], [NaN, 2], [1, Infinity]]) {
      expect(() => proportionInterval(r, n), `${String(r)}/${String(n)}`).to.throw(StatsError, 'successes of');
    }
  });
});
