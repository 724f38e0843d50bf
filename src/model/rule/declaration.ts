/**
 * A topology rule: advice about what a topology should look like, as data of the kinds that it speaks of.
 *
 * A rule looks at the finished topology, never at text, and finds others by what they offer, by what names them and by where they
 * stand. Several declarations may bear one name: parts of a rule with levels of their own. Not here: how findings are told.
 */
import type { PlacedComponent, PlacedTopology } from './topology.js';

/** An error refuses the scenario; a warning does so only when it is checked strictly; an info never does. */
export type RuleLevel = 'error' | 'warning' | 'info';

export interface RuleFinding {
  /** Where it shows; absent: at the component that was looked at. */
  readonly component?: string;
  /** What is broken here, with the names concerned. */
  readonly message: string;
}

/**
 * What cannot be simulated is refused while a scenario is read, and cannot be switched off: a server named twice, too few servers,
 * a cluster that is none, workers that do not take what is asked of them.
 */
export type Refusal = 'server-twice' | 'server-count' | 'cluster' | 'workers';

export type RuleDeclaration = {
  /** L1 to L27. */
  readonly name: string;
  readonly level: RuleLevel;
  /** What it asks for: one sentence. */
  readonly meaning: string;
  /** Why: what happens to who breaks it. */
  readonly reason: string;
  readonly source: string;
  /** What to do about it. */
  readonly remedy: string;
} & (
  /** Asked once for every component of the kind that declares it. */
  | { readonly find: (component: PlacedComponent, topology: PlacedTopology) => readonly RuleFinding[]; readonly refuses?: undefined }
  | { readonly refuses: Refusal; readonly find?: undefined });
