/**
 * Queueing stations, from the text of a scenario to the rows about it, against formulas. Each figure is judged by its own 95 % interval
 * over replications (Student's t); seeds are fixed. Half widths are below 2 % of the answer unless a test says otherwise and why.
 */
import { mustContain, observe } from './support/station.js';
import type { Figures } from './support/station.js';

/** Erlang C: the probability of waiting at c servers offered a = λ/μ. */
function erlangC(a: number, c: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < c; k++) {
    sum += term;
    term *= a / (k + 1);
  }
  const queueing = term / (1 - a / c);
  return queueing / (sum + queueing);
}

/** Steady-state probabilities of 0…k present at M/M/c/K. */
function limitedStation(lambda: number, mu: number, c: number, k: number): readonly number[] {
  const weights = [1];
  for (let n = 1; n <= k; n++) weights.push((weights[n - 1] * lambda) / (Math.min(n, c) * mu));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** `precision` of means, and of the share of long waits, which come in clusters. */
interface Effort { readonly seed: number; readonly measured: number; readonly precision: number; readonly tailPrecision: number }

function manyServers(name: string, lambda: number, mu: number, c: number, { seed, measured, precision, tailPrecision }: Effort): void {
  const wait = erlangC(lambda / mu, c);
  const meanWait = wait / (c * mu - lambda);
  describe(name, () => {
    let figures: Figures;
    before(function () {
      this.timeout(120_000);
      figures = observe({ seed, rate: lambda, work: { exponential: `${String(1000 / mu)}ms` }, servers: c, warmup: 200 / mu, measured, replications: 30, long: 0.5 });
    });
    it('M/M/c Erlang C: P(wait) = C(c, λ/μ), Erlang 1917', () => mustContain(wait, figures.waitingShare, precision));
    it('M/M/c Erlang C: Wq = C/(cμ − λ)', () => mustContain(meanWait, figures.meanWait, precision));
    it('M/M/c: L = λWq + λ/μ, Little 1961', () => mustContain(lambda * meanWait + lambda / mu, figures.present, precision));
    it('M/M/c: W = Wq + 1/μ', () => mustContain(meanWait + 1 / mu, figures.stay, precision));
    it(`M/M/c: P(Wq > t) = C e^(−(cμ − λ)t), t = 0.5 s`, () => {
      mustContain(wait * Math.exp(-(c * mu - lambda) * 0.5), figures.longShare, tailPrecision);
    });
  });
}

describe('theory: stations', () => {
  manyServers('λ = 3/s, μ = 1/s, c = 4', 3, 1, 4, { seed: 11, measured: 32_000, precision: 0.02, tailPrecision: 0.02 });
  // At 90 % load 2 % of Wq would take ten million messages, and long waits come in clusters.
  manyServers('λ = 90/s, μ = 10/s, c = 10', 90, 10, 10, { seed: 12, measured: 1500, precision: 0.04, tailPrecision: 0.35 });

  describe('λ = 12/s, μ = 2/s, c = 4, K = 10 present at most', () => {
    const p = limitedStation(12, 2, 4, 10);
    const present = p.reduce((sum, share, n) => sum + share * n, 0);
    let figures: Figures;
    before(function () {
      this.timeout(120_000);
      figures = observe({ seed: 13, rate: 12, work: { exponential: '500ms' }, servers: 4, room: 6, warmup: 100, measured: 800, replications: 20 });
    });
    it('M/M/c/K: P(reject) = p(K), birth and death', () => mustContain(p[10], figures.rejectedShare));
    it('M/M/c/K: L = Σ n p(n)', () => mustContain(present, figures.present));
    it('M/M/c/K: W accepted = L / (λ(1 − p(K))), Little 1961', () => mustContain(present / (12 * (1 - p[10])), figures.stay));
    it('M/M/c/K: loss rate = λ p(K)', () => mustContain(12 * p[10], figures.rejectedPerSecond));
  });

  describe('one server, λ = 0.8/s, E[S] = 1 s', () => {
    // Pollaczek 1930, Khinchine 1932.
    const meanWait = (cv2: number): number => ((0.8 / 0.2) * (1 + cv2)) / 2;
    const measure = (seed: number, work: Parameters<typeof observe>[0]['work'], measured: number): Figures =>
      observe({ seed, rate: 0.8, work, servers: 1, warmup: 2000, measured, replications: 20 });

    it('M/D/1: Wq = ρE[S]/(2(1 − ρ)) and L = λ(Wq + E[S]), Pollaczek-Khinchine', () => {
      const { meanWait: waits, present } = measure(14, '1s', 80_000);
      mustContain(meanWait(0), waits);
      mustContain(0.8 * (meanWait(0) + 1), present);
    }).timeout(120_000);
    it('M/M/1: Wq = ρ/(μ − λ)', () => mustContain(meanWait(1), measure(15, { exponential: '1s' }, 150_000).meanWait)).timeout(120_000);
    // It varies most: 2 % would take ten million messages.
    it('M/H2/1: Wq = λE[S²]/(2(1 − ρ)), Pollaczek-Khinchine', () => {
      mustContain(meanWait(4), measure(16, { hyperexponential: { mean: '1s', cv2: 4 } }, 100_000).meanWait, 0.06);
    }).timeout(120_000);
  });
});
