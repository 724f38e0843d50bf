import { expect } from 'chai';
import fc from 'fast-check';
import {
  DistributionError,
  Streams,
  constant,
  durationText,
  empirical,
  erlang,
  exponential,
  hyperexponential,
  lognormal,
  residual,
  triangular,
  uniform,
  weibull,
} from '../../src/kernel/index.js';
import type { Distribution } from '../../src/kernel/index.js';
import { gamma, logGamma } from '../../src/kernel/distributions/gamma.js';
import { normalQuantile } from '../../src/kernel/distributions/normal.js';
import { estimate, integrate } from './helpers/statistics.js';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;

/** Distributions with their mean and variance by formulas that the code does not use, or by hand. */
const cases: readonly (readonly [distribution: Distribution, mean: number, variance: number])[] = [
  [constant(5), 5, 0],
  [constant(0), 0, 0],
  [exponential(3), 3, 9],
  [uniform(2, 5), 3.5, 0.75],
  [uniform(4, 4), 4, 0],
  [triangular(1, 2, 6), 3, 7 / 6],
  [triangular(1, 1, 4), 2, 0.5],
  [triangular(1, 4, 4), 3, 0.5],
  [triangular(2, 2, 2), 2, 0],
  // sigma = ln 4 / 1.64485… = 0.842800…
  [lognormal(45, 180), 64.1885224821062, 4262.930527542679],
  [lognormal(7, 7), 7, 0],
  [weibull(2, 3), 3 * Math.sqrt(Math.PI / 4), 9 * (1 - Math.PI / 4)],
  [weibull(1, 3), 3, 9],
  [weibull(0.5, 3), 6, 180],
  [weibull(0.25, 1), 24, 40320 - 576],
  [erlang(1, 4), 4, 16],
  [erlang(2, 4), 4, 8],
  [erlang(25, 4), 4, 0.64],
  [erlang(1000, 4), 4, 0.016],
  [hyperexponential(1, 4), 1, 4],
  [hyperexponential(2, 1), 2, 4],
  [hyperexponential(5, 40), 5, 1000],
  [empirical([3, 1, 2, 2]), 2, 0.5],
];

const open = fc.double({ min: 2 ** -54, max: 1 - 2 ** -53, noNaN: true });

