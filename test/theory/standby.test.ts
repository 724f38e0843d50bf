/**
 * Two units of which one is enough, with faults of their own and in common, against Markov chains: from the text of a scenario to rows.
 * Each figure is judged by its own 95 % interval over replications (Student's t); seeds are fixed. Half widths are below 2 % of the
 * answer, of what is rare below 5 %.
 */
import { expect } from 'chai';
import type { Section } from '../properties/support/simulate.js';
import { RARE, YEAR, figures, hours, hoursUntil, rowsOf, systemOf } from './support/availability.js';
import { mustContain } from './support/station.js';

describe('theory: availability of two units', function () {
  this.timeout(300_000);

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
});
