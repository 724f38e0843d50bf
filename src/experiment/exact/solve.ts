/**
 * The exact solution of a scenario: the figures of every component, member and flow that can be down.
 *
 * Plain data, so that it can be told to another thread. What counts as down is what `components.csv` and `flows.csv` count: a component
 * while none of its functions on any member works, a flow while it is stopped. Not here: the comparison with a simulation.
 */
import type { KindDeclaration, ModelDefinition, ModelMap } from '../../model/index.js';
import type { Obstacle } from '../../model/exact/explorer.js';
import { figuresOf } from './figures.js';
import type { DownAs, Figures } from './figures.js';
import { explore } from './space.js';
import type { Space } from './space.js';

export interface Solved extends Figures {
  readonly type: 'component' | 'flow';
  readonly name: string;
  /** Others of which the same is true. */
  readonly alike: readonly string[];
}

export interface Solution {
  readonly states: number;
  readonly transitions: number;
  /** Seconds. */
  readonly warmup: number;
  readonly horizon: number;
  /** Components and members in the order of the map, then flows. */
  readonly subjects: readonly Solved[];
}

export type Outcome =
  | { readonly type: 'solution'; readonly solution: Solution }
  | { readonly type: 'obstacles'; readonly obstacles: readonly Obstacle[] }
  | { readonly type: 'too-many'; readonly limit: number };

export interface SolveOptions {
  readonly maxStates: number;
  /** Instants at which figures are wanted, µs; none: the horizon. */
  readonly at: readonly number[];
  readonly onProgress?: (states: number) => void;
}

const SECOND = 1e6;

export function solve(definition: ModelDefinition, catalogue: readonly KindDeclaration[], { maxStates, at, onProgress }: SolveOptions): Outcome {
  const found = explore(definition, catalogue, { maxStates, ...(onProgress === undefined ? {} : { onProgress }) });
  if (found.type !== 'space') return found;
  const { space } = found;
  const { horizon, warmup } = definition.run;
  const instants = (at.length > 0 ? at : [horizon]).map((time) => time / SECOND);
  const times = { warmup: warmup / SECOND, horizon: horizon / SECOND, instants };
  const subjects = subjectsOf(space).map(({ downAs, ...subject }) => ({ ...subject, ...figuresOf(space.chain, space.start, downAs, times) }));
  return {
    type: 'solution',
    solution: { states: space.chain.states, transitions: space.chain.transitions.length, warmup: warmup / SECOND, horizon: horizon / SECOND, subjects },
  };
}

type Subject = Pick<Solved, 'type' | 'name' | 'alike'> & { readonly downAs: DownAs };

/** Those that have a row of their own in the files and are down in some state; of those that are alike, the first. */
function subjectsOf({ map, outside, alike }: Space): readonly Subject[] {
  // Of several members, the first that says so: as `downtime_by_cause` has it.
  const down = (members: readonly number[]): DownAs => {
    const functions = members.flatMap((member) => map.members[member].functions);
    return (state) => {
      const { works, spentOn } = outside[state];
      if (functions.length === 0 || functions.some((fn) => works[fn])) return null;
      return members.map((member) => spentOn[member]).find((word) => word !== null) ?? '';
    };
  };
  const rows = map.components.flatMap(({ name, members }) => [
    { name, members },
    ...(hasRowsOfMembers(map, name, members) ? members.map((member) => ({ name: map.members[member].name, members: [member] })) : []),
  ]);
  const stands = new Map(alike.flatMap(([first, ...others]) => others.map((other) => [other, first])));
  const all: Subject[] = [
    ...rows.filter(({ name }) => !stands.has(name)).map(({ name, members }) => (
      { type: 'component' as const, name, alike: alike.find(([first]) => first === name)?.slice(1) ?? [], downAs: down(members) })),
    ...map.flows.map(({ name }, flow) => ({ type: 'flow' as const, name, alike: [], downAs: (state: number) => (outside[state].stopped[flow] ? '' : null) })),
  ];
  return all.filter(({ downAs }) => outside.some((_, state) => downAs(state) !== null));
}

function hasRowsOfMembers(map: ModelMap, name: string, members: readonly number[]): boolean {
  return members.length > 1 || members.some((member) => map.members[member].name !== name);
}
