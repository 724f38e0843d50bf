/** What reading faults and operations needs to know about the rest of the scenario. */
import type { Topology } from '../topology/component.js';
import type { Filling } from '../topology/parameters.js';

export interface Incidents {
  readonly topology: Topology;
  /** Ids of all faults, also of those that could not be read. */
  readonly ids: ReadonlySet<string>;
  /** Components that stand in a route; null when a route could not be read. */
  readonly routed: ReadonlySet<string> | null;
  /** Horizon + drain, µs; null when they could not be read. */
  readonly end: number | null;
  readonly filling: Filling;
}
