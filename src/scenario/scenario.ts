/** A scenario after reading: what to simulate, what to expect of it, and what it rests on. */
import type { Expectation } from '../experiment/expectation.js';
import type { Precision } from '../experiment/precision.js';
import type { Assumption } from '../experiment/result.js';
import type { ModelDefinition } from '../model/index.js';

export interface Scenario {
  readonly definition: ModelDefinition;
  readonly expectations: readonly Expectation[];
  /** Replicate until this is reached; the replications of the definition are then the most there may be. */
  readonly precision?: Precision;
  /** Topology rules broken on purpose. */
  readonly allow: readonly string[];
  readonly description?: string;
  /** Every default that was filled in, and what is taken never to fail. */
  readonly assumptions: readonly Assumption[];
  /** Identifies it up to the seed. */
  readonly hash: string;
  /** Everything that was read, as shown to the user: the scenario, what it extends, data files. */
  readonly files: readonly string[];
}

export interface ReadOptions {
  /** `path=value`, applied in order. */
  readonly set?: readonly string[];
  readonly seed?: number | string;
  readonly replications?: number;
}