describe('distribution', () => {
  for (const [distribution, mean, variance] of cases) {
    describe(distribution.text, () => {
      it('has the mean and variance of the closed form', () => {
        expect(distribution.mean).to.be.closeTo(mean, 1e-12 * mean);
        expect(distribution.variance).to.be.closeTo(variance, 1e-11 * variance + 1e-14);
      });

      it('has them by numeric integration of its inversion', () => {
        // what lies beyond the greatest double below 1 is out of reach; steps are not smooth
        const tolerance = distribution.family === 'empirical' ? 1e-2 : 1e-6;
        expect(integrate((u) => distribution.sample(u))).to.be.closeTo(mean, tolerance * (mean + 1));
        expect(integrate((u) => (distribution.sample(u) - mean) ** 2)).to.be.closeTo(variance, tolerance * 100 * (variance + 1e-9));
      });

      it('has them by its own confidence interval', () => {
        const stream = new Streams(1, 0).keyed(distribution.text, 'test');
        const values = Float64Array.from({ length: 100_000 }, (_, n) => distribution.sample(stream.uniform(n)));
        const sampled = estimate(values);
        expect(Math.abs(sampled.mean - mean)).to.be.at.most(3.5 * sampled.error + 1e-10 * mean);
        const squares = estimate(values.map((value) => (value - mean) ** 2));
        // the tail of the widest laws is too heavy for an interval of the variance
        if (variance < 50 * mean * mean) expect(Math.abs(squares.mean - variance)).to.be.at.most(4 * squares.error + 1e-12);
      });

      it('does not decrease in its uniform and stays in its range', () => {
        fc.assert(
          fc.property(open, open, (u, v) => {
            const [low, high] = [distribution.sample(Math.min(u, v)), distribution.sample(Math.max(u, v))];
            // numeric inversion may be off in the last digits
            return low <= high * (1 + 4e-14) && low >= distribution.min && high <= distribution.max;
          }),
          { seed: 5, numRuns: 500 },
        );
      });

      it('is finite and not negative at both ends', () => {
        for (const u of [2 ** -54, 2 ** -53, 1e-9, 0.5, 1 - 1e-9, 1 - 2 ** -53])
          expect(distribution.sample(u)).to.be.at.least(0).and.below(Infinity);
      });

      const cdf = distribution.cdf?.bind(distribution);
      if (cdf !== undefined && variance > 0 && distribution.family !== 'empirical') {
        it('inverts its distribution function', () => {
          for (const u of [1e-12, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-6, 1 - 1e-12]) {
            // relative, unless a least amount above 0 leaves no digits for what lies just beyond it
            expect(cdf(distribution.sample(u)), `u = ${u}`).to.be.closeTo(u, distribution.min === 0 ? 2e-12 * u : 1e-14);
          }
        });
      }
      if (cdf !== undefined) {
        it('has a distribution function from 0 to 1', () => {
          expect([cdf(-1), cdf(1e300)]).to.deep.equal([0, 1]);
          expect(cdf(distribution.min - 1e-9)).to.equal(0);
        });
      }
    });
  }

  it('lognormal has the median and 95 % quantile it is given', () => {
    expect(lognormal(45, 180).sample(0.5)).to.equal(45);
    expect(lognormal(45, 180).sample(0.95)).to.be.closeTo(180, 1e-12 * 180);
  });

  it('weibull has 63.2 % below its scale', () => {
    expect(weibull(3, 10).sample(1 - Math.exp(-1))).to.be.closeTo(10, 1e-13);
  });

  it('hyperexponential of mean 1 and cv2 4 has the balanced phases of the textbook', () => {
    const [p, rate1, rate2] = [0.887298334620742, 1.77459666924148, 0.225403330758517];
    for (const x of [0.001, 0.1, 1, 3, 10, 50]) {
      const survival = p * Math.exp(-rate1 * x) + (1 - p) * Math.exp(-rate2 * x);
      expect(1 - (hyperexponential(1, 4).cdf?.(x) ?? NaN)).to.be.closeTo(survival, 1e-14);
    }
  });

  it('empirical gives each value its share, whatever the order', () => {
    const values = [30, 10, 20, 10];
    const distribution = empirical(values);
    values[0] = 99;
    expect([0.1, 0.3, 0.49, 0.51, 0.74, 0.76, 0.99].map((u) => distribution.sample(u))).to.deep.equal([10, 10, 10, 20, 20, 30, 30]);
    expect([9, 10, 20, 29, 30].map((x) => distribution.cdf?.(x))).to.deep.equal([0, 0.5, 0.75, 0.75, 1]);
  });

  it('erlang agrees with its definition as a sum', () => {
    // F(x) for k = 3 and phases of mean 1: 1 − e^{−x}(1 + x + x²/2)
    for (const x of [0.01, 0.5, 2, 3, 8, 20])
      expect(erlang(3, 3).cdf?.(x)).to.be.closeTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 1e-14);
  });

  it('erlang inverts deep in both tails, for few and many phases', () => {
    for (const k of [2, 3, 10, 100, 10_000]) {
      const distribution = erlang(k, k);
      for (const u of [2 ** -54, 1e-12, 1e-3]) expect((distribution.cdf?.(distribution.sample(u)) ?? NaN) / u).to.be.closeTo(1, 1e-10);
      expect(distribution.sample(1 - 2 ** -53)).to.be.within(k, k + 60 * Math.sqrt(k));
    }
  });

  describe('normal quantile', () => {
    // Abramowitz and Stegun, table 26.5, and symmetry
    const known: readonly (readonly [number, number])[] = [
      [0.5, 0],
      [0.75, 0.6744897501960817],
      [0.95, 1.6448536269514722],
      [0.975, 1.9599639845400545],
      [0.01, -2.3263478740408408],
      [0.001, -3.090232306167813],
      [1e-10, -6.361340902404056],
      [1e-16, -8.222082216130437],
    ];
    for (const [u, z] of known) {
      it(`at ${u} is ${z}`, () => {
        expect(normalQuantile(u)).to.be.closeTo(z, 1e-15 * Math.max(1, Math.abs(z)));
      });
    }
    it('has variance 1', () => {
      expect(integrate((u) => normalQuantile(u) ** 2)).to.be.closeTo(1, 1e-9);
    });
  });

  it('gamma function has its known values', () => {
    for (const [x, value] of [
      [0.5, Math.sqrt(Math.PI)],
      [1, 1],
      [1.5, Math.sqrt(Math.PI) / 2],
      [2, 1],
      [5, 24],
      [11, 3628800],
      [21, 2432902008176640000],
      [171, 7.257415615307994e306],
    ])
      expect(gamma(x) / value).to.be.closeTo(1, 2e-13);
    expect(logGamma(1e6)).to.be.closeTo(12815504.56914761, 1e-8);
  });

  describe('refuses', () => {
    const bad: Readonly<Record<string, () => Distribution>> = {
      'a negative constant': () => constant(-1),
      'an infinite constant': () => constant(Infinity),
      'a constant that is no number': () => constant(NaN),
      'a mean of 0': () => exponential(0),
      'a negative mean': () => exponential(-1),
      'an infinite mean': () => exponential(Infinity),
      'negative bounds': () => uniform(-1, 1),
      'bounds in the wrong order': () => uniform(2, 1),
      'an infinite bound': () => uniform(0, Infinity),
      'a mode below low': () => triangular(2, 1, 3),
      'a mode above high': () => triangular(1, 4, 3),
      'a median of 0': () => lognormal(0, 1),
      'p95 below the median': () => lognormal(2, 1),
      'a lognormal without a finite variance': () => lognormal(1, 1e200),
      'a shape of 0': () => weibull(0, 1),
      'a scale of 0': () => weibull(1, 0),
      'a weibull without a finite mean': () => weibull(0.001, 1),
      'no phases': () => erlang(0, 1),
      'half a phase': () => erlang(1.5, 1),
      'too many phases': () => erlang(1e6, 1),
      'an erlang mean of 0': () => erlang(2, 0),
      'cv2 below 1': () => hyperexponential(1, 0.5),
      'an infinite cv2': () => hyperexponential(1, Infinity),
      'no values': () => empirical([]),
      'a negative value': () => empirical([1, -1]),
      'a value that is no number': () => empirical([1, NaN]),
    };
    for (const [name, make] of Object.entries(bad)) {
      it(name, () => {
        expect(make).to.throw(DistributionError, /^(constant|exponential|uniform|triangular|lognormal|weibull|erlang|hyperexponential|empirical): /);
      });
    }
  });

  it('describes itself in durations', () => {
    expect(
      [
        constant(0),
        constant(1500),
        exponential(30 * 24 * HOUR),
        uniform(0, 60 * SECOND),
        triangular(5 * SECOND, 15 * SECOND, 45 * SECOND),
        lognormal(45 * SECOND, 180 * SECOND),
        weibull(2, 1000 * HOUR),
        erlang(2, 4 * SECOND),
        hyperexponential(SECOND, 4),
        empirical([SECOND, 2500]),
      ].map((distribution) => distribution.text),
    ).to.deep.equal([
      'constant(0 s)',
      'constant(1500 µs)',
      'exponential(mean 30 d)',
      'uniform(0 min to 1 min)',
      'triangular(5 s, 15 s, 45 s)',
      'lognormal(median 45 s, p95 180 s)',
      'weibull(shape 2, scale 1000 h)',
      'erlang(k 2, mean 4 s)',
      'hyperexponential(mean 1 s, cv2 4)',
      'empirical(2 values, 2500 µs to 1000000 µs)',
    ]);
    expect([durationText(0.25), durationText(1 / 3 * HOUR), durationText(123456.789)]).to.deep.equal(['0.25 µs', '20 min', '123.457 ms']);
  });
});

