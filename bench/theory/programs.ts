/**
 * Cases that no expectation of a scenario can state, or only with far more runs: times to the first outage, for which a run ends when it comes; time
 * down by what it is spent on; how long who waits; many units at an instant. The systems are those of `scenarios/theory`.
 *
 * Each gives one value per replication, judged as an expectation with `~` is. Not here: what follows from a miss (`rule.ts`).
 */
import { meanInterval } from '../../src/stats/index.js';
import { engineOf } from '../../test/properties/support/simulate.js';
import { DownCount, HOUR, hours, systemOf, unitSamples } from '../../test/theory/support/availability.js';
import { rowsOfFile, theoryFile } from '../../test/theory/support/file.js';
import { observe } from '../../test/theory/support/station.js';
import type { Figure, Measured } from './figures.js';

interface Program {
  readonly name: string;
  readonly replications: number;
  /** `within`: half-width as a share of the truth. */
  readonly figures: readonly { readonly text: string; readonly truth: number; readonly within: number }[];
  /** Values of each figure, one per replication. */
  readonly run: (seed: string, replications: number) => readonly (readonly number[])[];
}

/** Means after which a run is given up: no clock goes on for longer than 285 years, and one in a hundred million would. */
const LONGEST = 19;

/** Hours until so many of the units are down. */
function firstOutage(file: string, units: RegExp, fatal: number, mean: number): Program['run'] {
  return (seed, replications) => {
    const { definition } = theoryFile(file, { seed, set: [`run.horizon=${String(LONGEST * mean)}h`] });
    return [Array.from({ length: replications }, (_, index) => {
      const engine = engineOf(definition, { replication: index + 1 });
      const count = new DownCount(engine.map, units, 0, fatal);
      engine.read(count);
      for (let until = mean / 100; count.firstFatal === Infinity && until < LONGEST * mean; until += mean / 100) engine.advance(Math.round(until * HOUR));
      return count.firstFatal / HOUR;
    })];
  };
}

/** Seconds a year. */
function spentOn(seed: string, replications: number): number[][] {
  const texts = rowsOfFile('imperfect-switch', { seed, replications }).texts('pair', 'downtime_by_cause');
  return ['failover', 'failed-switch', 'double-fault'].map((on) => texts.map((text) => text.split(' ').map((part) => part.split(':'))
    .reduce((sum, [causes, seconds]) => sum + (causes.endsWith(`>${on}`) ? Number(seconds) : 0), 0) / 100));
}

const first = (name: string, units: RegExp, fatal: number, mean: number): Program => ({
  name, replications: 1800, figures: [{ text: 'hours', truth: mean, within: 0.05 }], run: firstOutage(name.split(':')[0], units, fatal, mean),
});

/** 200 new units at a time. */
function downAt8h(seed: string, replications: number): number[][] {
  const fault = { id: 'fails', kind: 'crash', target: 'unit*', mttf: hours(1000), mttr: hours(4) };
  const definition = systemOf({ seed, hours: 9, topology: { unit: { kind: 'server', count: 200 } }, faults: [fault] });
  return [unitSamples(definition, 8 * HOUR, replications).map((units) => units.filter(({ downThen }) => downThen).length / units.length)];
}

/** Seconds a year that the pair with imperfect switch is down. */
const DOWN = 768.337212123;

const PROGRAMS: readonly Program[] = [
  // MTTF = (3λ + μ)/(2λ²), (2λ + μ)/λ², and that of a birth and death chain with one crew.
  first('hot-standby-one-crew: first outage', /^s\d$/, 2, 64_000),
  first('cold-standby-1-crew: first outage', /^unit\d$/, 2, 127_000),
  first('three-of-five-one-crew: first outage', /^s\d$/, 3, 24_558.333333),
  { name: 'repairable-unit-new: at 8 h', replications: 2600, figures: [{ text: 'P(down)', truth: 1 - 0.9965508243831642, within: 0.05 }], run: downAt8h },
  {
    name: 'imperfect-switch: time down', replications: 2600, run: spentOn,
    figures: [['failover', 0.24296675191815845], ['failed switch', 0.5115089514066498], ['double fault', 0.2455242966751917]].map(([text, share]) => ({
      text: `${String(text)}, s a year`, truth: DOWN * Number(share), within: 0.05,
    })),
  },
  {
    // Long waits come in clusters: 5 % of their share would take 200 million messages.
    name: 'erlang-c-busy: waits', replications: 30,
    figures: [{ text: 'P(wait)', truth: 0.668731524107697, within: 0.02 }, { text: 'P(wait > 0.5 s)', truth: 0.004505877566055308, within: 0.15 }],
    run: (seed, replications) => {
      const { waitingShare, longShare } = observe({ seed, rate: 90, work: { exponential: '100ms' }, servers: 10, warmup: 20, measured: 8000, replications, long: 0.5 });
      return [waitingShare, longShare];
    },
  },
];

export const programNames: readonly string[] = PROGRAMS.map(({ name }) => name);

export function runProgram(name: string, seed = '1'): Measured {
  const { figures, replications, run } = PROGRAMS.find((program) => program.name === name)!;
  const values = run(seed, replications);
  return {
    seed,
    figures: figures.map(({ text, truth, within }, index): Figure => {
      const { mean, low, high, halfWidth } = meanInterval(values[index]);
      const verdict = !(low <= truth && truth <= high) ? 'missed' : halfWidth <= within * truth ? 'met' : 'undecided';
      return { text, truth, away: false, size: truth, within, judged: { expectation: text, verdict, value: mean, ci95_low: low, ci95_high: high } };
    }),
  };
}
