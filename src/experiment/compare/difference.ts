/**
 * The difference of one measure between two runs: candidate minus base, with what the replications leave open about it.
 *
 * Of runs with one seed, replication i against replication i (Student's t over the differences); of others, mean against mean (Welch).
 * One pair is compared exactly. Limits that are not known (times not reached by the end, delays that never end) stay open, and so
 * does the verdict. Not here: which measures there are, and how they are named.
 */
import { meanInterval, welchInterval } from '../../stats/index.js';
import type { Known } from '../truth.js';
import type { Direction } from './direction.js';
import type { Values } from './values.js';

export type ComparisonVerdict = 'better' | 'same' | 'worse' | 'different' | 'undecided';

export interface Difference {
  /** Means of the sides over the replications that are compared; NaN: none speaks; Infinity: never reached. */
  readonly baseMean: number;
  readonly candidateMean: number;
  readonly mean: number;
  /** 95 % limits; NaN: not known. */
  readonly low: number;
  readonly high: number;
  /** Pairs, or the smaller number of values. */
  readonly count: number;
  /** Replications in which only one side speaks. */
  readonly onesided: number;
  /** Whether the limits are an interval, rather than what one pair says. */
  readonly estimated: boolean;
}

/** `identical`: the runs are, entry for entry: a time that neither reached is the same. */
export function pairedDifference(base: Values, candidate: Values, replications: number, identical: boolean): Difference {
  const pairs: (readonly [Known, Known])[] = [];
  let onesided = 0;
  for (let replication = 1; replication <= replications; replication += 1) {
    const [one, other] = [base.get(replication), candidate.get(replication)];
    if (one !== undefined && other !== undefined) pairs.push([one, other]);
    else if (one !== other) onesided += 1;
  }
  const differences = pairs.map(([one, other]) => differenceOf(one, other, identical));
  const means = { baseMean: meanOf(pairs.map(([one]) => one.low)), candidateMean: meanOf(pairs.map(([, other]) => other.low)), onesided, count: pairs.length };
  const mean = meanOf(differences.map(({ point }) => point));
  if (pairs.length === 1 && replications === 1) return { ...means, mean, low: differences[0].low, high: differences[0].high, estimated: false };
  const low = limitOf(differences.map((one) => one.low), 'low');
  return { ...means, mean, low, high: limitOf(differences.map((one) => one.high), 'high'), estimated: true };
}

export function unpairedDifference(base: Values, candidate: Values, replications: { readonly base: number; readonly candidate: number }): Difference {
  const [ones, others] = [[...base.values()], [...candidate.values()]];
  const lows = { base: ones.map(({ low }) => low), candidate: others.map(({ low }) => low) };
  const highs = { base: ones.map(({ high }) => high), candidate: others.map(({ high }) => high) };
  const onesided = Math.max(0, replications.base - ones.length, replications.candidate - others.length);
  const means = { baseMean: meanOf(lows.base), candidateMean: meanOf(lows.candidate) };
  return {
    ...means, mean: means.baseMean === means.candidateMean ? 0 : means.candidateMean - means.baseMean,
    low: welchLimit(lows.candidate, highs.base, 'low'), high: welchLimit(highs.candidate, lows.base, 'high'),
    count: Math.min(ones.length, others.length), onesided, estimated: true,
  };
}

/**
 * `better`, `worse` and `different`: the whole interval lies beyond the margin; `same`: within it. Without a margin only what is equal
 * in every replication is the same.
 */
export function verdictOf({ low, high, count, onesided }: Difference, direction: Direction, margin: number): ComparisonVerdict {
  if (count === 0 || Number.isNaN(low) || Number.isNaN(high)) return 'undecided';
  if (low >= -margin && high <= margin) return onesided === 0 ? 'same' : 'undecided';
  const risen = low > margin;
  if (!risen && !(high < -margin)) return 'undecided';
  if (direction === 'neutral') return 'different';
  return risen === (direction === 'more') ? 'better' : 'worse';
}

interface PairDifference extends Known { readonly point: number }

function differenceOf(base: Known, candidate: Known, identical: boolean): PairDifference {
  const point = minus(candidate.low, base.low);
  const open = base.high > base.low || candidate.high > candidate.low;
  if (!open || (identical && point === 0)) return { low: point, high: point, point };
  return { low: base.high === Infinity ? -Infinity : minus(candidate.low, base.high), high: candidate.high === Infinity ? Infinity : minus(candidate.high, base.low), point };
}

/** Of two that never end, neither is longer. */
function minus(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** One limit of the mean of what is known from one side. All endless: so is the mean; some: nobody knows. */
function limitOf(values: readonly number[], side: 'low' | 'high'): number {
  if (values.length === 0) return NaN;
  if (values.every((value) => value === values[0])) return values.length === 1 && Number.isFinite(values[0]) ? NaN : values[0];
  if (!values.every(Number.isFinite)) return side === 'low' ? -Infinity : Infinity;
  return meanInterval(values)[side];
}

function welchLimit(a: readonly number[], b: readonly number[], side: 'low' | 'high'): number {
  const [endlessA, endlessB] = [a, b].map((values) => values.length > 0 && values.every((value) => value === Infinity));
  if (endlessA && endlessB) return 0;
  if (endlessA && b.every(Number.isFinite)) return b.length === 0 ? NaN : Infinity;
  if (endlessB && a.every(Number.isFinite)) return a.length === 0 ? NaN : -Infinity;
  if (![...a, ...b].every(Number.isFinite)) return side === 'low' ? -Infinity : Infinity;
  return welchInterval(a, b)[side];
}

function meanOf(values: readonly number[]): number {
  return meanInterval(values).mean;
}
