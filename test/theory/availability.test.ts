/**
 * Random failures and repairs, from the text of a scenario to the rows about components, against Markov chains and renewal theory. Each
 * figure is judged by its own 95 % interval over replications (Student's t); seeds are fixed. Half widths are below 2 % of the answer,
 * of what is rare below 5 %.
 */
import { expect } from 'chai';
import type { Section } from '../properties/support/simulate.js';
import { HOUR, YEAR, countDown, hoursUntil, rowsOf, systemOf, unitSamples } from './support/availability.js';
import { mustContain } from './support/station.js';

const RARE = 0.05;
const hours = (mean: number): Section => ({ exponential: `${String(mean)}h` });
const figures = (rows: readonly Record<string, unknown>[], column: string): number[] => rows.map((row) => Number(row[column]));

describe('theory: availability', function () {
  this.timeout(300_000);

  describe('one repairable unit, MTTF = 1000 h, MTTR = 4 h', () => {
    const unit = 1000 / 1004;
    const fault: Section = { id: 'fails', kind: 'crash', target: 's', mttf: hours(1000), mttr: hours(4) };

    it('A = MTTF/(MTTF + MTTR), downtime and failures of a year, from a stationary start', () => {
      const rows = rowsOf(systemOf({ seed: 41, hours: 100 * YEAR, topology: { s: { kind: 'server' } }, faults: [{ ...fault, start: 'stationary' }] }), 's', 50);
      mustContain(unit, figures(rows, 'availability'));
      mustContain((1 - unit) * 525_600, figures(rows, 'downtime_per_year_s').map((downtime) => downtime / 60), RARE);
      mustContain(YEAR / 1004, figures(rows, 'outages_per_year'));
      mustContain(1000, figures(rows, 'mttf_s').map((time) => time / 3600));
      mustContain(4, figures(rows, 'mttr_s').map((time) => time / 3600), RARE);
    });

    it('A(8 h) = A + (1 − A)e^(−(λ + μ)t), mean interval availability of 720 h, R(720 h) = e^(−λt), from a new start', () => {
      // A thousand units that know nothing of each other are a thousand samples.
      const definition = systemOf({ seed: 42, hours: 720, topology: { s: { kind: 'server', count: 1000 } }, faults: [{ ...fault, target: 's*' }] });
      const samples = unitSamples(definition, 8 * HOUR, 60);
      const rate = 1 / 1000 + 1 / 4;
      const mean = (part: (unit: (typeof samples)[number][number]) => number): number[] => samples.map((units) => units.reduce((sum, each) => sum + part(each), 0) / units.length);
      // Of the rare downtime itself, which says more than the availability beside it.
      mustContain((1 - unit) * (1 - Math.exp(-rate * 8)), mean(({ downThen }) => (downThen ? 1 : 0)), 0.15);
      mustContain(unit * 1 + (1 - unit) * Math.exp(-rate * 8), mean(({ downThen }) => (downThen ? 0 : 1)));
      mustContain(unit + ((1 - unit) * (1 - Math.exp(-rate * 720))) / (rate * 720), mean(({ availability }) => availability));
      mustContain(Math.exp(-0.72), mean(({ failed }) => (failed ? 0 : 1)));
    });

    it('insensitivity: the shape of times to failure and of repairs does not move A', () => {
      const shapes: readonly (readonly [Section | string, Section | string])[] = [
        [{ weibull: { shape: 2, scale: '1000h' } }, { lognormal: { median: '50h', p95: '200h' } }], [{ uniform: ['0h', '2000h'] }, '100h'],
      ];
      const means = [[1000 * Math.sqrt(Math.PI) / 2, 50 * Math.exp((Math.log(4) / 1.6448536269514722) ** 2 / 2)], [1000, 100]];
      shapes.forEach(([mttf, mttr], index) => {
        const rows = rowsOf(systemOf({ seed: 43, hours: 100 * YEAR, topology: { s: { kind: 'server' } }, faults: [{ id: 'fails', kind: 'crash', target: 's', mttf, mttr, start: 'stationary' }] }), 's', 30);
        const [up, down] = means[index];
        mustContain(down / (up + down), figures(rows, 'availability').map((share) => 1 - share));
      });
    });
  });

  describe('two units in hot standby, λ = 1/1000 h, μ = 1/8 h', () => {
    const [lambda, mu] = [1 / 1000, 1 / 8];
    const both = (crew: Section): { readonly topology: Readonly<Record<string, Section>>; readonly faults: readonly Section[] } => ({
      topology: { s: { kind: 'server', count: 2 }, app: { kind: 'application', on: ['s1', 's2'] }, crew: { kind: 'repair-crew', ...crew } },
      faults: [{ id: 'fails', kind: 'crash', target: 's*', mttf: hours(1000), mttr: hours(8), crew: 'crew' }],
    });

    it('one crew: U = 2λ²/(μ² + 2λμ + 2λ²), birth and death', () => {
      const rows = rowsOf(systemOf({ seed: 44, hours: 100 * YEAR, ...both({}) }), 'app', 250);
      mustContain((2 * lambda ** 2) / (mu ** 2 + 2 * lambda * mu + 2 * lambda ** 2), figures(rows, 'availability').map((share) => 1 - share), RARE);
      // All of it is a double fault.
      for (const { downtime_by_cause: text } of rows) if (text !== null) expect(text).to.match(/^fails\+fails:[\d.]+$/);
    });

    it('two crews: U = (λ/(λ + μ))²', () => {
      const rows = rowsOf(systemOf({ seed: 45, hours: 100 * YEAR, ...both({ capacity: 2 }) }), 'app', 250);
      mustContain((lambda / (lambda + mu)) ** 2, figures(rows, 'availability').map((share) => 1 - share), RARE);
    });

    it('time to the first outage = (3λ + μ)/(2λ²) = 64 000 h', () => {
      const until = hoursUntil(systemOf({ seed: 46, hours: 200 * YEAR, ...both({}) }), /^s\d$/, 2500, 2);
      mustContain((3 * lambda + mu) / (2 * lambda ** 2), until, RARE);
    });
  });

  describe('three of five, λ = 1/500 h, μ = 1/10 h', () => {
    const five = (crew: Section): Parameters<typeof systemOf>[0] => ({
      seed: 47, hours: 100 * YEAR, topology: { s: { kind: 'server', count: 5 }, crew: { kind: 'repair-crew', ...crew } },
      faults: [{ id: 'fails', kind: 'crash', target: 's*', mttf: hours(500), mttr: hours(10), crew: 'crew' }],
    });

    it('a crew for each: U = Σ C(5, n) u^n (1 − u)^(5 − n), n ≥ 3', () => {
      const u = 10 / 510;
      const truth = [[10, 3], [5, 4], [1, 5]].reduce((sum, [ways, n]) => sum + ways * u ** n * (1 - u) ** (5 - n), 0);
      mustContain(truth, countDown(systemOf(five({ capacity: 5 })), /^s\d$/, 250).map((count) => count.shareDown(3)), RARE);
    });

    it('one crew: birth and death', () => {
      mustContain(birthAndDeath(5, 1, 1 / 500, 1 / 10).slice(3).reduce((sum, p) => sum + p, 0), countDown(systemOf(five({})), /^s\d$/, 100).map((count) => count.shareDown(3)), RARE);
    });
  });

  it('common cause in two units, λ = 1/5000 h, μ = 1/6 h, β = 5 %, a crew for each: U of the beta-factor chain', () => {
    const [lambda, mu, beta] = [1 / 5000, 1 / 6, 0.05];
    const one = ((2 - beta) * lambda) / mu;
    const two = (beta * lambda + one * lambda) / (2 * mu);
    const definition = systemOf({
      seed: 48, hours: 200 * YEAR, topology: { s: { kind: 'server', count: 2 }, app: { kind: 'application', on: ['s1', 's2'] } },
      faults: [{ id: 'fails', kind: 'crash', target: 's*', mttf: hours(5000), mttr: hours(6), beta: '5%' }],
    });
    mustContain(two / (1 + one + two), figures(rowsOf(definition, 'app', 250), 'availability').map((share) => 1 - share), RARE);
  });

  describe('machine repair: N = 10, 2 crews, λ = 0.1/h, μ = 1/h', () => {
    const p = birthAndDeath(10, 2, 0.1, 1);
    const down = p.reduce((sum, share, n) => sum + share * n, 0);
    const measured = 2000;
    let counts: ReturnType<typeof countDown>;
    let crew: ReturnType<typeof rowsOf>;
    before(() => {
      const definition = systemOf({
        seed: 49, warmup: 100, hours: measured, topology: { s: { kind: 'server', count: 10 }, crew: { kind: 'repair-crew', capacity: 2 } },
        faults: [{ id: 'fails', kind: 'crash', target: 's*', mttf: hours(10), mttr: hours(1), crew: 'crew' }],
      });
      counts = countDown(definition, /^s\d+$/, 40);
      crew = rowsOf(definition, 'crew', 40);
    });
    it('mean number down, birth and death', () => mustContain(down, counts.map(({ mean }) => mean)));
    it('availability of a machine', () => mustContain(1 - down / 10, counts.map(({ mean }) => 1 - mean / 10)));
    it('P(all up)', () => mustContain(p[0], counts.map((count) => 1 - count.shareDown(1))));
    it('failures per hour = λ(N − mean down)', () => mustContain(0.1 * (10 - down), counts.map(({ failures }) => failures / measured)));
    it('mean time down = mean down / failures per hour, Little 1961', () => mustContain(down / (0.1 * (10 - down)), counts.map(({ mean, failures }) => (mean * measured) / failures)));
    it('crews: busy = failures per hour / μ, waiting = mean down − busy', () => {
      const busy = 0.1 * (10 - down);
      mustContain(busy / 2, figures(crew, 'utilisation'));
      mustContain(down - busy, figures(crew, 'queue_mean'), RARE);
    });
  });
});

/** Steady state of N units with so many crews: probabilities of 0…N down. */
function birthAndDeath(units: number, crews: number, lambda: number, mu: number): readonly number[] {
  const weights = [1];
  for (let n = 1; n <= units; n++) weights.push((weights[n - 1] * (units - n + 1) * lambda) / (Math.min(n, crews) * mu));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
