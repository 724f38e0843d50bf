import { expect } from 'chai';
import fc from 'fast-check';
import {
  chiSquareCdf, chiSquareQuantile, normalCdf, normalQuantile, StatsError, studentCdf, studentQuantile,
} from '../../src/stats/index.js';

/** Relative difference. */
const off = (got: number, want: number) => (got === want ? 0 : Math.abs(got - want) / Math.abs(want));
const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('stats: normal distribution', () => {
  it('Abramowitz & Stegun (1964), table 26.1: P(x) to 15 decimals', () => {
    const table: [number, number][] = [
      [0, 0.5], [1, 0.841344746068543], [2, 0.977249868051821], [3, 0.998650101968370],
    ];
    for (const [x, p] of table) {
      expect(normalCdf(x)).to.be.closeTo(p, 6e-16);
      expect(normalCdf(-x)).to.be.closeTo(1 - p, 6e-16);
    }
  });

  it('quantiles as computed with 40 digits from the error function', () => {
    const table: [number, number][] = [
      [0.9, 1.2815515655446], [0.975, 1.959963984540054], [0.995, 2.575829303548901],
      [0.999999, 4.753424308822899], [1e-10, -6.361340902404056],
    ];
    for (const [p, x] of table) expect(off(normalQuantile(p), x), String(p)).to.be.below(1e-11);
  });

  it('far tail: x φ(x) / (1 + x²) < Φ(−x) < φ(x) / x (Gordon 1941)', () => {
    for (const x of [5, 10, 20, 37]) {
      const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
      expect(normalCdf(-x)).to.be.below(density / x).and.above((x * density) / (1 + x * x));
    }
  });

  it('quantile and cdf undo each other, and are symmetric', () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(off(normalCdf(normalQuantile(p)), p)).to.be.below(1e-11);
        expect(normalQuantile(1 - p)).to.be.closeTo(-normalQuantile(p), 1e-9);
      }),
    );
  });

  it('ends at infinity', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).to.deep.equal([-Infinity, 0, Infinity]);
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).to.deep.equal([0, 1]);
  });
});

describe("stats: Student's t distribution", () => {
  it('NIST/SEMATECH e-Handbook 1.3.6.7.2: critical values to 3 decimals', () => {
    const table: [df: number, p: number, t: number][] = [
      [1, 0.975, 12.706], [2, 0.95, 2.920], [5, 0.975, 2.571], [9, 0.975, 2.262], [10, 0.995, 3.169],
      [19, 0.975, 2.093], [29, 0.975, 2.045], [30, 0.999, 3.385], [60, 0.975, 2.000], [100, 0.9, 1.290], [Infinity, 0.975, 1.960],
    ];
    for (const [df, p, t] of table) expect(studentQuantile(p, df), `t(${String(df)}, ${String(p)})`).to.be.closeTo(t, 0.00051);
  });

  it('quantiles as computed with 40 digits from the incomplete beta function', () => {
    const table: [df: number, p: number, t: number][] = [
      [3, 0.975, 3.18244630528371], [9, 0.975, 2.262157162798206], [29, 0.975, 2.045229642132704],
      [19, 0.995, 2.860934606464979], [7.5, 0.95, 1.875747479211289], [120, 0.9995, 3.3734537685625],
      [1000, 0.975, 1.962339080826408],
    ];
    for (const [df, p, t] of table) expect(off(studentQuantile(p, df), t), `t(${String(df)}, ${String(p)})`).to.be.below(1e-12);
  });

  it('closed forms: 1 degree of freedom is −cot(π p), 2 are (2p − 1) / √(2 p (1 − p))', () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(studentQuantile(p, 1)).to.satisfy((t: number) => Math.abs(t + 1 / Math.tan(Math.PI * p)) <= 1e-9 * (1 + Math.abs(t)));
        expect(studentQuantile(p, 2)).to.satisfy(
          (t: number) => Math.abs(t - (2 * p - 1) / Math.sqrt(2 * p * (1 - p))) <= 1e-9 * (1 + Math.abs(t)),
        );
      }),
    );
  });

  it('finite series for whole degrees of freedom: Abramowitz & Stegun 26.7.3, 26.7.4', () => {
    const series = (t: number, df: number): number => {
      const theta = Math.atan(t / Math.sqrt(df));
      const [sin, cos] = [Math.sin(theta), Math.cos(theta)];
      let term = df % 2 === 0 ? sin : sin * cos;
      let sum = df === 1 ? 0 : term;
      for (let k = df % 2 === 0 ? 2 : 3; k < df; k += 2) {
        term *= ((k - 1) / k) * cos * cos;
        sum += term;
      }
      const central = df % 2 === 0 ? sum : (2 / Math.PI) * (theta + sum);
      return 0.5 + central / 2;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: -8, max: 8, noNaN: true }), (df, t) => {
        expect(studentCdf(t, df)).to.be.closeTo(series(t, df), 1e-12);
      }),
    );
  });

  it('quantile and cdf undo each other for any degrees of freedom', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 1e8, noNaN: true }), (p, df) => {
        expect(off(studentCdf(studentQuantile(p, df), df), p)).to.be.below(1e-10);
      }),
    );
  });

  it('approaches the normal: t = z + (z³ + z)/(4 df) + (5z⁵ + 16z³ + 3z)/(96 df²), Abramowitz & Stegun 26.7.5', () => {
    for (const df of [1e5, 1.00001e5, 1e6, 1e7, 1e9, 1e12]) {
      for (const p of [0.6, 0.975, 0.9999]) {
        const z = normalQuantile(p);
        const t = z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df * df);
        expect(off(studentQuantile(p, df), t), `t(${String(df)}, ${String(p)})`).to.be.below(2e-12);
      }
    }
    expect(studentQuantile(0.975, Infinity)).to.equal(normalQuantile(0.975));
  });

  it('reaches far tails: 1 degree of freedom, p = 1e-200', () => {
    expect(off(studentQuantile(1e-200, 1), -1e200 / Math.PI)).to.be.below(1e-10);
    expect([studentQuantile(0, 3), studentQuantile(0.5, 3), studentQuantile(1, 3)]).to.deep.equal([-Infinity, 0, Infinity]);
    expect([studentCdf(-Infinity, 3), studentCdf(Infinity, 3)]).to.deep.equal([0, 1]);
  });
});

