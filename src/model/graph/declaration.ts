/**
 * What a kind declares about functions and their needs: who provides a need, how it is needed, and what its loss leads to.
 *
 * Strings in the place of a duration are names of parameters of the same kind. Not here: how a need is evaluated (`need.ts`).
 */
import type { Guard } from '../life/declaration.js';
import type { Part } from '../parameter.js';

/** Where the provider of a need is found, and its function where that differs from the need's. */
export type Provider = {
  readonly function?: string;
  /** Counts only while this parameter is absent: what a scenario names itself wins over what is found. */
  readonly unless?: string;
} & (
  /** The server of this member (`on:`), or the active server when placed by `cluster:`. */
  | { readonly at: 'server' }
  /** The component named by `in:`. */
  | { readonly at: 'container' }
  /** The component(s) named by a parameter; the member on the same server if it has one there, else any member. */
  | { readonly at: 'parameter'; readonly parameter: string; readonly part?: Part }
  /**
   * Whatever offers the function on the same server, or beside it in the same cluster group; nothing there: the need holds (an assumption).
   * `moving`: also what is placed by `cluster:` on this server and others; it is here only while this is the active server.
   */
  | { readonly at: 'beside'; readonly moving?: boolean }
  /** Whatever offers the function on the active server of the cluster that this is placed in; nothing there, or not placed so: the need holds. */
  | { readonly at: 'active-server' }
  /** Whatever offers the function beside the component named by a parameter; nothing there: the need holds. */
  | { readonly at: 'beside-parameter'; readonly parameter: string; readonly part?: Part }
  /** Every group (`box`) that this component belongs to, if it offers the function; none: the need holds. */
  | { readonly at: 'group' }
  /** The component itself (operations). */
  | { readonly at: 'self' }
  /** The parts of its container in which this buffer lies. */
  | { readonly at: 'fragments' }
  /** The server that holds the role now (kinds with a role lease). */
  | { readonly at: 'holder' }
  /** All servers that may hold the role. */
  | { readonly at: 'candidates' });

export type NeedWay = 'requires' | 'any-of' | 'k-of-n' | 'cached' | 'leased';
export type NeedReaction = 'pause' | 'recycle' | 'stop';

export interface NeedDeclaration {
  /** Used by guards and in reports. */
  readonly name: string;
  readonly way: NeedWay;
  readonly from: Provider | readonly Provider[];
  /** The function that the provider must offer. */
  readonly function: string;
  /** `k-of-n`: a number, a parameter, or more than half. */
  readonly k?: number | string | 'majority';
  /** `always`: at every instant; `start`: only when the component starts. */
  readonly when: 'always' | 'start';
  /** What happens to the component when an `always` need is lost: wait in place, cycle its process, end its process. */
  readonly reaction: NeedReaction;
  /** `cached`: the life-cycle events that drop the copy. */
  readonly droppedOn?: readonly Drop[];
  /** `cached`: what providers may announce that makes copies stale, and the parameter with the time between two refreshes (a grid of the member's own). */
  readonly staleOn?: readonly string[];
  readonly refresh?: string;
  /** `leased`: how long a lease lasts, and after which share of it, or after which time, the holder renews (parameter names). */
  readonly lease?: string;
  readonly renewAt?: string;
  readonly renewEvery?: string;
  /** The data of this component lies on the provider: what wipes the provider wipes it. */
  readonly carriesData?: boolean;
  /** The need exists only where this parameter has this value, or where it has another. */
  readonly only?: { readonly parameter: string; readonly is: unknown } | { readonly parameter: string; readonly not: unknown };
  readonly meaning: string;
}

/** An event that drops a copy, if a parameter says so. */
export type Drop = string | { readonly event: string; readonly when: Guard };

export interface FunctionDeclaration {
  readonly meaning: string;
  /** The function exists only when this parameter, or one of these, is given. */
  readonly onlyWith?: string | readonly string[];
  readonly needs: readonly NeedDeclaration[];
}
