/**
 * A scenario as the model understands it: every name resolved to text that exists, every unit converted, every default filled in.
 *
 * The room `scenario` produces it from YAML; tests and theory programs may build it by hand. Times are microseconds,
 * rates per second, sizes bytes, shares 0 to 1. Nothing here knows a file, a line or a syntax.
 */
import type { Distribution } from '../kernel/index.js';
import type { Microseconds } from './parameter.js';

export interface ComponentDefinition {
  readonly name: string;
  readonly kind: string;
  /** The container or group, if any. */
  readonly in?: string;
  /** Server components, in the order given: one member on each, named `name@server`. */
  readonly on?: readonly string[];
  /** The cluster group whose active server carries this single instance. */
  readonly cluster?: string;
  /** First up at this time, per server (`'*'`: every member). */
  readonly starts?: Readonly<Record<string, Microseconds>>;
  /** Parameter values after defaults; shapes as `Values<kind.parameters>`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly operator?: OperatorDefinition;
}

/** What becomes of suspended messages when an operator comes: they go on, or he gives them up. */
export const SUSPENDED_CHOICES = ['resume', 'terminate'] as const;
export type SuspendedChoice = (typeof SUSPENDED_CHOICES)[number];

export interface OperatorDefinition {
  readonly reaction: Distribution;
  /** What he does with suspended messages; absent: he resumes them. */
  readonly suspended?: SuspendedChoice;
  /** Hours of the day at which somebody acts, in microseconds from midnight; absent: always. Time 0 is midnight of a Monday. */
  readonly hours?: { readonly from: Microseconds; readonly until: Microseconds; readonly days?: readonly number[] };
}

/** Limits shared by all arrival forms. */
interface ArrivalWindow { readonly from?: Microseconds; readonly until?: Microseconds; readonly limit?: number }
export type ArrivalDefinition =
  | ({ readonly type: 'poisson'; readonly ratePerSecond: number } & ArrivalWindow)
  | ({ readonly type: 'every'; readonly interval: Microseconds } & ArrivalWindow)
  | ({ readonly type: 'profile'; readonly steps: readonly ProfileStep[]; readonly repeat: boolean } & ArrivalWindow)
  | ({ readonly type: 'replay'; readonly times: readonly Microseconds[] } & ArrivalWindow)
  | ({ readonly type: 'batch'; readonly interval: Microseconds; readonly size: number } & ArrivalWindow);
export interface ProfileStep {
  readonly for: Microseconds;
  /** Exactly one of the two; neither: silence. */
  readonly ratePerSecond?: number;
  readonly interval?: Microseconds;
}

/** A route node; several `next` are a fork, and every branch gets a leg. Leaves are sinks. */
export interface RouteDefinition { readonly component: string; readonly next: readonly RouteDefinition[] }

export interface ClientDefinition {
  /** Attempts after the first. */
  readonly retry: number;
  readonly backoff: Distribution;
  /** How long the client waits for an answer to one attempt. */
  readonly timeout: Microseconds;
}

export interface FlowDefinition {
  readonly name: string;
  readonly arrivals: ArrivalDefinition;
  /** The component the source talks to; the tree of components behind it. */
  readonly route: RouteDefinition;
  /** Independent clients that share the flow. */
  readonly clients: number;
  readonly client: ClientDefinition;
  /** Number of distinct keys; message n has key (n mod keys). Absent: no key. */
  readonly keys?: number;
  readonly sizeBytes: number;
  readonly objectives: ObjectiveDefinition;
}

export interface ObjectiveDefinition {
  readonly rto?: Microseconds;
  readonly rpo?: Microseconds;
  readonly deadline?: Microseconds;
  readonly availability?: number;
}

export const FAULT_KINDS = [
  'crash', 'stop', 'restart', 'hang', 'slow', 'outage', 'disaster', 'disk-loss', 'network-partition', 'ack-loss', 'error',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Faults that never end by themselves and cannot be repaired. */
export const PERMANENT_FAULTS: readonly FaultKind[] = ['disaster'];
/** Faults that somebody brings about on purpose and in order. */
export const PLANNED_FAULTS: readonly FaultKind[] = ['stop', 'restart'];
/** Faults that come between two things. */
export const FAULTS_BETWEEN: readonly FaultKind[] = ['network-partition'];

export const STEPS = ['taken', 'worked', 'put', 'prepared', 'committed', 'settled'] as const;
export type Step = (typeof STEPS)[number];

export type MomentDefinition =
  | { readonly type: 'at'; readonly at: Distribution }
  | { readonly type: 'after'; readonly fault: string; readonly by: Distribution }
  /** `first`: before the first time; absent: an interval as all others. */
  | { readonly type: 'every'; readonly every: Distribution; readonly first?: Distribution }
  | RenewalDefinition
  | { readonly type: 'replay'; readonly rows: readonly ReplayRow[] }
  | { readonly type: 'when'; readonly component: string; readonly step: Step; readonly nth: number };

/** Failures at random: time to failure, repair (`for` of the fault), time to failure … The next one counts from the end of the repair. */
export interface RenewalDefinition {
  readonly type: 'renewal';
  readonly mttf: Distribution;
  /** At time 0 everything is up and new, or anywhere in its alternation, as an observer finds it after years. */
  readonly start: 'up' | 'stationary';
  /** One cause hits all targets at once; otherwise every member, and every role, fails on its own. */
  readonly together: boolean;
  /** Share of the failures of each member that hit all members at once; 0: none. */
  readonly beta: number;
}

/** One fault of a recorded history. */
export interface ReplayRow {
  readonly at: Microseconds;
  readonly kind: FaultKind;
  readonly targetText: string;
  readonly targets: readonly TargetDefinition[];
  readonly for?: Microseconds;
}

/** What a target means: a component, a member, or a role that is looked up when the fault comes. */
export type TargetDefinition =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'active' | 'passive'; readonly cluster: string };

export interface FaultDefinition {
  readonly id: string;
  /** Of a replay: that of its first row. */
  readonly kind: FaultKind;
  /** As written, for reports. */
  readonly targetText: string;
  /** Globs and lists already expanded. One fault hits all of them at once, unless its moment says otherwise. Of a replay: those of all rows. */
  readonly targets: readonly TargetDefinition[];
  /** `network-partition`: the two sides; `targets` are both together. */
  readonly sides?: readonly [readonly TargetDefinition[], readonly TargetDefinition[]];
  readonly moment: MomentDefinition;
  /** Absent: until the component's own recovery, or to the end. */
  readonly for?: Distribution;
  /** A component whose crews do the repair: `for` begins when one of them is free. */
  readonly crew?: string;
  /** Among those who wait for the crew: a smaller number is more urgent. */
  readonly priority?: number;
  /** `slow`: work takes this many times longer. */
  readonly factor?: number;
  /** `ack-loss`, `error`: share of steps hit. */
  readonly probability?: number;
  /** `error`: the next n steps are hit. */
  readonly count?: number;
  readonly step?: Step;
}

/** Comings of faults that are left out: all, or those of these numbers. */
export type LeftOut = 'all' | readonly { readonly fault: string; readonly number: number }[];

export const OPERATION_KINDS = [
  'deploy', 'create', 'delete', 'failover', 'switchover', 'resume', 'terminate', 'enable', 'rotate-key', 'change-secret',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export interface OperationDefinition {
  readonly id: string;
  readonly do: OperationKind;
  readonly targetText: string;
  readonly targets: readonly TargetDefinition[];
  readonly moment: MomentDefinition;
}

export interface RunDefinition {
  readonly horizon: Microseconds;
  readonly warmup: Microseconds;
  readonly drain: Microseconds;
  readonly replications: number;
  readonly timelineBin: Microseconds;
  /** Stretches of equal length into which a single long run is cut for intervals; absent: it is not cut. */
  readonly batches?: number;
}

export interface ModelDefinition {
  readonly name: string;
  readonly seed: number | string;
  readonly run: RunDefinition;
  readonly components: readonly ComponentDefinition[];
  readonly flows: readonly FlowDefinition[];
  readonly faults: readonly FaultDefinition[];
  readonly operations: readonly OperationDefinition[];
  readonly operator?: OperatorDefinition;
}
