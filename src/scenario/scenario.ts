/** A scenario after reading: what to simulate, what to expect of it, and what it rests on. */
import type { Column } from '../experiment/columns.js';
import type { Expectation, ExpectationSubject } from '../experiment/expectation.js';
import type { Precision } from '../experiment/precision.js';
import type { Assumption } from '../experiment/result.js';
import type { ModelDefinition } from '../model/index.js';
import type { Piece } from './expectations/grammar.js';

export interface Scenario {
  readonly definition: ModelDefinition;
  readonly expectations: readonly Expectation[];
  /** Replicate until this is reached; the replications of the definition are then the most there may be. */
  readonly precision?: Precision;
  /** What `show` asked for. */
  readonly shown?: readonly ShownMetric[];
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

/** A metric that a report is to show: its mean over replications unless it names another statistic. */
export interface ShownMetric { readonly text: string; readonly subject: ExpectationSubject; readonly column: Column; readonly statistic?: Expectation['statistic'] }

export interface ReadOptions {
  /** `path=value`, applied in order. */
  readonly set?: readonly string[];
  /** The same after those of `set`, in the words of `--vary`. */
  readonly vary?: readonly string[];
  /** A file that is laid over the scenario as if it extended it. */
  readonly over?: string;
  /** Expectations beside those of the scenario, which they follow: they are judged, but change neither its hash nor when it is precise. */
  readonly conditions?: readonly Piece[];
  /** Metrics that a report is to show. */
  readonly show?: readonly Piece[];
  readonly seed?: number | string;
  readonly replications?: number;
}
