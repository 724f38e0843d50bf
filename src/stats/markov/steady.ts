/**
 * The steady state of a Markov chain by state reduction (Grassmann, Taksar and Heyman 1985).
 *
 * No subtraction anywhere, so probabilities of 1e-30 come out with all their digits. Memory grows with the square of the states, so chains
 * above a size are solved in rounds (`iterative.ts`).
 */
import { StatsError } from '../errors.js';
import { closedClasses, successors } from './chain.js';
import type { Chain } from './chain.js';
import { settledShares } from './iterative.js';

/** Most states that are reduced one by one. */
const MOST_REDUCED = 1500;

/**
 * Long-run share of time in each state; states that are left for ever have 0.
 * @throws StatsError when there are several closed classes: then the long run depends on the start; or when a large chain does not settle
 */
export function steadyState(chain: Chain): Float64Array {
  const rows = successors(chain);
  const classes = closedClasses(rows);
  if (classes.length !== 1) throw new StatsError(`the chain has ${String(classes.length)} closed classes: its long run depends on where it starts`);
  return sharesOf(chain, rows, classes[0]);
}

/** The same for a chain and one of its closed classes. */
export function steadyStateOf(chain: Chain, states: readonly number[]): Float64Array {
  return sharesOf(chain, successors(chain), states);
}

function sharesOf(chain: Chain, rows: readonly ReadonlyMap<number, number>[], states: readonly number[]): Float64Array {
  if (states.length > MOST_REDUCED) return settledShares(chain, states);
  const n = states.length;
  const place = new Map(states.map((state, index) => [state, index]));
  const q = new Float64Array(n * n);
  states.forEach((state, i) => { for (const [to, rate] of rows[state]) q[i * n + place.get(to)!] = rate; });
  const out = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    const row = k * n;
    let sum = 0;
    for (let j = 0; j < k; j++) sum += q[row + j];
    out[k] = sum;
    for (let i = 0; i < k; i++) {
      const factor = q[i * n + k] / sum;
      if (factor === 0) continue;
      for (let j = 0; j < k; j++) if (j !== i) q[i * n + j] += factor * q[row + j];
    }
  }
  const share = new Float64Array(n);
  share[0] = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    let inflow = 0;
    for (let i = 0; i < k; i++) inflow += share[i] * q[i * n + k];
    share[k] = inflow / out[k];
    total += share[k];
  }
  const result = new Float64Array(chain.states);
  states.forEach((state, index) => { result[state] = share[index] / total; });
  return result;
}
