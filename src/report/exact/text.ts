/**
 * An exact solution on the terminal: the long run, the course from time 0, and a simulation beside it.
 *
 * Shares have ten digits, since the differences between good systems stand behind many nines. Nothing is computed here.
 */
import type { Compared } from '../../experiment/exact/compare.js';
import type { Outcome, Solution, Solved } from '../../experiment/exact/solve.js';
import { NOTHING, count, duration, figure, plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { left, right, table } from '../table.js';

const DIGITS = 10;
const SHORT_HASH = 12;

export interface ExactAbout {
  readonly version: string;
  readonly name: string;
  readonly scenarioHash: string;
  readonly description: string | null;
}

export function exactText(solution: Solution, about: ExactAbout, paint: Paint): string {
  const { states, transitions } = solution;
  const first = [
    paint.strong(`hasim ${about.version}`), paint.title(about.name), `scenario ${about.scenarioHash.slice(0, SHORT_HASH)}`,
    `exact: ${plural(states, 'state')}, ${plural(transitions, 'transition')}`,
  ].join(' · ');
  const last = paint.dim(`scenario ${about.scenarioHash.slice(0, SHORT_HASH)} · hasim ${about.version}`);
  const question = about.description?.trim() ?? '';
  const sections = [[first, ...(question === '' ? [] : [question])], longRunSection(solution, paint), ...spentSection(solution, paint), courseSection(solution, paint), [last]];
  return `${sections.map((section) => section.join('\n')).join('\n\n')}\n`;
}

export function exactShare(value: number): string {
  return `${String(Number((value * 100).toPrecision(DIGITS)))}%`;
}

const orNothing = (value: number | null, shown: (value: number) => string): string => (value === null ? NOTHING : shown(value));

function nameOf({ name, alike }: Solved, paint: Paint): string {
  return paint.strong(name) + (alike.length === 0 ? '' : ` and ${String(alike.length)} alike`);
}

function longRunSection({ subjects }: Solution, paint: Paint): string[] {
  if (subjects.length === 0) return ['Nothing is ever down.'];
  if (subjects.every(({ longRun }) => longRun === null)) return ['There is no long run: it depends on what happens first, or something never comes back.'];
  return [
    paint.title('In the long run'),
    ...table([left(''), right('available'), right('down a year'), right('outages a year'), right('mean up'), right('mean down')],
      subjects.map((subject) => {
        const { longRun } = subject;
        if (longRun === null) return [nameOf(subject, paint), ...Array.from({ length: 5 }, () => NOTHING)];
        const { availability, downtimePerYear, outagesPerYear, meanUp, meanDown } = longRun;
        return [nameOf(subject, paint), exactShare(availability), duration(downtimePerYear), significant(outagesPerYear), orNothing(meanUp, duration), orNothing(meanDown, duration)];
      }), { paintHeader: paint.dim }),
  ];
}

/** Only for those whose kind says what its states are spent on. */
function spentSection({ subjects }: Solution, paint: Paint): string[][] {
  const rows = subjects.flatMap((subject) => (subject.longRun?.spent ?? []).map(({ on, share }, index) => [index === 0 ? nameOf(subject, paint) : '', on, exactShare(share)]));
  if (rows.length === 0) return [];
  return [[paint.title('Of the time down'), ...table([left(''), left(''), right('share')], rows, { paintHeader: paint.dim })]];
}

function courseSection({ subjects, warmup, horizon }: Solution, paint: Paint): string[] {
  if (subjects.length === 0) return [];
  const mean = warmup === 0 ? `mean over ${duration(horizon)}` : `mean ${duration(warmup)} to ${duration(horizon)}`;
  return [
    paint.title('From time 0'),
    ...table([left(''), left(''), right('available'), right('never down'), right(warmup === 0 ? 'first outage' : `first outage after ${duration(warmup)}`)],
      subjects.flatMap((subject) => [
        [nameOf(subject, paint), mean, exactShare(subject.run.availability), '', orNothing(subject.firstOutage, duration)],
        ...subject.instants.map(({ time, availability, reliability }) => ['', `at ${duration(time)}`, exactShare(availability), orNothing(reliability, exactShare), '']),
      ]), { paintHeader: paint.dim }),
  ];
}

/** Six digits; a rare outage is not rounded to none. */
const significant = (value: number): string => (value >= 100 ? count(value) : String(Number(value.toPrecision(6))));

/** A simulation beside the exact figures. */
export function comparisonSection(compared: readonly Compared[], paint: Paint): string[] {
  if (compared.length === 0) return ['Exact solution: nothing is ever down.'];
  const marks = { yes: paint.good, apart: paint.warn, no: paint.bad, 'too few': paint.dim };
  const apart = compared.filter(({ agreement }) => agreement === 'apart').length;
  const no = compared.filter(({ agreement }) => agreement === 'no').length;
  const shown = (value: number, column: Compared['column']): string => (column === 'availability' ? exactShare(value) : significant(value));
  return [
    paint.title('Simulation and exact solution') + paint.dim(' (means over the run)'),
    ...table([left(''), right('exact'), right('simulated'), left('95 % interval'), left('agrees')],
      compared.map(({ metric, column, exact, mean, low, high, agreement }) => [
        metric, shown(exact, column), shown(mean, column), Number.isNaN(low) ? NOTHING : `${rounded(low, column)} to ${rounded(high, column)}`, marks[agreement](agreement),
      ]), { paintHeader: paint.dim }),
    ...(apart === 0 ? [] : [paint.dim(`  apart: outside of the 95 % interval, as one true figure in twenty is`)]),
    ...(no === 0 ? [] : [paint.bad(`  ${plural(no, 'figure')} further away than chance brings it in one run of a thousand: one of the two is wrong`)]),
  ];
}

const rounded = (value: number, column: Compared['column']): string => (column === 'availability' ? `${String(Number((value * 100).toPrecision(7)))}%` : figure(value, 'count'));

/** Why there is no exact solution. */
export function unsolvedText(outcome: Exclude<Outcome, { readonly type: 'solution' }>, name: string): string {
  if (outcome.type === 'too-many') {
    return `${name}: more than ${plural(outcome.limit, 'state')}; --max-states allows more, fewer parts that fail on their own or more that are alike need fewer\n`;
  }
  const lines = outcome.obstacles.map(({ path, reason }) => `  ${path} ${reason}\n`);
  return `${name} is no Markov chain, so it has no exact solution:\n${lines.join('')}  exact are durations that are exponential, erlang or hyperexponential, and those of 0s\n`;
}
