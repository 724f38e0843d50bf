/**
 * A continuous-time Markov chain on the states 0 … n-1, as a list of rates.
 *
 * Not here: where states come from and what they mean.
 */
import { StatsError } from '../errors.js';

/** `rate` > 0 per unit of time; several transitions between the same two states add up. */
export interface Transition { readonly from: number; readonly to: number; readonly rate: number }

export interface Chain { readonly states: number; readonly transitions: readonly Transition[] }

/** Successors of each state with their summed rates; loops are left out, they change nothing. */
export function successors({ states, transitions }: Chain): readonly ReadonlyMap<number, number>[] {
  const rows = Array.from({ length: states }, () => new Map<number, number>());
  for (const { from, to, rate } of transitions) {
    if (!(rate > 0) || !Number.isFinite(rate)) throw new StatsError(`a rate of ${String(rate)} is not possible`);
    if (from !== to) rows[from].set(to, (rows[from].get(to) ?? 0) + rate);
  }
  return rows;
}

/**
 * The closed classes: sets of states that are never left and in which every state reaches every other.
 * Each ascending; in the order of their first state.
 */
export function closedClasses(rows: readonly ReadonlyMap<number, number>[]): readonly (readonly number[])[] {
  const components = strongComponents(rows);
  const of = new Int32Array(rows.length);
  components.forEach((component, index) => { for (const state of component) of[state] = index; });
  return components
    .filter((component, index) => component.every((state) => [...rows[state].keys()].every((next) => of[next] === index)))
    .map((component) => [...component].sort((a, b) => a - b))
    .sort((a, b) => a[0] - b[0]);
}

/** Tarjan's algorithm with a stack of its own: chains may be long. */
function strongComponents(rows: readonly ReadonlyMap<number, number>[]): number[][] {
  const index = new Int32Array(rows.length).fill(-1);
  const low = new Int32Array(rows.length);
  const onStack = new Uint8Array(rows.length);
  const stack: number[] = [];
  const components: number[][] = [];
  let count = 0;
  for (let root = 0; root < rows.length; root++) {
    if (index[root] >= 0) continue;
    const work: { readonly state: number; readonly next: Iterator<number> }[] = [];
    const open = (state: number): void => {
      index[state] = low[state] = count++;
      stack.push(state);
      onStack[state] = 1;
      work.push({ state, next: rows[state].keys() });
    };
    open(root);
    while (work.length > 0) {
      const { state, next } = work[work.length - 1];
      const step = next.next();
      if (step.done !== true) {
        if (index[step.value] < 0) open(step.value);
        else if (onStack[step.value] === 1) low[state] = Math.min(low[state], index[step.value]);
        continue;
      }
      work.pop();
      if (work.length > 0) low[work[work.length - 1].state] = Math.min(low[work[work.length - 1].state], low[state]);
      if (low[state] !== index[state]) continue;
      const component: number[] = [];
      for (let member = -1; member !== state;) {
        member = stack.pop()!;
        onStack[member] = 0;
        component.push(member);
      }
      components.push(component);
    }
  }
  return components;
}
