/**
 * The contract of a kind of component: a declaration, read by everybody.
 *
 * The simulator interprets it, `hasim kinds` and `explain` print it, validation and the JSON Schema are generated from it,
 * an exact solver can explore its life-cycle table. Shared code never asks which kind it has: it reads what the kind declares.
 *
 * Strings in the place of a duration (`after: 'restart-delay'`) are names of parameters of the same kind.
 */
import type { FaultKind, OperationKind, Step, SuspendedChoice } from './definition.js';
import type { CrewDeclaration } from './fault/declaration.js';
import type { Fields, Part, Values } from './parameter.js';
import type { CoordinatorDeclaration, HopDeclaration, PoolDeclaration, SpreadDeclaration, StoreDeclaration } from './hop/declaration.js';
import type { RuleDeclaration } from './rule/declaration.js';
import type { ImagesDeclaration } from './image/declaration.js';

/** Where an instance may stand. The validator refuses what is not declared here. */
export interface PlacementDeclaration {
  /** `in:` what the container must offer (one of), and whether a failing container takes this component with it. */
  readonly in?: { readonly offers: readonly string[]; readonly meaning: 'containment' | 'membership'; readonly required?: boolean };
  /** `on:` one member on each of these servers (`members`), or one instance whose active server is one of them (`candidates`). */
  readonly on?: { readonly meaning: 'members' | 'candidates'; readonly required?: boolean; readonly min?: number; readonly max?: number };
  /** `cluster:` one instance on the active server of a cluster group. */
  readonly cluster?: { readonly required?: boolean };
  /** Members stand where the members of the component named by this parameter stand. */
  readonly follows?: string;
  /** `count: n` makes name1…nameN. */
  readonly count?: boolean;
  /** At least one of these placement keys must be given. */
  readonly oneOf?: readonly ('in' | 'on' | 'cluster')[];
}

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
  /** Whatever offers the function beside the component named by a parameter; nothing there: the need holds. */
  | { readonly at: 'beside-parameter'; readonly parameter: string; readonly part?: Part }
  /** Every group (`box`) that this component belongs to, if it offers the function; none: the need holds. */
  | { readonly at: 'group' }
  /** The component itself (operations). */
  | { readonly at: 'self' }
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
  /** The need exists only where this parameter has this value. */
  readonly only?: { readonly parameter: string; readonly is: unknown };
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
  /** The server that holds the role has all data (kinds with a copy on each server). */
  | { readonly current: boolean }
  | { readonly parameter: string; readonly is: unknown }
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
  /** `reset`: the count begins anew. */
  | { readonly do: 'count' | 'reset'; readonly trip: string }
  /** Work locked by an earlier life of this member comes free. */
  | { readonly do: 'free-own-locks' }
  /** What the store of this component does not keep over a crash is gone. */
  | { readonly do: 'forget' }
  /** The providers of a need of this member hear an event. */
  | { readonly do: 'tell'; readonly need: string; readonly event: string }
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
  /** A parameter: the time spent in the state before this transition. */
  readonly after?: string;
  /** With `after`: a parameter, so many times that long. */
  readonly times?: string;
  /** A parameter: looked at whenever this much more time has been spent in the state; taken at the first look that finds the guard. */
  readonly every?: string;
  /** Without `on`, `after` and `every`: taken as soon as it holds. With them: the event is taken only if it holds. */
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

export interface FaultDeclaration {
  readonly meaning: string;
  readonly depth: Depth;
  /** The life-cycle event it raises; absent for faults of steps (`slow`, `ack-loss`, `error`). */
  readonly event?: string;
  /**
   * When a fault without `for:` ends: after this parameter; with `own`, at once, and the life cycle brings the component back.
   * Absent: it holds to the end of the run.
   */
  readonly repair?: string;
  /** What is stored in the target, or in what keeps its data on it, is gone. */
  readonly wipes?: boolean;
  /** Steps that it can hit (`ack-loss`, `error`); the first is the default. */
  readonly steps?: readonly Step[];
}

/** A role held by one server at a time: who may hold it (`among`: components that these parameters name; absent: the servers of `on:`). The first holds it at time 0. */
export interface RoleLeaseDeclaration { readonly role: string; readonly function: string; readonly among?: readonly string[] }

