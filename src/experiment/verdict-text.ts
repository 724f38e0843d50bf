/** Figures in the reasons of verdicts: six digits and the unit of the column. Not for files, which hold full precision. */
import type { Column } from './columns.js';
import type { Known } from './truth.js';

const UNITS = { count: '', s: ' s', share: ' %', per_s: '/s', text: '' } as const;

export function figureText({ unit }: Column, value: number): string {
  // Availabilities differ behind many nines, so shares keep more digits.
  const figure = unit === 'share' ? (100 * value).toPrecision(9) : value.toPrecision(6);
  return `${Number(figure)}${UNITS[unit]}`;
}

/** A figure, or what is known of one that is not. */
export function knownText(column: Column, { low, high }: Known): string {
  return high === Infinity ? `not reached by the end, so at least ${figureText(column, low)}` : figureText(column, low);
}
