/**
 * A comparison on the terminal: what is worse and better first, then what only differs, what is not decided, and how much is the same.
 *
 * First and last line carry seeds, scenarios and version. Long lists are cut, except what is worse; whoever wants all writes the file.
 */
import { countOf } from '../../experiment/compare/comparison.js';
import type { ComparedMetric, RunComparison } from '../../experiment/compare/comparison.js';
import type { ComparableRun } from '../../experiment/compare/comparable.js';
import type { ComparisonVerdict } from '../../experiment/compare/difference.js';
import type { Cell } from '../../experiment/result.js';
import type { Unit } from '../../experiment/columns.js';
import { figure, NOTHING, plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { left, right, table } from '../table.js';
import { wrap } from '../wrap.js';

export interface Compared {
  readonly base: ComparableRun;
  readonly candidate: ComparableRun;
  readonly comparison: RunComparison;
  /** What else the reader must know, a sentence each. */
  readonly notes: readonly string[];
  /** Written file, if any. */
  readonly file: string | null;
  readonly version: string;
}

/** Lines of one section; what is worse is never cut. */
const LONGEST = 12;
const SHOWN_DIGITS = 12;
/** Names of measures longer than this go on in the next line. */
const WIDEST_NAME = 36;

export function comparisonText(compared: Compared, paint: Paint): string {
  const { comparison, file } = compared;
  const sections = [
    heading(compared, paint),
    section(comparison, 'worse', 'Worse', paint.bad, Infinity, paint),
    section(comparison, 'better', 'Better', paint.good, LONGEST, paint),
    section(comparison, 'different', 'Different, neither better nor worse', paint.warn, LONGEST, paint),
    section(comparison, 'undecided', 'Undecided', paint.warn, LONGEST, paint),
    unmatched(comparison, paint),
    [...(file === null ? [] : [`all measures in ${file}`]), verdictLine(comparison, paint), lastLine(compared, paint)],
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** With `--quiet`: what is worse, how many there are of each verdict, and what was compared. */
export function quietComparison(compared: Compared, paint: Paint): string {
  const { comparison } = compared;
  return `${[...section(comparison, 'worse', 'Worse', paint.bad, Infinity, paint), verdictLine(comparison, paint), lastLine(compared, paint)].join('\n')}\n`;
}

function heading({ base, candidate, comparison, notes, version }: Compared, paint: Paint): string[] {
  const { paired, replications } = comparison;
  const how = paired ? `${plural(replications.base, 'replication')}, compared in pairs` : `${String(replications.base)} and ${plural(replications.candidate, 'replication')} of different seeds`;
  return [
    `${paint.strong(`hasim ${version}`)} · ${paint.title('compare')} · ${how}`,
    ...[['base', base], ['candidate', candidate]].map(([what, run]) => {
      const { label, seed, scenarioHash } = run as ComparableRun;
      return `  ${String(what).padEnd(9)}  ${label} · seed ${String(seed)} · scenario ${scenarioHash.slice(0, SHOWN_DIGITS)}`;
    }),
    ...notes.flatMap((note) => wrap(note, 2).map(paint.dim)),
  ];
}

function section({ rows }: RunComparison, verdict: ComparisonVerdict, title: string, colour: (text: string) => string, longest: number, paint: Paint): string[] {
  const those = rows.filter((row) => row.verdict === verdict);
  if (those.length === 0) return [];
  const shown = those.slice(0, longest);
  const estimated = shown.some(({ low, high }) => low !== null || high !== null);
  const margins = shown.some(({ margin }) => margin > 0);
  const heads = [left('measure', WIDEST_NAME), right('base'), right('candidate'), right('difference'), ...(estimated ? [left('95 % interval')] : []), ...(margins ? [right('margin')] : [])];
  const cells = shown.map((row) => [
    `${row.subject}.${row.metric}`, figureOf(row.base, row.unit), figureOf(row.candidate, row.unit), signed(row.difference, row.unit),
    ...(estimated ? [intervalOf(row)] : []), ...(margins ? [row.margin > 0 ? figure(row.margin, row.unit) : ''] : []),
  ]);
  return [
    `${colour(title)} ${paint.dim(`(${String(those.length)})`)}`,
    ...table(heads, cells, { paintHeader: paint.dim }),
    ...(those.length > shown.length ? [paint.dim(`  … ${String(those.length - shown.length)} more; --out DIR writes all of them, --metric shows some`)] : []),
  ];
}

function intervalOf({ low, high, unit, onesided }: ComparedMetric): string {
  const interval = low === null || high === null ? '' : `[${signed(low, unit)}, ${signed(high, unit)}]`;
  const note = onesided === 0 ? '' : `${plural(onesided, 'replication')} on one side only`;
  return [interval, note].filter((part) => part !== '').join(' ');
}

function figureOf(cell: Cell, unit: Unit): string {
  return cell === '' ? 'none' : figure(cell, unit);
}

function signed(cell: Cell, unit: Unit): string {
  if (typeof cell !== 'number') return NOTHING;
  if (cell === Infinity || cell === -Infinity) return cell > 0 ? '+∞' : '-∞';
  if (cell < 0) return `-${figure(-cell, unit)}`;
  return `${cell > 0 ? '+' : ''}${figure(cell, unit)}`;
}

function unmatched({ onlyInBase, onlyInCandidate }: RunComparison, paint: Paint): string[] {
  const lines = ([['base', onlyInBase], ['candidate', onlyInCandidate]] as const).flatMap(([side, names]) => (names.length === 0 ? [] : wrap(`only in ${side}: ${shortList(names)}`, 2)));
  return lines.length === 0 ? [] : [paint.title('Not compared'), ...lines];
}

function shortList(names: readonly string[]): string {
  return names.length <= LONGEST ? names.join(', ') : `${names.slice(0, LONGEST).join(', ')} and ${String(names.length - LONGEST)} more`;
}

function verdictLine({ rows }: RunComparison, paint: Paint): string {
  const parts = (['worse', 'better', 'different', 'undecided', 'same'] as const).map((verdict) => ({ verdict, count: countOf(rows, verdict) })).filter(({ count }) => count > 0);
  const text = `${plural(rows.length, 'measure')}: ${parts.map(({ verdict, count }) => `${String(count)} ${verdict}`).join(', ')}`;
  if (rows.length === 0) return paint.warn('nothing to compare: no measure has a value');
  return countOf(rows, 'worse') > 0 ? paint.bad(text) : countOf(rows, 'undecided') > 0 ? paint.warn(text) : paint.good(text);
}

function lastLine({ base, candidate, version }: Compared, paint: Paint): string {
  const of = ({ seed, scenarioHash }: ComparableRun): string => `seed ${String(seed)} · scenario ${scenarioHash.slice(0, SHOWN_DIGITS)}`;
  const which = of(base) === of(candidate) ? of(base) : `base ${of(base)} · candidate ${of(candidate)}`;
  return paint.dim(`${which} · hasim ${version}`);
}
