/**
 * The contract of a kind of component: a declaration, read by everybody.
 *
 * The simulator interprets it, `hasim kinds` and `explain` print it, validation and the JSON Schema are generated from it,
 * an exact solver can explore its life-cycle table. Shared code never asks which kind it has: it reads what the kind declares.
 *
 * Strings in the place of a duration (`after: 'restart-delay'`) are names of parameters of the same kind.
 */
import type { Distribution } from '../kernel/index.js';
import type { FaultKind, OperationKind, Step, SuspendedChoice } from './definition.js';
import type { CrewDeclaration } from './fault/declaration.js';
import type { Fields, Values } from './parameter.js';
import type { AccessDeclaration, BufferDeclaration, CoordinatorDeclaration, CreditDeclaration, HopDeclaration, PoolDeclaration, SpreadDeclaration, StoreDeclaration } from './hop/declaration.js';
import type { FunctionDeclaration, NeedDeclaration } from './graph/declaration.js';
import type { Depth, LifecycleTable } from './life/declaration.js';
import type { RuleDeclaration } from './rule/declaration.js';
import type { ImagesDeclaration } from './image/declaration.js';
import type { KeptRowsDeclaration, TrackingDeclaration } from './tracking/declaration.js';

export * from './graph/declaration.js';
export * from './life/declaration.js';

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

/** A role held by one server at a time, or by several. The first of those that may hold it do so at time 0. */
export interface RoleLeaseDeclaration<F extends Fields = Fields> {
  readonly role: string;
  /** What its holder must offer; of several the first that it has. */
  readonly function: string | readonly string[];
  /** Who may hold it: components that these parameters name; absent, or none of them given: the servers of `on:`. */
  readonly among?: readonly string[];
  /** How many hold it at a time; absent: one. */
  readonly count?: (values: Values<F>) => number;
  /** Who does not hold it fails at random at so many times the rate of who does; absent: at the same rate. */
  readonly dormancy?: (values: Values<F>) => number;
}

/** Counter, threshold, window: the only way from counts back to states. */
export interface TripDeclaration {
  readonly meaning: string;
  /** Parameter; absent there: one less than the servers that may hold the role. */
  readonly threshold: string;
  /** Parameter: only what was counted within this time matters. Absent: for ever. */
  readonly window?: string;
  /** Each member counts for itself; absent: all members together. */
  readonly each?: true;
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
  /** Parameter: whether a clean end is announced, and known at once. Absent: it is noticed as any other. */
  readonly announced?: string;
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
  readonly role?: RoleLeaseDeclaration<F>;
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
  /** Protocols over which it is called; absent: any. */
  readonly speaks?: readonly string[];
  /** Workers of each member. */
  readonly pool?: PoolDeclaration<F>;
  /** Messages are kept here. */
  readonly store?: StoreDeclaration<F>;
  /** Messages are kept here until somebody who takes them settles them. */
  readonly buffer?: BufferDeclaration<F>;
  /** Clients of what stands in it need a key or a token. */
  readonly access?: AccessDeclaration;
  /** More operations than this on what stands in it are turned away for a while. */
  readonly credits?: CreditDeclaration;
  /** Components that come with it, named `name/part1` to `name/partN`: their kind, and the parameter with their number. */
  readonly parts?: { readonly part: string; readonly kind: string; readonly count: string };
  /** The data of this component is saved at marks and can be restored elsewhere. */
  readonly images?: ImagesDeclaration<F>;
  /** Members coordinate transactions. */
  readonly coordinator?: CoordinatorDeclaration;
  /** What is known of the messages in its stores is written beside them. */
  readonly tracking?: TrackingDeclaration;
  /** Rows of tracking data come to lie here, and are removed when they are old. */
  readonly keepsRows?: KeptRowsDeclaration;
  /** Its queues may lie in several stores. */
  readonly spread?: SpreadDeclaration<F>;
  /** May stand in a route. */
  readonly hop?: HopDeclaration<F>;
  /** Its data has a second copy at the place that it can be moved to, so long behind the first; undefined: it has none, or it is never behind. */
  readonly lags?: (values: Values<F>) => Distribution | undefined;
  /** The parameter with a server that it can be moved to for good when its own place is lost. */
  readonly relocation?: string;
  /** Does repairs. */
  readonly crew?: CrewDeclaration<F>;
  /** Where capacity of a server comes from (`cpus`). */
  readonly cpus?: (values: Values<F>) => number;
  /** Memory of a server, bytes. */
  readonly memory?: (values: Values<F>) => number;
  /** Checks that no type can express; each text is one finding. */
  readonly check?: (values: Values<F>, about: { readonly members: readonly string[]; readonly on: readonly string[] }) => readonly string[];
}

/** Declares a kind with its parameter types inferred. */
export function kind<const F extends Fields>(declaration: KindDeclaration<F>): KindDeclaration {
  return declaration as unknown as KindDeclaration;
}
