/**
 * Mean time until a Markov chain first enters one of some states, by state reduction without subtraction.
 *
 * Not here: the distribution of that time (`transient.ts` gives it point by point).
 */
import { StatsError } from '../errors.js';
import { closedClasses, successors } from './chain.js';
import type { Chain } from './chain.js';
import { steadyStateOf } from './steady.js';

/**
 * From a start state; 0 when it is itself a target.
 * @throws StatsError when the targets may never be reached
 */
export function meanTimeTo(chain: Chain, start: number, targets: ReadonlySet<number>): number {
  if (targets.has(start)) return 0;
  const rows = successors(chain);
  const reachable = reach(rows, start, targets);
  const n = reachable.length;
  const place = new Map(reachable.map((state, index) => [state, index]));
  // Column n stands for all targets together; the start is place 0 and is left to the end.
  const width = n + 1;
  const p = new Float64Array(n * width);
  const hold = new Float64Array(n);
  reachable.forEach((state, i) => {
    let out = 0;
    for (const rate of rows[state].values()) out += rate;
    if (out === 0) throw new StatsError('the chain can come to rest before it reaches a target');
    hold[i] = 1 / out;
    for (const [to, rate] of rows[state]) p[i * width + (targets.has(to) ? n : place.get(to)!)] += rate / out;
  });
  for (let k = n - 1; k > 0; k--) {
    const row = k * width;
    let leave = p[row + n];
    for (let j = 0; j < k; j++) leave += p[row + j];
    if (leave === 0) throw new StatsError('the chain can run in a circle that never reaches a target');
    for (let i = 0; i < k; i++) {
      const factor = p[i * width + k] / leave;
      if (factor === 0) continue;
      hold[i] += factor * hold[k];
      for (let j = 0; j < k; j++) p[i * width + j] += factor * p[row + j];
      p[i * width + n] += factor * p[row + n];
    }
  }
  if (p[n] === 0) throw new StatsError('the chain never reaches a target');
  return hold[0] / p[n];
}

/**
 * The same from a distribution over states, for chains of any size: whenever it reaches a target the chain starts anew, and the long run
 * of that tells the mean time. Infinity when the targets may never be reached.
 * @param start probability of each state at time 0; what lies on targets counts as no time
 * @throws StatsError when a large chain does not settle
 */
export function meanTimeFrom(chain: Chain, start: Float64Array, isTarget: (state: number) => boolean): number {
  const begins = [...start].flatMap((p, state) => (p > 0 && !isTarget(state) ? [{ state, p }] : []));
  const reached = begins.reduce((sum, { p }) => sum + p, 0);
  if (reached === 0) return 0;
  // One state stands for all targets; from there a new start at any rate, here that of the first way out.
  const target = chain.states;
  const within = new Set(begins.map(({ state }) => state));
  const rows = successors(chain);
  for (const state of within) for (const next of rows[state].keys()) if (!isTarget(next)) within.add(next);
  const rate = chain.transitions.find(({ from }) => within.has(from))?.rate;
  if (rate === undefined) return Infinity;
  const transitions = [
    ...chain.transitions.filter(({ from }) => within.has(from)).map(({ from, to, rate: each }) => ({ from, to: isTarget(to) ? target : to, rate: each })),
    ...begins.map(({ state, p }) => ({ from: target, to: state, rate: (rate * p) / reached })),
  ];
  const renewed: Chain = { states: target + 1, transitions };
  const [closed, ...others] = closedClasses(successors(renewed)).filter((states) => states.some((state) => state === target || within.has(state)));
  // Where it can rest or go round without a target, the mean is infinite.
  if (others.length > 0 || !closed.includes(target)) return Infinity;
  const share = steadyStateOf(renewed, closed);
  let up = 0;
  for (const state of within) up += share[state];
  return (reached * up) / (share[target] * rate);
}

function reach(rows: readonly ReadonlyMap<number, number>[], start: number, targets: ReadonlySet<number>): readonly number[] {
  const seen = new Set([start]);
  for (const state of seen) for (const next of rows[state].keys()) if (!targets.has(next)) seen.add(next);
  return [...seen];
}
