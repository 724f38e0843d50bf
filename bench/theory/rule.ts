/**
 * When theory and simulation disagree: what one figure says, and what all of them together.
 *
 * A figure whose 95 % interval does not hold the truth is `apart`; of twenty that are right one is. So it is measured four times more, with
 * other seeds, and the interval of these four together decides: it misses a right figure once in twenty, both do so once in four hundred, while a bias that the first interval would notice half of the time is noticed by the second 39 times out of 40. An interval
 * wider than the scenario asks for proves nothing. Reasons: docs/decisions/085-a-row-that-misses.md.
 *
 * Not here: who runs the scenarios.
 */

/** What `hasim test` says of an expectation. */
export interface Judged {
  readonly expectation: string;
  readonly verdict: 'met' | 'missed' | 'undecided' | 'no-data';
  readonly value: number | null;
  readonly ci95_low: number | null;
  readonly ci95_high: number | null;
}

/** `apart`: outside of its first interval; the second one has yet to decide. `again`: it held at the second one. */
export type Standing = 'holds' | 'wide' | 'apart' | 'again' | 'missed';

/** Measurements of the second interval, each as long as the first and with a seed of its own. */
export const MORE = 4;

/** A figure with its truth, as far as the rule goes. */
export interface Weighed {
  readonly truth: number;
  /** What the truth is measured by: the truth itself, or, of a share near 1, what is missing. */
  readonly size: number;
  /** How wide the interval may be, half-width as a share of `size`. */
  readonly within: number;
  readonly judged: Judged;
}

/** Measurements of one figure that are independent of each other, as one: variances of means add up. */
export function pooled(figures: readonly Weighed[]): Judged {
  const [{ truth, size, within, judged: { expectation } }] = figures;
  const n = figures.length;
  const value = figures.reduce((sum, { judged }) => sum + Number(judged.value), 0) / n;
  const half = Math.sqrt(figures.reduce((sum, { judged: { ci95_low: low, ci95_high: high } }) => sum + ((Number(high) - Number(low)) / 2) ** 2, 0)) / n;
  const known = figures.every(({ judged }) => judged.value !== null && judged.ci95_low !== null && judged.ci95_high !== null);
  const verdict = !known ? 'undecided' : Math.abs(value - truth) > half ? 'missed' : half <= within * size ? 'met' : 'undecided';
  return { expectation, verdict, value: known ? value : null, ci95_low: known ? value - half : null, ci95_high: known ? value + half : null };
}

/** Of the first measurement. `chance`: there is an interval; what is without chance is right or wrong at once. */
export function standingOf({ verdict, ci95_low: low }: Judged): Standing {
  if (verdict === 'met') return 'holds';
  if (verdict === 'missed') return low === null ? 'missed' : 'apart';
  return 'wide';
}

/** Of a figure that was apart, by its second measurement. */
export function standingAgain({ verdict }: Judged): Standing {
  return verdict === 'met' ? 'again' : verdict === 'missed' ? 'missed' : 'wide';
}

/** 0: all hold; 1: one is missed; 3: one is not known well enough. */
export function exitCodeOf(standings: readonly Standing[]): 0 | 1 | 3 {
  if (standings.includes('missed')) return 1;
  return standings.includes('wide') || standings.includes('apart') || standings.length === 0 ? 3 : 0;
}

/** The one line at the end. */
export function closingLine(standings: readonly Standing[], cases: number, seconds: number): string {
  const count = (...wanted: readonly Standing[]): number => standings.filter((standing) => wanted.includes(standing)).length;
  const first = count('again', 'missed');
  const parts = [
    `${String(count('holds', 'again'))} of ${String(standings.length)} figures in ${String(cases)} cases agree with theory`,
    `${String(first)} outside of the first interval (${(standings.length * 0.05).toFixed(1)} expected by chance), ${String(count('missed'))} of them of the second, too`,
    ...(count('wide') > 0 ? [`${String(count('wide'))} too wide to say`] : []),
  ];
  return `${parts.join('; ')}; ${String(Math.round(seconds))} s`;
}
