/**
 * The first value, in an order of the asker, at which conditions are met: which one it is, whether that is certain, and where to look
 * next when not all values are looked at.
 *
 * Places are those of the values in this order, from 0. Not here: what a condition is.
 */
import type { JudgedExpectation, Verdict } from '../result.js';
import type { Truth } from '../truth.js';

/** What is known: the verdict at each place looked at. */
export type Looks = ReadonlyMap<number, Truth>;

export interface Answer {
  readonly outcome: 'found' | 'none' | 'undecided';
  /** The first place at which the conditions are met; null: there is none. */
  readonly place: number | null;
  /** Places before it, or all of them, at which the samples do not decide. */
  readonly undecided: readonly number[];
  /** Places after it at which the conditions are missed: the verdict is not monotone. */
  readonly contrary: readonly number[];
}

/** All conditions at once: what no sample speaks to is undecided. */
export function verdictOfAll(conditions: readonly Pick<JudgedExpectation, 'verdict'>[]): Truth {
  const verdicts: readonly Verdict[] = conditions.map(({ verdict }) => verdict);
  return verdicts.includes('missed') ? 'missed' : verdicts.every((verdict) => verdict === 'met') ? 'met' : 'undecided';
}

export function answerOf(looks: Looks): Answer {
  const places = [...looks.keys()].sort((a, b) => a - b);
  const first = places.find((place) => looks.get(place) === 'met') ?? null;
  const undecided = places.filter((place) => looks.get(place) === 'undecided' && (first === null || place < first));
  const contrary = first === null ? [] : places.filter((place) => place > first && looks.get(place) === 'missed');
  return { outcome: undecided.length > 0 ? 'undecided' : first === null ? 'none' : 'found', place: first, undecided, contrary };
}

/**
 * The place to look at next, of `count`; null: the answer is known, if the verdict is monotone. From the first place on in steps that
 * double until the conditions are met, then by halving; so the last look is at the first place, or the answer has a neighbour
 * before it at which they are not met.
 */
export function nextLook(looks: Looks, count: number): number | null {
  let below = -1;
  let met = count;
  for (const [place, verdict] of looks) if (verdict === 'met') met = Math.min(met, place);
  for (const place of looks.keys()) if (place < met) below = Math.max(below, place);
  if (met - below <= 1) return null;
  // 0, 1, 3, 7 …, and the last one: nothing is met so far.
  if (met === count) return Math.min(count - 1, below < 0 ? 0 : 2 * below + 1);
  return below + Math.ceil((met - below) / 2);
}

/** Most looks that a search among `count` places takes. */
export function mostLooks(count: number): number {
  return count <= 2 ? count : 2 * Math.ceil(Math.log2(count)) + 1;
}
