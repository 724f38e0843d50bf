/**
 * What an exact solver sees of a model: its availability part, and what it must bring along to look at it.
 *
 * Types only. Not here: how it goes from state to state (`explorer.ts`).
 */
import type { Simulator } from '../../kernel/index.js';
import type { Chance } from '../chance.js';
import type { Context } from '../context.js';
import type { CopiedData } from '../fault/copied-data.js';
import type { Impairments } from '../fault/impairments.js';
import type { Injector } from '../fault/injector.js';
import type { Partitions } from '../fault/partitions.js';
import type { FlowWatch } from '../flow/watch.js';
import type { Graph } from '../graph/graph.js';
import type { Operations } from '../operation.js';
import type { Operators } from '../operator.js';
import type { Component, World } from '../world.js';

/** The clock and the chance of an exploration take the place of those of a simulation. */
export interface Exploration { readonly sim: Simulator; readonly chance: Chance }

export interface Explored {
  readonly world: World;
  readonly graph: Graph;
  readonly injector: Injector;
  readonly operators: Operators;
  readonly operations: Operations;
  /** In the order of the flows of the map. */
  readonly watches: readonly FlowWatch[];
  readonly copied: CopiedData;
  /** Null: no fault cuts the network. */
  readonly partitions: Partitions | null;
  readonly impairments: ReadonlyMap<Component, Impairments>;
  readonly context: Context;
  /** Starts everything that is up or down by itself; nothing that messages need. */
  readonly begin: () => void;
}
