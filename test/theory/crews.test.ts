/**
 * Several units and the crews that repair them: from the text of a scenario to the rows about components, against birth and death.
 * Each figure is judged by its own 95 % interval over replications (Student's t); seeds are fixed. Half widths are below 2 % of the
 * answer, of what is rare below 5 %.
 */
import type { Section } from '../properties/support/simulate.js';
import { RARE, YEAR, birthAndDeath, countDown, figures, hours, rowsOf, systemOf } from './support/availability.js';
import { mustContain } from './support/station.js';

describe('theory: availability of several units', function () {
  this.timeout(300_000);

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
