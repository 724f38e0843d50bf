import { expect } from 'chai';
import fc from 'fast-check';
import { KernelError, KeyedStream, RNG_VERSION, Streams } from '../../src/kernel/index.js';
import { chiSquareOfEqual, chiSquareQuantile, estimate } from './helpers/statistics.js';

const firstOf = (streams: Streams, component = 'c', purpose = 'p'): string =>
  [
    streams.keyed(component, purpose).uniform(0),
    streams.keyed(component, purpose).uniform(1),
    streams.sequence(component, purpose).uniform(),
  ].join();

describe('streams', () => {
  it('draw what version 1 of the contract says', () => {
    expect(RNG_VERSION).to.equal(1);
    const streams = new Streams(42, 3);
    const keyed = streams.keyed('msgbox@sql1', 'service');
    const sequence = streams.sequence('sql1', 'life');
    expect([
      keyed.uniform(0),
      keyed.uniform(1),
      keyed.uniform(1, 2),
      keyed.uniform(1, 2, 3),
      keyed.uniform(1, 2, 3, 4),
      keyed.uniform(0, 2 ** 32),
      keyed.uniform(0, 2 ** 53 - 1),
      keyed.uniform(-1),
      keyed.choose(1000, 7, 8),
      sequence.uniform(),
      sequence.uniform(),
    ]).to.deep.equal(PINNED);
  });

  it('give the same whatever the order of asking', () => {
    const names = ['a', 'b', 'c', 'd'].flatMap((component) => ['p', 'q'].map((purpose) => [component, purpose] as const));
    const draw = (order: readonly (readonly [string, string])[]): Record<string, string> => {
      const streams = new Streams('seed', 1);
      return Object.fromEntries(order.map((name) => [name.join(), firstOf(streams, ...name)]));
    };
    expect(draw(names)).to.deep.equal(draw([...names].reverse()));
  });

  it('are the same objects for the same names', () => {
    const streams = new Streams(1, 0);
    expect(streams.keyed('a', 'b')).to.equal(streams.keyed('a', 'b'));
    const first = streams.sequence('a', 'b');
    const draws = [first.uniform(), streams.sequence('a', 'b').uniform(), first.uniform()];
    const again = new Streams(1, 0).sequence('a', 'b');
    expect(draws).to.deep.equal([again.uniform(), again.uniform(), again.uniform()]);
  });

  it('differ by seed, replication, component, purpose, and by where names begin and end', () => {
    const long = 'x'.repeat(400);
    const all = [
      firstOf(new Streams(1, 0)),
      firstOf(new Streams(2, 0)),
      firstOf(new Streams(1, 1)),
      firstOf(new Streams(11, 0)),
      firstOf(new Streams('1,0', 0)),
      firstOf(new Streams(1.5, 0)),
      ...(
        [
          ['c', 'q'],
          ['d', 'p'],
          ['p', 'c'],
          ['ab', 'c'],
          ['a', 'bc'],
          ['', 'abc'],
          ['abc', ''],
          ['a"', 'b'],
          ['a', '"b'],
          ['a","b', 'c'],
          ['A', 'p'],
          ['Ł', 'p'],
          ['\u0001', 'p'],
          ['\u0101', 'p'],
          ['\\u0101', 'p'],
          [long, 'p'],
          [`${long}y`, 'p'],
          [`y${long}`, 'p'],
        ] as const
      ).map(([component, purpose]) => firstOf(new Streams(1, 0), component, purpose)),
    ];
    expect(new Set(all).size).to.equal(all.length);
    for (const part of [0, 2]) expect(new Set(all.map((draws) => draws.split(',')[part])).size).to.equal(all.length);
  });

  it('take a number and its text for the same seed', () => {
    expect(firstOf(new Streams(7, 2))).to.equal(firstOf(new Streams('7', 2)));
  });

  it('refuse seeds and replications that are none', () => {
    for (const seed of [NaN, Infinity]) expect(() => new Streams(seed, 0)).to.throw(KernelError, `${seed}`);
    for (const replication of [-1, 0.5, NaN]) expect(() => new Streams(1, replication)).to.throw(KernelError, `${replication}`);
  });

  it('stay strictly between 0 and 1', () => {
    const natural = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.integer(), fc.integer(), natural, natural, natural, natural, (key0, key1, a, b, c, d) => {
        const u = new KeyedStream(key0, key1).uniform(a, b, c, d);
        return u > 0 && u < 1 && Number.isInteger(u * 2 ** 53);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('hear every bit of every argument', () => {
    const stream = new Streams(1, 0).keyed('a', 'b');
    const seen = new Set<number>([stream.uniform(0)]);
    const flips = Array.from({ length: 4 * 53 }, (_, index) => [index % 4, 2 ** Math.floor(index / 4)] as const);
    let count = 1;
    // singly and in pairs: two changes must not make up for each other
    for (const [position, value] of flips) {
      for (const [other, otherValue] of flips) {
        if (other < position || (other === position && otherValue < value)) continue;
        const input: [number, number, number, number] = [0, 0, 0, 0];
        input[position] = value;
        if (other !== position || otherValue !== value) input[other] += otherValue;
        seen.add(stream.uniform(...input));
        count++;
      }
    }
    expect(seen.size).to.equal(count);
  });

  it('choose among all possibilities alike, and never beyond', () => {
    const stream = new Streams(1, 0).keyed('a', 'choice');
    const counts = new Float64Array(7);
    for (let n = 0; n < 70_000; n++) counts[stream.choose(7, 1, n)]++;
    expect(counts.length).to.equal(7);
    expect(chiSquareOfEqual(counts)).to.be.below(chiSquareQuantile(3.5, 6));
    expect(stream.choose(1, 5)).to.equal(0);
    for (const count of [0, -1, 1.5, NaN, Infinity]) expect(() => stream.choose(count, 1)).to.throw(KernelError, `${count}`);
  });

  it('of neighbouring names, replications and seeds are strangers', () => {
    const count = 4096;
    const families: Readonly<Record<string, (index: number) => KeyedStream>> = {
      components: (index) => new Streams(1, 0).keyed(`bts${index}`, 'life'),
      purposes: (index) => new Streams(1, 0).keyed('bts', `p${index}`),
      replications: (index) => new Streams(1, index).keyed('bts', 'life'),
      seeds: (index) => new Streams(index, 0).keyed('bts', 'life'),
    };
    for (const [family, streamOf] of Object.entries(families)) {
      const draws = Array.from({ length: count }, (_, index) => streamOf(index).uniform(0));
      const bins = new Float64Array(64);
      for (const u of draws) bins[Math.floor(u * 64)]++;
      expect(chiSquareOfEqual(bins), family).to.be.within(chiSquareQuantile(-4, 63), chiSquareQuantile(4, 63));
      const products = draws.slice(1).map((u, index) => (u - 0.5) * (draws[index] - 0.5) * 12);
      const { mean, error } = estimate(products);
      expect(Math.abs(mean / error), `${family}, correlation`).to.be.below(4);
    }
  });

  it('in sequence fill (0,1) evenly', () => {
    const stream = new Streams(1, 0).sequence('a', 'b');
    const bins = new Float64Array(1024);
    let previous = stream.uniform();
    for (let count = 0; count < 200_000; count++) {
      const u = stream.uniform();
      expect(u > 0 && u < 1).to.equal(true);
      bins[(Math.floor(previous * 32) << 5) | Math.floor(u * 32)]++;
      previous = u;
    }
    expect(chiSquareOfEqual(bins)).to.be.within(chiSquareQuantile(-4, 1023), chiSquareQuantile(4, 1023));
  });
});

/** Changes only together with RNG_VERSION. */
const PINNED: readonly number[] = [
  0.9732751572192869,
  0.18439016148647103,
  0.3850443046313037,
  0.5902726850098642,
  0.7061358771189825,
  0.9275607844917068,
  0.9507186178261577,
  0.7574603023305473,
  231,
  0.6060563120759527,
  0.7122262772215007,
];