describe('stats: chi-square distribution', () => {
  it('NIST/SEMATECH e-Handbook 1.3.6.7.4: critical values to 3 decimals', () => {
    const table: [df: number, p: number, x: number][] = [
      [1, 0.95, 3.841], [2, 0.95, 5.991], [5, 0.99, 15.086], [10, 0.975, 20.483], [10, 0.025, 3.247],
      [20, 0.95, 31.410], [30, 0.05, 18.493], [100, 0.95, 124.342], [100, 0.01, 70.065],
    ];
    for (const [df, p, x] of table) expect(chiSquareQuantile(p, df), `χ²(${String(df)}, ${String(p)})`).to.be.closeTo(x, 0.00051);
  });

  it('quantiles as computed with 40 digits from the incomplete gamma function', () => {
    const table: [df: number, p: number, x: number][] = [
      [1, 0.95, 3.841458820694126], [3, 0.05, 0.3518463177492714], [9, 0.975, 19.02276779864164], [9, 0.025, 2.700389499980358],
      [100, 0.99, 135.8067231710268], [0.5, 0.001, 1.349939578623075e-12], [1000, 0.5, 999.333412403381],
    ];
    for (const [df, p, x] of table) expect(off(chiSquareQuantile(p, df), x), `χ²(${String(df)}, ${String(p)})`).to.be.below(1e-12);
  });

  it('closed forms: 1 degree is a squared normal, 2 are −2 ln(1 − p)', () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(off(chiSquareQuantile(p, 2), -2 * Math.log1p(-p))).to.be.below(1e-9);
        // Below 0.001 it is (1 − p)/2 that has too few digits, not the quantile.
        if (p > 1e-3) expect(off(chiSquareQuantile(p, 1), normalQuantile((1 - p) / 2) ** 2)).to.be.below(1e-9);
      }),
    );
  });

  it('even degrees of freedom: 1 − P(x) = Σ_{k < df/2} e^(−x/2) (x/2)^k / k!', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 120, noNaN: true }), (half, x) => {
        let term = Math.exp(-x / 2);
        let sum = term;
        for (let k = 1; k < half; k += 1) {
          term *= x / 2 / k;
          sum += term;
        }
        expect(chiSquareCdf(x, 2 * half)).to.be.closeTo(1 - sum, 1e-12);
      }),
    );
  });

  it('quantile and cdf undo each other for any degrees of freedom', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 1e5, noNaN: true }), (p, df) => {
        expect(off(chiSquareCdf(chiSquareQuantile(p, df), df), p)).to.be.below(1e-10);
      }),
    );
  });

  it('keeps its digits in the upper tail: 2 degrees of freedom, p = 1 − 2^−50, is 100 ln 2', () => {
    expect(off(chiSquareQuantile(1 - 2 ** -50, 2), 100 * Math.LN2)).to.be.below(1e-13);
  });

  it('ends at 0 and infinity', () => {
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3)]).to.deep.equal([0, Infinity]);
    expect([chiSquareCdf(-1, 3), chiSquareCdf(0, 3), chiSquareCdf(Infinity, 3)]).to.deep.equal([0, 0, 1]);
  });
});

describe('stats: distributions refuse what is none', () => {
  const bad: [string, () => number][] = [
    ['normalQuantile: p', () => normalQuantile(NaN)],
    ['normalQuantile: p', () => normalQuantile(1.1)],
    ['normalCdf: x', () => normalCdf(NaN)],
    ['studentQuantile: p', () => studentQuantile(-0.1, 3)],
    ['studentQuantile: df', () => studentQuantile(0.9, 0)],
    ['studentCdf: t', () => studentCdf(NaN, 3)],
    ['studentCdf: df', () => studentCdf(1, NaN)],
    ['chiSquareQuantile: p', () => chiSquareQuantile(2, 3)],
    ['chiSquareQuantile: df', () => chiSquareQuantile(0.5, -1)],
    ['chiSquareCdf: x', () => chiSquareCdf(NaN, 1)],
    ['chiSquareCdf: df', () => chiSquareCdf(1, Infinity)],
  ];
  for (const [name, call] of bad) it(name, () => expect(call).to.throw(StatsError, name));
});
