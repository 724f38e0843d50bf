/**
 * Ranges of values: `1..8`, `10s..1m..10s` with a step, `log:1s..100s:5` with so many points in equal ratios.
 *
 * A range without a step, or without a number of points, is a continuum unless it is one of whole numbers. Figures in between are
 * rounded, to the step or to so many digits, so that what stands in a table is what was simulated.
 */
import type { Levels } from '../../experiment/sweep/variants.js';
import { formatDuration, parseDuration } from '../quantities/duration.js';
import { read, refused } from './problem.js';
import type { Read } from './problem.js';

export const RANGE_FORM = '1..8, 1..8..2 with a step, 10s..1m..10s, or log:1s..100s:5 with a number of points';

/** Digits of a figure that is not written by the user. */
const LOG_DIGITS = 3;
const SAMPLE_DIGITS = 4;

/** A number with what stands behind it; durations in microseconds. */
interface End { readonly amount: number; readonly unit: string; readonly decimals: number }
const DURATION = 'duration';

/** A text in quotes, or a path like ../arrivals.csv, is none. */
export function isRange(text: string): boolean {
  return /^(log:|-?\d).*\.\./.test(text) || text.startsWith('log:');
}

export function parseRange(text: string): Read<Levels> {
  const log = text.startsWith('log:');
  const [, body, points] = log ? /^log:(.*?)(?::([^:]*))?$/.exec(text)! : ['', text, undefined];
  const parts = body.split('..');
  const form = (): Read<Levels> => refused(`"${text}" is not a range`, `a range is written like ${RANGE_FORM}`);
  if (parts.length < 2 || parts.length > (log ? 2 : 3)) return form();
  const ends = parts.map(endOf);
  const unreadable = ends.findIndex((end) => end === null);
  if (unreadable >= 0) return refused(`"${text}": "${parts[unreadable]}" is not a number, with or without a unit`, `a range is written like ${RANGE_FORM}`);
  const [from, to, step] = ends as End[];
  const units = new Set((ends as End[]).filter(({ amount }) => amount !== 0).map(({ unit }) => unit));
  if (units.size > 1) return refused(`"${text}" mixes units`, 'write both ends and the step in one unit');
  const unit = [...units][0] ?? from.unit;
  if (to.amount < from.amount) return refused(`the range "${text}" is empty: it goes down`, `write the smaller end first: ${log ? 'log:' : ''}${parts[1]}..${parts[0]}`);
  return log ? logRange(text, from, to, unit, points) : linearRange(text, from, to, unit, step);
}

function linearRange(text: string, from: End, to: End, unit: string, step: End | undefined): Read<Levels> {
  const whole = unit === '' && from.decimals === 0 && to.decimals === 0;
  if (step === undefined && !whole) {
    const span = to.amount - from.amount;
    return read({ count: null, at: (share) => written(clamped(rounded(from.amount + span * share, SAMPLE_DIGITS), from, to), unit) });
  }
  const by = step?.amount ?? 1;
  if (by <= 0) return refused(`"${text}": the step must be more than 0`);
  // In units of the last decimal that is written, so that 0.1..0.3..0.1 ends with 0.3.
  const scale = 10 ** Math.max(from.decimals, to.decimals, step?.decimals ?? 0);
  const [first, last, stride] = [from.amount, to.amount, by].map((amount) => Math.round(amount * scale));
  return read({ count: Math.floor((last - first) / stride) + 1, at: (place) => written((first + place * stride) / scale, unit) });
}

function logRange(text: string, from: End, to: End, unit: string, points: string | undefined): Read<Levels> {
  if (from.amount <= 0) return refused(`"${text}": a logarithmic range begins above 0`);
  const whole = unit === '' && from.decimals === 0 && to.decimals === 0;
  const at = (share: number, digits: number): string => {
    const amount = clamped(rounded(from.amount * (to.amount / from.amount) ** share, digits), from, to);
    return written(whole ? Math.round(amount) : amount, unit);
  };
  if (points === undefined) return read({ count: null, at: (share) => at(share, SAMPLE_DIGITS) });
  const count = /^\d{1,9}$/.test(points) ? Number(points) : 0;
  if (count < 2) return refused(`"${text}": "${points}" is not a number of points`, 'at least 2: log:1s..100s:5');
  const level = (place: number): string => at(place / (count - 1), LOG_DIGITS);
  for (let place = 1; place < Math.min(count, 10_000); place += 1) {
    if (level(place) === level(place - 1)) return refused(`"${text}": ${String(count)} points are too many: ${level(place)} would come twice`);
  }
  return read({ count, at: level });
}

function endOf(text: string): End | null {
  const [, number, decimals = '', unit = ''] = /^(-?\d+(?:\.(\d+))?)([A-Za-z%/]*)$/.exec(text) ?? [];
  if (number !== undefined && unit === '') return { amount: Number(number), unit, decimals: decimals.length };
  const duration = parseDuration(text);
  if (duration.ok) return { amount: duration.value, unit: DURATION, decimals: 0 };
  return number === undefined ? null : { amount: Number(number), unit, decimals: decimals.length };
}

function written(amount: number, unit: string): string {
  return unit === DURATION ? formatDuration(amount) : `${String(amount)}${unit}`;
}

const rounded = (amount: number, digits: number): number => Number(amount.toPrecision(digits));
const clamped = (amount: number, from: End, to: End): number => Math.min(to.amount, Math.max(from.amount, amount));
