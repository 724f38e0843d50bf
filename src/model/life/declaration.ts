/**
 * What a kind declares about its life: states, guards, transitions, actions; a table, and no handlers.
 *
 * Strings in the place of a duration (`after: 'restart-delay'`) are names of parameters of the same kind. Not here: the interpreter
 * (`lifecycle.ts`) and tables that kinds share (`tables.ts`).
 */

/** How deep a failure goes, for detectors: the whole machine, the process, or only its answers. */
export type Depth = 'host' | 'process' | 'function';

export interface StateDeclaration {
  readonly meaning: string;
  /** The functions offered in this state, given that their needs are met. */
  readonly offers: 'all' | 'none' | readonly string[];
  /** How deep the failure is while nothing is offered. Default `process`. */
  readonly depth?: Depth;
  /** Callers get no answer at all (they wait for their timeout) instead of a refusal. */
  readonly silent?: boolean;
  /**
   * What becomes of work in hand when this state is entered: `kept` goes on (default), `dropped` is broken off and its locks stay,
   * `released` gives locks back, sends under way are ended first, `frozen` stands still until the component is back.
   */
  readonly work?: 'dropped' | 'released' | 'kept' | 'frozen';
  /** The state belongs to normal operation: causes are forgotten on entering it. */
  readonly normal?: boolean;
  /** A dependant with reaction `stop` is ended cleanly, not killed. */
  readonly clean?: boolean;
  /** What time in this state is spent on, beside the faults behind it: one word for `downtime_by_cause`. */
  readonly downAs?: string;
  /** Only a person can lead out of this state: after the operator's reaction the event `operator` is raised, if there is an operator. */
  readonly operator?: boolean;
}

export type Guard =
  /** All needs, also those of `when: start`, are met now. */
  | { readonly startable: boolean }
  /** No work is in hand. */
  | { readonly idle: boolean }
  /** The needs of `when: start` are met now, whatever became of copies and leases. */
  | { readonly launchable: boolean }
  /** A fault still holds the component. */
  | { readonly held: boolean }
  /** The needs with reaction `stop` are met (there is something to run on). */
  | { readonly hosted: boolean }
  | { readonly need: string; readonly met: boolean }
  | { readonly trip: string; readonly tripped: boolean }
  /** There is an image of the data that can be restored now. */
  | { readonly image: boolean }
  /** Another server than the present holder could take the role. */
  | { readonly candidate: boolean }
  /** A server that comes earlier in the list than a holder of the role could hold it. */
  | { readonly displaced: boolean }
  /** The server that holds the role has all data (kinds with a copy on each server). */
  | { readonly current: boolean }
  | { readonly parameter: string; readonly is: unknown }
  /** It is placed by `cluster:`. */
  | { readonly clustered: boolean }
  /** The server it runs on is one of those that keep its data: named by this parameter (absent: every server), or added since. */
  | { readonly kept: string }
  /** There is another server that it can be relocated to, and it has not been. */
  | { readonly relocatable: boolean }
  | { readonly not: Guard }
  | { readonly all: readonly Guard[] };

export interface Branch { readonly when?: Guard; readonly probability?: number | string; readonly to: string; readonly do?: readonly LifeAction[] }

export type LifeAction =
  /** The role passes to the next server that can hold it. */
  | { readonly do: 'take-over' }
  /** The role goes back to the first servers of the list that can hold it. */
  | { readonly do: 'give-back' }
  /** `reset`: the count begins anew. */
  | { readonly do: 'count' | 'reset'; readonly trip: string }
  /** Work locked by an earlier life of this member comes free. */
  | { readonly do: 'free-own-locks' }
  /** What the store of this component does not keep over a crash is gone. */
  | { readonly do: 'forget' }
  /** The providers of a need of this member hear an event; `blames`: it is due to the same faults. */
  | { readonly do: 'tell'; readonly need: string; readonly event: string; readonly blames?: true }
  /** The other members of the component hear an event. */
  | { readonly do: 'tell-members'; readonly event: string }
  /** The server it runs on keeps its data from now on, or keeps it no more (the parameter of the guard `kept`). */
  | { readonly do: 'keep'; readonly place: string }
  | { readonly do: 'lose'; readonly place: string }
  /** It runs on the server named by the kind's `relocation` from now on. */
  | { readonly do: 'relocate' }
  /** The data goes back to an image; what is stored and not in it is gone. */
  | { readonly do: 'restore' }
  /** The images that there are will never be restored. */
  | { readonly do: 'discard-images' };

export interface TransitionDeclaration {
  readonly from: string | readonly string[];
  /**
   * An event: a fault (`crash`, `stop`, `hang`, `disk-loss`, …), `release` (no fault holds it any more),
   * `need-recycle`, `need-stop`, `need-clean-stop` (a need with that reaction was lost), an operation.
   */
  readonly on?: string;
  /** A parameter: the time spent in the state before this transition; absent there: it never comes. */
  readonly after?: string;
  /** With `after`: a parameter, so many times that long. */
  readonly times?: string;
  /** A number, or a parameter with one: at the poll of its own that is the so-many-th in this state; 0: never. */
  readonly polls?: number | string;
  /** A parameter: looked at whenever this much more time has been spent in the state; taken at the first look that finds the guard. */
  readonly every?: string;
  /** Without `on`, `after`, `polls` and `every`: taken as soon as it holds. With them: the event is taken only if it holds. */
  readonly when?: Guard;
  /** First branch whose guard holds; among probabilities, by one draw. */
  readonly to: string | readonly Branch[];
  readonly do?: readonly LifeAction[];
  /** The mechanism that recovers the component has noticed the failure (`detect_s`). */
  readonly noticed?: boolean;
  /** Counts as a failover in `components.csv`. */
  readonly failover?: boolean;
}

/** A life cycle: data. The first matching transition in the order of the table is taken. */
export interface LifecycleTable {
  readonly initial: string;
  /** The state before `starts:`, and the state that a member not yet started waits in. */
  readonly absent?: string;
  /** Where a member that was absent begins. Default: `initial`. */
  readonly appears?: string;
  readonly states: Readonly<Record<string, StateDeclaration>>;
  readonly transitions: readonly TransitionDeclaration[];
}
