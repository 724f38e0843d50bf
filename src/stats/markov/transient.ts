/**
 * Where a Markov chain is after a time, and how long it has been where up to then, by uniformization.
 *
 * The chain is watched at the events of a Poisson process faster than any of its rates; the answers are Poisson mixtures of the steps
 * of a discrete chain. All terms are positive. Once the steps have become stationary the rest is known without them.
 */
import { successors } from './chain.js';
import type { Chain } from './chain.js';

export interface Transient {
  /** Probability of each state at the time. */
  readonly at: Float64Array;
  /** Mean time spent in each state from 0 to the time. */
  readonly spent: Float64Array;
}

/** Truncation of the Poisson mixture: total weight that is left out. */
const EPSILON = 1e-14;
/** Steps that move no probability by more than this have become stationary. */
const STILL = 1e-16;

/** @param start probability of each state at time 0 */
export function transient(chain: Chain, start: Float64Array, time: number): Transient {
  const n = chain.states;
  const rows = successors(chain);
  const leaving = rows.map((row) => [...row.values()].reduce((sum, rate) => sum + rate, 0));
  const pace = Math.max(...leaving) * 1.02;
  if (!(pace > 0) || time === 0) return { at: start.slice(), spent: start.map((p) => p * time) };
  const step = stepper(rows, leaving, pace);
  const weights = poissonWeights(pace * time);
  const at = new Float64Array(n);
  const spent = new Float64Array(n);
  let now: Float64Array = start.slice();
  let tail = 1;
  let k = 0;
  for (; k <= weights.last; k++) {
    const weight = weights.of(k);
    tail -= weight;
    for (let state = 0; state < n; state++) {
      at[state] += weight * now[state];
      // The k-th step is in force for a mean of P(more than k events) / pace.
      spent[state] += (Math.max(0, tail) / pace) * now[state];
    }
    const next = step(now);
    let moved = 0;
    for (let state = 0; state < n; state++) moved = Math.max(moved, Math.abs(next[state] - now[state]));
    now = next;
    if (moved < STILL) break;
  }
  // What is left of the mixture finds the chain where it is now.
  fillUp(at, now, 1);
  fillUp(spent, now, time);
  return { at, spent };
}

function fillUp(found: Float64Array, now: Float64Array, total: number): void {
  const missing = total - found.reduce((sum, value) => sum + value, 0);
  if (missing > 0) for (let state = 0; state < found.length; state++) found[state] += missing * now[state];
}

function stepper(rows: readonly ReadonlyMap<number, number>[], leaving: readonly number[], pace: number): (now: Float64Array) => Float64Array {
  const from: number[] = [];
  const to: number[] = [];
  const share: number[] = [];
  rows.forEach((row, state) => {
    for (const [next, rate] of row) {
      from.push(state);
      to.push(next);
      share.push(rate / pace);
    }
  });
  const stay = leaving.map((rate) => 1 - rate / pace);
  return (now) => {
    const next = now.map((p, state) => p * stay[state]);
    for (let i = 0; i < from.length; i++) next[to[i]] += now[from[i]] * share[i];
    return next;
  };
}

/** Poisson probabilities from the mode outwards, scaled to a sum of 1, so that nothing underflows for large means. */
function poissonWeights(mean: number): { readonly last: number; readonly of: (k: number) => number } {
  const mode = Math.floor(mean);
  const up: number[] = [1];
  for (let k = mode + 1, w = 1; w > EPSILON * 1e-3; k++) up.push((w *= mean / k));
  const down: number[] = [];
  for (let k = mode, w = 1; k > 0 && w > EPSILON * 1e-3; k--) down.push((w *= k / mean));
  const first = mode - down.length;
  const all = [...down.reverse(), ...up];
  const total = [...all].sort((a, b) => a - b).reduce((sum, w) => sum + w, 0);
  return { last: first + all.length - 1, of: (k) => (k < first ? 0 : all[k - first] / total) };
}
