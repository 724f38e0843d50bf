import { expect } from 'chai';
import fc from 'fast-check';
import { QuantileHistogram, StatsError } from '../../src/stats/index.js';
import { bucketOf, BUCKETS_PER_OCTAVE } from '../../src/stats/log-linear.js';
import { exponentials } from './support.js';

type Entry = readonly [value: number, weight: number];

// Subnormal values have an absolute bound only and are tested by themselves, as is the full range of doubles.
const value = fc.oneof(
  fc.constant(0),
  fc.constant(Infinity),
  fc.integer({ min: 0, max: 2000 }),
  fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  fc.double({ min: 1e-30, max: 1e30, noNaN: true }),
);
const entry: fc.Arbitrary<Entry> = fc.tuple(value, fc.integer({ min: 1, max: 5 }));
const probability = fc.double({ min: 0, max: 1, noNaN: true });

function histogramOf(entries: readonly Entry[]): QuantileHistogram {
  const histogram = new QuantileHistogram();
  for (const [x, weight] of entries) histogram.add(x, weight);
  return histogram;
}

/** The definition: smallest value whose cumulative weight reaches p × total. Percentages as integers, free of rounding. */
function exactQuantile(entries: readonly Entry[], percent: number): number {
  const sorted = entries.flatMap(([x, weight]) => Array.from({ length: weight }, () => x)).sort((a, b) => (a < b ? -1 : 1));
  return sorted.find((_, i) => (i + 1) * 100 >= percent * sorted.length) ?? NaN;
}

