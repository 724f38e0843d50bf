/**
 * All states that the availability part of a scenario can be in, as a Markov chain, and what is seen of each from outside.
 *
 * Not here: how a model goes from state to state (room `model`), and what follows from the chain (`figures.ts`).
 */
import type { KindDeclaration, ModelDefinition, ModelMap } from '../../model/index.js';
import { Explorer } from '../../model/exact/explorer.js';
import type { Obstacle, Outside, Reached, Way } from '../../model/exact/explorer.js';
import type { Chain, Transition } from '../../stats/index.js';

export interface Space {
  readonly map: ModelMap;
  /** Rates per second. */
  readonly chain: Chain;
  /** Probability of each state at time 0. */
  readonly start: Float64Array;
  /** What is seen of each state. */
  readonly outside: readonly Outside[];
  /** Names of components and members that are alike, the one that stands for all first. */
  readonly alike: readonly (readonly string[])[];
}

export type Exploration =
  | { readonly type: 'space'; readonly space: Space }
  /** It is no Markov chain. */
  | { readonly type: 'obstacles'; readonly obstacles: readonly Obstacle[] }
  /** There are more states than allowed, perhaps without end. */
  | { readonly type: 'too-many'; readonly limit: number };

/** States between two looks at obstacles and two reports of progress. */
const PAUSE = 500;

export interface ExploreOptions {
  readonly maxStates: number;
  /** Told how many states were found. */
  readonly onProgress?: (states: number) => void;
}

export function explore(definition: ModelDefinition, catalogue: readonly KindDeclaration[], { maxStates, onProgress }: ExploreOptions): Exploration {
  const explorer = new Explorer(definition, catalogue);
  const places = new Map<string, number>();
  const ways: Way[] = [];
  const keys: string[] = [];
  const outside: Outside[] = [];
  const placeOf = ({ key, way, outside: seen }: Reached): number => {
    let place = places.get(key);
    if (place === undefined) {
      place = keys.length;
      places.set(key, place);
      keys.push(key);
      ways.push(way);
      outside.push(seen);
    }
    return place;
  };
  const begin = explorer.start().map((reached) => ({ place: placeOf(reached), probability: reached.rate }));
  const transitions: Transition[] = [];
  for (let from = 0; from < keys.length; from++) {
    // With obstacles there is no chain; a few states more may name others.
    if (from >= PAUSE && explorer.obstacles.length > 0) break;
    if (keys.length > maxStates) return explorer.obstacles.length > 0 ? { type: 'obstacles', obstacles: explorer.obstacles } : { type: 'too-many', limit: maxStates };
    if (from % PAUSE === 0) onProgress?.(keys.length);
    const rates = new Map<number, number>();
    for (const reached of explorer.next(ways[from], keys[from])) {
      const to = placeOf(reached);
      rates.set(to, (rates.get(to) ?? 0) + reached.rate);
    }
    for (const [to, rate] of rates) if (to !== from) transitions.push({ from, to, rate });
  }
  if (explorer.obstacles.length > 0) return { type: 'obstacles', obstacles: explorer.obstacles };
  const start = new Float64Array(keys.length);
  for (const { place, probability } of begin) start[place] += probability;
  return { type: 'space', space: { map: explorer.map, chain: { states: keys.length, transitions }, start, outside, alike: explorer.alike } };
}