describe('kernel: residual life', () => {
  /** Mean by the midpoint rule over the quantiles. */
  const meanOf = (distribution: Distribution, steps = 200_000): number => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += distribution.sample((step + 0.5) / steps);
    return sum / steps;
  };

  it('of a constant is uniform below it', () => {
    const left = residual(constant(10));
    for (const u of [0.001, 0.25, 0.5, 0.999]) expect(left.sample(u)).to.be.closeTo(10 * u, 1e-9);
    expect(left.mean).to.equal(5);
  });

  it('of what has no memory is itself', () => {
    const amount = exponential(7);
    expect(residual(amount)).to.equal(amount);
  });

  it('has the mean E[X²]/(2E[X]), by the inspection paradox', () => {
    for (const amount of [constant(10), uniform(0, 6), triangular(1, 2, 6), weibull(2, 3), erlang(3, 9), lognormal(45, 180), hyperexponential(2, 4), empirical([1, 1, 4, 10])]) {
      const mean = (amount.variance + amount.mean * amount.mean) / (2 * amount.mean);
      expect(residual(amount).mean, amount.text).to.be.closeTo(mean, 1e-9 * mean);
      expect(meanOf(residual(amount)), amount.text).to.be.closeTo(mean, 3e-3 * mean);
    }
  });

  it('of a uniform amount below c: share below x is (2x/c) − (x/c)²', () => {
    const left = residual(uniform(0, 6));
    for (const x of [0.5, 2, 4, 5.5]) expect(left.sample((2 * x) / 6 - (x / 6) ** 2)).to.be.closeTo(x, 1e-3);
  });

  it('of nothing is nothing', () => expect(residual(constant(0)).sample(0.5)).to.equal(0));
});
