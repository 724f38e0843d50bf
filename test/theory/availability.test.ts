/**
 * Random failures and repairs of single units: from the text of a scenario to the rows about components, against Markov chains and renewal theory.
 * Each figure is judged by its own 95 % interval over replications (Student's t); seeds are fixed. Half widths are below 2 % of the
 * answer, of what is rare below 5 %.
 */
import type { Section } from '../properties/support/simulate.js';
import { HOUR, RARE, YEAR, figures, hours, rowsOf, systemOf, unitSamples } from './support/availability.js';
import { mustContain } from './support/station.js';

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
});