describe('stats: QuantileHistogram', () => {
  it('has NaN quantiles when empty, whatever was asked of it', () => {
    const empty = new QuantileHistogram();
    empty.add(5, 0);
    expect([empty.count, empty.quantile(0), empty.quantile(0.5), empty.min, empty.max]).to.deep.equal([0, NaN, NaN, NaN, NaN]);
  });

  it('is within 1/256 of the quantile by definition, and exact at both ends', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 80 }), fc.integer({ min: 0, max: 100 }), (entries, percent) => {
        const histogram = histogramOf(entries);
        const exact = exactQuantile(entries, percent);
        const got = histogram.quantile(percent / 100);
        if (Number.isFinite(exact)) expect(Math.abs(got - exact)).to.be.at.most(exact / 256);
        else expect(got).to.equal(exact);
        const values = entries.map(([x]) => x);
        expect(histogram.quantile(0)).to.equal(Math.min(...values)).and.equal(histogram.min);
        expect(histogram.quantile(1)).to.equal(Math.max(...values)).and.equal(histogram.max);
        expect(histogram.count).to.equal(entries.reduce((sum, [, weight]) => sum + weight, 0));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the bound where buckets are crowded, and the bound is not idle: the error comes near it', () => {
    let worst = 0;
    const values = Array.from({ length: 1000 }, (_, i): Entry => [1 + i / 100_000, 1]);
    const histogram = histogramOf(values);
    for (let percent = 0; percent <= 100; percent += 1) {
      const exact = exactQuantile(values, percent);
      worst = Math.max(worst, Math.abs(histogram.quantile(percent / 100) - exact) / exact);
    }
    expect(worst).to.be.at.most(1 / 256).and.above(1 / 300);
  });

  it('is exact for values that occur over and over, such as timeouts', () => {
    const histogram = histogramOf([[2_000_000, 500], [30_000_001, 400], [90_000_000, 100]]);
    expect([0.5, 0.51, 0.9, 0.91].map((p) => histogram.quantile(p))).to.deep.equal([2_000_000, 30_000_001, 30_000_001, 90_000_000]);
  });

  it('takes decimal fractions at their meaning: 7 % of 100 values is the seventh', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, i): Entry => [i + 1, 1]));
    expect(histogram.quantile(0.07)).to.equal(7);
    expect(histogram.quantile(0.0701)).to.equal(8);
    expect(histogram.quantile(0.95)).to.equal(95);
  });

  it('never falls as p grows', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 40 }), probability, probability, (entries, p, q) => {
        const histogram = histogramOf(entries);
        expect(histogram.quantile(Math.min(p, q))).to.be.at.most(histogram.quantile(Math.max(p, q)));
      }),
    );
  });

  it('merging parts in any order is adding all at once, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 15 }), { maxLength: 6 }), fc.infiniteStream(fc.nat()), (parts, keys) => {
        const shuffled = parts.map((part) => ({ part, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const merged = new QuantileHistogram();
        for (const { part } of shuffled) merged.merge(histogramOf([...part].reverse()));
        const whole = histogramOf(parts.flat());
        expect(merged.count).to.equal(whole.count);
        expect(JSON.stringify(merged)).to.equal(JSON.stringify(whole));
        for (const p of [0, 0.25, 0.5, 0.9, 0.99, 1]) expect(merged.quantile(p)).to.deep.equal(whole.quantile(p));
      }),
    );
  });

  it('a weight is that many values of weight 1', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const single = entries.flatMap(([x, weight]) => Array.from({ length: weight }, (): Entry => [x, 1]));
        expect(histogramOf(entries).toJSON()).to.deep.equal(histogramOf(single).toJSON());
      }),
    );
  });

  it('can be merged with itself', () => {
    const histogram = histogramOf([[1, 1], [100, 2], [0, 1], [Infinity, 1]]);
    histogram.merge(histogram);
    expect(histogram.toJSON()).to.deep.equal(histogramOf([[1, 2], [100, 4], [0, 2], [Infinity, 2]]).toJSON());
  });

  it('survives JSON', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        const text = JSON.stringify(histogramOf(entries));
        const back = QuantileHistogram.fromJSON(JSON.parse(text));
        expect(JSON.stringify(back)).to.equal(text);
        expect(back.count).to.equal(histogramOf(entries).count);
      }),
    );
  });

  it('survives packing, and merges as before', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.array(entry, { maxLength: 30 }), (mine, others) => {
        const [left, right] = [mine, others].map((entries) => QuantileHistogram.unpack(histogramOf(entries).pack()));
        expect(left.toJSON()).to.deep.equal(histogramOf(mine).toJSON());
        left.merge(right);
        expect(left.toJSON()).to.deep.equal(histogramOf([...mine, ...others]).toJSON());
      }),
    );
  });

  it('refuses packed numbers that no histogram gives', () => {
    const sound = histogramOf([[3, 2], [0, 1]]).pack();
    expect([...sound.subarray(0, 2), sound[3]]).to.deep.equal([1, 0, 2]);
    const changed = (at: number, value: number): Float64Array => sound.slice().fill(value, at, at + 1);
    for (const wrong of [sound.subarray(1), changed(0, -1), changed(2, sound[2] + 1), changed(3, 0), changed(5, Infinity)]) {
      expect(() => QuantileHistogram.unpack(wrong), String(wrong)).to.throw(StatsError);
    }
  });

  it('refuses JSON that no histogram writes', () => {
    const sound = histogramOf([[3, 2]]).toJSON();
    const [bucket, weight, low, high] = sound.buckets[0];
    const wrong = [
      { ...sound, bucketsPerOctave: 64 },
      { ...sound, zero: -1 },
      { ...sound, infinite: 0.5 },
      { ...sound, buckets: [[bucket + 1, weight, low, high]] },
      { ...sound, buckets: [[bucket, 0, low, high]] },
      { ...sound, buckets: [[bucket, weight, low, Infinity]] },
      { ...sound, buckets: [[bucket, weight, high, low * 0.999]] },
    ];
    for (const json of wrong) expect(() => QuantileHistogram.fromJSON(json as never), JSON.stringify(json)).to.throw(StatsError);
    expect(QuantileHistogram.fromJSON(sound).quantile(0.5)).to.equal(3);
  });

  it('a quantile that falls on infinite values is infinite', () => {
    const histogram = histogramOf([[10, 95]]);
    histogram.addInfinite(4);
    histogram.add(Infinity);
    expect([0.5, 0.95, 0.951, 1].map((p) => histogram.quantile(p))).to.deep.equal([10, 10, Infinity, Infinity]);
    expect([histogram.count, histogram.infinite, histogram.min, histogram.max]).to.deep.equal([100, 5, 10, Infinity]);
    const never = new QuantileHistogram();
    never.addInfinite();
    expect([never.min, never.max, never.count]).to.deep.equal([Infinity, Infinity, 1]);
  });

  it('finds the quantiles of an exponential distribution, −ln(1 − p)', () => {
    const draw = exponentials('histogram');
    const histogram = new QuantileHistogram();
    const n = 200_000;
    for (let i = 0; i < n; i += 1) histogram.add(draw());
    for (const p of [0.5, 0.95, 0.99]) {
      // Five standard deviations of the share below, sqrt(p (1 − p) / n), plus the bound of the histogram.
      const share = 1 - Math.exp(-histogram.quantile(p));
      const reach = 5 * Math.sqrt((p * (1 - p)) / n) + ((1 - p) * -Math.log(1 - p)) / 256;
      expect(Math.abs(share - p)).to.be.below(reach);
    }
  });

  it('refuses what it cannot count, by name, and stays as it was', () => {
    const histogram = histogramOf([[1, 1]]);
    for (const bad of [NaN, -1, -Infinity]) {
      expect(() => histogram.add(bad)).to.throw(StatsError, `QuantileHistogram.add: value must be a number ≥ 0, got ${String(bad)}`);
    }
    for (const bad of [NaN, -1, 0.5, Infinity, 2 ** 53]) expect(() => histogram.add(1, bad)).to.throw(StatsError, 'weight');
    expect(() => histogram.add(1, Number.MAX_SAFE_INTEGER)).to.throw(StatsError, 'total weight');
    for (const bad of [NaN, -0.1, 1.1]) expect(() => histogram.quantile(bad)).to.throw(StatsError, 'p must lie in [0, 1]');
    expect(histogram.toJSON()).to.deep.equal(histogramOf([[1, 1]]).toJSON());
    expect(histogram.count).to.equal(1);
  });

  it('takes −0 for 0 and the smallest and largest doubles for what they are', () => {
    const histogram = histogramOf([[-0, 1], [Number.MIN_VALUE, 1], [Number.MAX_VALUE, 1]]);
    expect([histogram.quantile(0.3), histogram.quantile(0.5), histogram.max]).to.deep.equal([0, Number.MIN_VALUE, Number.MAX_VALUE]);
  });
});

describe('stats: log-linear buckets', () => {
  /** Lower edge by arithmetic instead of bits: exponent and 128ths of the octave. */
  const bucketEdge = (bucket: number) => 2 ** (Math.floor(bucket / 128) - 1023) * (1 + (bucket % 128) / 128);
  const normal = fc.double({ min: 2 ** -1022, noNaN: true, noDefaultInfinity: true });

  it('are ordered as the values, and hold from their edge up to the next', () => {
    fc.assert(
      fc.property(normal, normal, (a, b) => {
        expect(bucketOf(Math.min(a, b))).to.be.at.most(bucketOf(Math.max(a, b)));
        const bucket = bucketOf(a);
        expect(bucketEdge(bucket)).to.be.at.most(a);
        expect(bucketEdge(bucket + 1)).to.be.above(a);
        expect(bucketOf(bucketEdge(bucket))).to.equal(bucket);
      }),
    );
  });

  it('are 128 to the octave and equally wide within it', () => {
    const first = bucketOf(1);
    expect(bucketOf(2) - first).to.equal(BUCKETS_PER_OCTAVE).and.equal(128);
    for (let i = 0; i <= 128; i += 1) expect(bucketEdge(first + i)).to.equal(1 + i / 128);
  });
});
