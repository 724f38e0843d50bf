/** An exact solution as one JSON document. Units stand at the end of a name, as in the files. */
import type { Compared } from '../../experiment/exact/compare.js';
import type { Outcome, Solution } from '../../experiment/exact/solve.js';
import type { ExactAbout } from './text.js';

export function exactDocument({ version, name, scenarioHash }: ExactAbout, outcome: Outcome, exitCode: number): object {
  return { name, version, scenario_hash: scenarioHash, exit_code: exitCode, ...outcomeRecord(outcome) };
}

export function outcomeRecord(outcome: Outcome): object {
  if (outcome.type === 'obstacles') return { solved: false, obstacles: outcome.obstacles };
  if (outcome.type === 'too-many') return { solved: false, max_states: outcome.limit };
  return { solved: true, ...solutionRecord(outcome.solution) };
}

function solutionRecord({ states, transitions, warmup, horizon, subjects }: Solution): object {
  return {
    states, transitions, warmup_s: warmup, horizon_s: horizon,
    subjects: subjects.map(({ type, name, alike, longRun, run, firstOutage, instants }) => ({
      type, name, alike,
      long_run: longRun === null ? null : {
        availability: longRun.availability, unavailability: longRun.unavailability, outages_per_year: longRun.outagesPerYear,
        downtime_per_year_s: longRun.downtimePerYear, mean_up_s: longRun.meanUp, mean_down_s: longRun.meanDown,
        spent: Object.fromEntries(longRun.spent.map(({ on, share }) => [on, share])),
      },
      run: { availability: run.availability, outages_per_year: run.outagesPerYear },
      first_outage_s: firstOutage,
      instants: instants.map(({ time, availability, reliability }) => ({ time_s: time, availability, reliability })),
    })),
  };
}

export function comparisonRecords(compared: readonly Compared[]): object[] {
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return compared.map(({ metric, exact, mean, low, high, agreement }) => ({ metric, exact, mean: orNull(mean), ci95_low: orNull(low), ci95_high: orNull(high), agrees: agreement }));
}
