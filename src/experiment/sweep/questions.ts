/**
 * The one question of a sweep, asked once for every combination of the other values that are varied: its variants in the order in which
 * the first one that meets the conditions is wanted.
 */
import type { Truth } from '../truth.js';
import { answerOf, nextLook } from './find.js';
import type { Answer } from './find.js';
import type { Variant } from './variants.js';

export interface Question {
  /** Values of the other dimensions, in their order. */
  readonly others: readonly string[];
  /** Numbers of the variants, the most wanted first. */
  readonly numbers: readonly number[];
}

/**
 * @param dimension place of the one asked about
 * @param amountOf how large a value is; the smallest is wanted first, or the largest
 */
export function questionsOf(variants: readonly Variant[], dimension: number, direction: 'min' | 'max', amountOf: (value: string) => number): Question[] {
  const groups = new Map<string, { readonly others: readonly string[]; readonly members: Variant[] }>();
  for (const variant of variants) {
    const others = variant.values.filter((_, place) => place !== dimension);
    const key = JSON.stringify(others);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { others, members: [variant] });
    else group.members.push(variant);
  }
  const sign = direction === 'min' ? 1 : -1;
  return [...groups.values()].map(({ others, members }) => ({
    others, numbers: [...members].sort((a, b) => sign * (amountOf(a.values[dimension]) - amountOf(b.values[dimension]))).map(({ number }) => number),
  }));
}

function looksOf({ numbers }: Question, verdicts: ReadonlyMap<number, Truth>): Map<number, Truth> {
  return new Map(numbers.flatMap((number, place) => {
    const verdict = verdicts.get(number);
    return verdict === undefined ? [] : [[place, verdict] as const];
  }));
}

/** The variant to look at next; null: this question is answered. */
export function nextVariant(question: Question, verdicts: ReadonlyMap<number, Truth>): number | null {
  const place = nextLook(looksOf(question, verdicts), question.numbers.length);
  return place === null ? null : question.numbers[place];
}

export function answer(question: Question, verdicts: ReadonlyMap<number, Truth>): Answer {
  return answerOf(looksOf(question, verdicts));
}
