/**
 * A smaller Markov chain that says the same about some sets of its states: what cannot be told apart from outside, now or later, becomes one.
 *
 * Ordinary lumpability (Kemeny and Snell 1960) by refinement: blocks are split until all states of a block go to each other block at
 * the same rate. Rates that differ by less than rounding count as the same.
 */
import type { Chain, Transition } from './chain.js';

export interface Lumped {
  readonly chain: Chain;
  readonly start: Float64Array;
  /** A state of each block. */
  readonly members: readonly number[];
}

/** Digits that rounding leaves alone. */
const DIGITS = 12;

/** @param labelOf what is seen of a state; blocks never hold states of different labels */
export function lumped(chain: Chain, start: Float64Array, labelOf: (state: number) => number): Lumped {
  const n = chain.states;
  const rows: { readonly to: number; readonly rate: number }[][] = Array.from({ length: n }, () => []);
  for (const { from, to, rate } of chain.transitions) rows[from].push({ to, rate });
  let block = new Int32Array(n);
  for (let state = 0; state < n; state++) block[state] = labelOf(state);
  for (let before = new Set(block).size; ;) {
    const known = new Map<string, number>();
    const next = new Int32Array(n);
    for (let state = 0; state < n; state++) {
      const key = signature(block[state], rows[state], block);
      let place = known.get(key);
      if (place === undefined) known.set(key, (place = known.size));
      next[state] = place;
    }
    block = next;
    if (known.size === before) break;
    before = known.size;
  }
  const members: number[] = [];
  for (let state = 0; state < n; state++) members[block[state]] ??= state;
  const transitions: Transition[] = members.flatMap((state, from) => [...ratesTo(block[state], rows[state], block)].map(([to, rate]) => ({ from, to, rate })));
  const begin = new Float64Array(members.length);
  for (let state = 0; state < n; state++) begin[block[state]] += start[state];
  return { chain: { states: members.length, transitions }, start: begin, members };
}

function ratesTo(own: number, row: readonly { readonly to: number; readonly rate: number }[], block: Int32Array): ReadonlyMap<number, number> {
  const rates = new Map<number, number>();
  for (const { to, rate } of row) if (block[to] !== own) rates.set(block[to], (rates.get(block[to]) ?? 0) + rate);
  return rates;
}

function signature(own: number, row: readonly { readonly to: number; readonly rate: number }[], block: Int32Array): string {
  const rates = [...ratesTo(own, row, block)].sort(([a], [b]) => a - b);
  return `${String(own)}|${rates.map(([to, rate]) => `${String(to)}:${rate.toPrecision(DIGITS)}`).join()}`;
}
