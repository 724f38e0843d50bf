/** Expectations with verdict and value, and for those not met the reason and the place where they stand. */
import type { Cell, ExperimentResult, JudgedExpectation, Verdict } from '../../experiment/result.js';
import type { Unit } from '../../experiment/columns.js';
import { figure } from '../figures.js';
import type { Paint } from '../paint.js';
import { left, table } from '../table.js';

/** Those that are met are cut first; those that are not are always listed. */
const LONGEST_MET = 10;

export function expectationSection(result: ExperimentResult, paint: Paint): string[] {
  const all = result.expectations;
  if (all.length === 0) return [];
  const met = all.filter((judged) => judged.verdict === 'met');
  const hidden = new Set(met.slice(LONGEST_MET));
  const shown = all.filter((judged) => !hidden.has(judged));
  const [, ...lines] = table([left(''), left(''), left('')], shown.map((judged) => [mark(judged.verdict, paint), judged.text, judgedValue(judged)]));
  return [
    `${paint.title('Expectations')} ${verdictCount(all, paint)}`,
    ...shown.flatMap((judged, i) => [lines[i], ...reason(judged, paint)]),
    ...(hidden.size > 0 ? [paint.dim(`  … ${String(hidden.size)} more, all met`)] : []),
  ];
}

/** `3 of 4 met, 1 missed`. */
export function verdictCount(all: readonly JudgedExpectation[], paint: Paint): string {
  const number = (verdict: Verdict): number => all.filter((judged) => judged.verdict === verdict).length;
  const others = (['missed', 'undecided', 'no-data'] as const).filter((verdict) => number(verdict) > 0);
  const text = [`${String(number('met'))} of ${String(all.length)} met`, ...others.map((v) => `${String(number(v))} ${v}`)].join(', ');
  return others.length === 0 ? paint.good(text) : others.includes('missed') ? paint.bad(text) : paint.warn(text);
}

export function mark(verdict: Verdict, paint: Paint): string {
  return { met: paint.good, missed: paint.bad, undecided: paint.warn, 'no-data': paint.warn }[verdict](verdict);
}

/** `2m10s [1m58s, 2m22s]`. */
export function judgedValue(judged: JudgedExpectation): string {
  const unit = unitOfBound(judged.bound);
  const shown = (cell: Cell): string => figure(cell, unit);
  if (judged.value === null) return 'no value';
  const interval = judged.ci95Low === null || judged.ci95High === null ? '' : ` [${shown(judged.ci95Low)}, ${shown(judged.ci95High)}]`;
  return `${shown(judged.value)}${interval}`;
}

/** A verdict does not carry the unit of its value, but its bound is written in it. */
function unitOfBound(bound: string): Unit {
  if (bound.includes('%')) return 'share';
  if (/\d\s*\/\s*(s|min|h|d)/.test(bound)) return 'per_s';
  return /\d\s*(us|µs|ms|s|m|h|d|w)\b/.test(bound) ? 's' : 'count';
}

function reason(judged: JudgedExpectation, paint: Paint): string[] {
  if (judged.verdict === 'met') return [];
  const place = judged.place === undefined ? '' : ` (${judged.place.file}:${String(judged.place.line)})`;
  return judged.reason === '' && place === '' ? [] : [paint.dim(`    ${judged.reason}${place}`)];
}