/** Counter, threshold, window: the only way from counts back to states. */
export interface TripDeclaration {
  readonly meaning: string;
  /** Parameter; absent there: one less than the servers that may hold the role. */
  readonly threshold: string;
  /** Parameter: only what was counted within this time matters. Absent: for ever. */
  readonly window?: string;
  /** A life cycle waits for the end of the window: it is looked at when a count leaves it. */
  readonly wakes?: boolean;
}

/** What an observer believes about the members of others. */
export interface ViewDeclaration {
  readonly meaning: string;
  /** Function of the observed server or member. */
  readonly function: string;
  /** Parameters whose sum is the delay until a failure of this depth is noticed; none, or all of them absent: never noticed. */
  readonly suspectAfter: Partial<Record<Depth, readonly string[]>>;
  /** Parameters whose sum is the delay until a return is noticed. */
  readonly trustAfter: readonly string[];
  /** Parameter with the way of choosing among the members believed to be there (`Spread`). Absent: in turn. */
  readonly spread?: string;
}

/**
 * What an operation does: raises an event of the life cycle, resumes or terminates what is suspended at this component, announces an event to whoever
 * keeps a copy of a function, or changes what no state shows (`changes`); or another component does it (`by`).
 */
export interface OperationDeclaration {
  readonly meaning: string;
  /** What must be there when it is tried; else it fails at once, and says what is away. */
  readonly needs?: readonly NeedDeclaration[];
  /** A parameter: the time until it is done. */
  readonly takes?: string;
  readonly event?: string;
  readonly suspended?: SuspendedChoice;
  readonly announces?: { readonly function: string; readonly event: string };
  readonly changes?: true;
  /** The way to the component whose operation of the same name it is: parameters, or `in` for the container. */
  readonly by?: readonly string[];
}

/** `whole`: one number for the component, whatever its members. Absent: one for each member. */
export interface GaugeDeclaration { readonly meaning: string; readonly unit: string; readonly whole?: boolean }

export interface KindDeclaration<F extends Fields = Fields> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** What it does not model. */
  readonly omits: string;
  readonly placement: PlacementDeclaration;
  readonly parameters: F;
  readonly functions: Readonly<Record<string, FunctionDeclaration>>;
  readonly lifecycle: LifecycleTable;
  readonly faults: Readonly<Partial<Record<FaultKind, FaultDeclaration>>>;
  readonly role?: RoleLeaseDeclaration;
  readonly trips?: Readonly<Record<string, TripDeclaration>>;
  readonly view?: ViewDeclaration;
  readonly operations?: Readonly<Partial<Record<OperationKind, OperationDeclaration>>>;
  readonly gauges?: Readonly<Record<string, GaugeDeclaration>>;
  /** Topology rules that speak of components of this kind. */
  readonly rules?: readonly RuleDeclaration[];
  /** What rules of other kinds may ask for, where no function tells: `isolated`. */
  readonly traits?: readonly string[];
  /** For `scope`: what sort of box this is, and what it holds besides what stands `in:` it. */
  readonly box?: { readonly scope: 'server' | 'group' | 'namespace' | 'datacenter'; readonly holds?: readonly string[] };
  /** Workers of each member. */
  readonly pool?: PoolDeclaration<F>;
  /** Messages are kept here. */
  readonly store?: StoreDeclaration<F>;
  /** The data of this component is saved at marks and can be restored elsewhere. */
  readonly images?: ImagesDeclaration<F>;
  /** Members coordinate transactions. */
  readonly coordinator?: CoordinatorDeclaration;
  /** Its queues may lie in several stores. */
  readonly spread?: SpreadDeclaration<F>;
  /** May stand in a route. */
  readonly hop?: HopDeclaration<F>;
  /** The parameter with a server that it can be moved to for good when its own place is lost. */
  readonly relocation?: string;
  /** Does repairs. */
  readonly crew?: CrewDeclaration<F>;
  /** Where capacity of a server comes from (`cpus`). */
  readonly cpus?: (values: Values<F>) => number;
  /** Memory of a server, bytes. */
  readonly memory?: (values: Values<F>) => number;
  /** Checks that no type can express; each text is one finding. */
  readonly check?: (values: Values<F>, about: { readonly members: readonly string[] }) => readonly string[];
}

/** Declares a kind with its parameter types inferred. */
export function kind<const F extends Fields>(declaration: KindDeclaration<F>): KindDeclaration {
  return declaration as unknown as KindDeclaration;
}
