/**
 * The steady state of a large Markov chain, state by state and round by round (Gauss and Seidel).
 *
 * Memory grows with the transitions only. No subtraction, so small probabilities keep their digits. Converges fast where the chain
 * is drawn back to few states, as repairs draw a system back to health; elsewhere it may not, and says so.
 */
import { StatsError } from '../errors.js';
import type { Chain } from './chain.js';

const MOST_ROUNDS = 20_000;
/** Greatest change of any share in a round, relative to itself. */
const STILL = 1e-13;

/**
 * @param states those of the one closed class; all others get 0
 * @throws StatsError when the shares do not settle
 */
export function settledShares({ states: count, transitions }: Chain, states: readonly number[]): Float64Array {
  const share = new Float64Array(count);
  const member = new Uint8Array(count);
  for (const state of states) {
    member[state] = 1;
    share[state] = 1 / states.length;
  }
  const out = new Float64Array(count);
  const into: { readonly from: number; readonly rate: number }[][] = Array.from({ length: count }, () => []);
  for (const { from, to, rate } of transitions) {
    if (member[from] === 0 || from === to) continue;
    out[from] += rate;
    into[to].push({ from, rate });
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    let total = 0;
    for (const state of states) {
      let inflow = 0;
      for (const { from, rate } of into[state]) inflow += share[from] * rate;
      const next = inflow / out[state];
      if (next > 0) moved = Math.max(moved, Math.abs(next - share[state]) / next);
      share[state] = next;
      total += next;
    }
    for (const state of states) share[state] /= total;
    if (moved < STILL) return share;
  }
  throw new StatsError(`the shares of ${String(states.length)} states do not settle in ${String(MOST_ROUNDS)} rounds`);
}
