/**
 * A value that is varied, read as a quantity: what sort it is and how large, so that values can be put in order and drawn.
 *
 * Not here: whether the place it goes to takes such a quantity.
 */
import { parseRate, parseShare, parseSize } from '../quantities/amounts.js';
import { parseDuration } from '../quantities/duration.js';

export interface Quantity {
  readonly sort: 'number' | 'duration' | 'rate' | 'size' | 'share';
  /** In the unit of its sort: microseconds for durations, per second for rates, bytes, 1 = all. */
  readonly amount: number;
}

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Null: it is no quantity. */
export function quantityOf(text: string): Quantity | null {
  if (NUMBER.test(text)) return { sort: 'number', amount: Number(text) };
  for (const [sort, parse] of [['duration', parseDuration], ['rate', parseRate], ['size', parseSize], ['share', parseShare]] as const) {
    const parsed = parse(text);
    if (parsed.ok) return { sort, amount: parsed.value };
  }
  return null;
}

/** How large each of the texts is; null when one is no quantity, or they are of different sorts. A plain 0 is of any sort. */
export function amountsOf(texts: readonly string[]): number[] | null {
  const quantities = texts.map(quantityOf);
  const sorts = new Set(quantities.flatMap((one) => (one === null || (one.sort === 'number' && one.amount === 0) ? [] : [one.sort])));
  if (sorts.size > 1) return null;
  const amounts = quantities.map((one) => one?.amount ?? NaN);
  return amounts.some(Number.isNaN) ? null : amounts;
}
