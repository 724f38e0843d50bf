/**
 * What a kind declares about the messages that pass it: workers, stores, and the hop itself.
 *
 * A hop takes from upstream, works, puts downstream and settles upstream. Loss and duplicates follow from the order of these
 * steps, from which of them share one transaction, and from when the crash came. The engine that runs hops is beside this file.
 */
import type { Distribution } from '../../kernel/index.js';
import type { Fields, Values } from '../parameter.js';
import type { LossDeclaration } from './losses.js';
import type { StationDeclaration } from './station.js';

/** Order of put and settle: at most once, at least once, exactly once. */
export type SettleOrder = 'settle-first' | 'put-then-settle' | 'one-transaction';

export interface PoolDeclaration<F extends Fields = Fields> {
  /** Workers work while this function of the member works. */
  readonly function: string;
  /** Messages worked on at once by one member. */
  readonly slots: (values: Values<F>, cpus: number) => number;
  /** Requests that may wait for a slot inside one member (calls) or messages locked ahead (stores). */
  readonly waiting: (values: Values<F>, cpus: number) => number;
  /** Takes from this store; absent: only answers calls. */
  readonly takes?: {
    /** The store is the one named by this parameter of the container (`in:`), or several (`SpreadDeclaration`), and messages pass while this function of the container works. */
    readonly containerParameter: string;
    readonly containerFunction: string;
    readonly poll: string;
    /** Messages that one member may hold locked. */
    readonly lockLimit: (values: Values<F>, cpus: number) => number;
    /** Of these, in process; what is locked beyond waits to be delivered. */
    readonly processLimit: (values: Values<F>, cpus: number) => number;
    /** Lease on locked messages: beat, time to live after the last beat, period of the job that frees what is left. */
    readonly beat: string;
    readonly deadAfter: string;
    readonly sweep: string;
    /** Jobs of the store, that job included, run while this function of the container works; its parameter `messages`: period of the job that deletes finished messages. */
    readonly jobs: { readonly function: string; readonly messages: string };
    /** Tracking data: the function of the container with which rows are moved out of the store, and its parameters for the period and the rows of a message. */
    readonly tracking: { readonly function: string; readonly period: string; readonly rows: string };
    /** Parameter: messages of the first flow through it that are there at time 0. */
    readonly initial: string;
  };
  /** Parameter: how it holds back what it publishes and takes (`throttling`). */
  readonly throttle?: string;
  /** Parameters: a wait longer than `min` (under memory pressure) or `max` (else) is spent in the store. */
  readonly dehydration?: { readonly min: string; readonly max: string };
}

export interface StoreDeclaration<F extends Fields = Fields> {
  /** Every operation on the store needs this function of the component. */
  readonly function: string;
  /** What survives a crash: everything committed, or nothing. */
  readonly keeps: (values: Values<F>) => 'committed' | 'nothing';
  /** What it presumes of a prepared transaction whose coordinator has lost its log; undefined: as the store that contains it, in the end nothing. */
  readonly inDoubt?: (values: Values<F>) => 'none' | 'commit' | 'abort';
  /** Time of its server that one published message costs; undefined: none. */
  readonly operation?: (values: Values<F>) => Distribution | undefined;
  /** Each server that may hold the role keeps a copy of the data. */
  readonly copies?: {
    /** Parameter: until a server that is back holds all data again. */
    readonly catchUp: string;
    /** Parameter: how long a commit waits for a copy that fell silent, before it goes on without it. */
    readonly session: string;
  };
}

/** A container whose queues may lie in several stores: the parameter names them, the first routes. */
export interface SpreadDeclaration<F extends Fields = Fields> {
  readonly parameter: string;
  /** Whether the first takes messages too, when there are so many. */
  readonly firstToo: (values: Values<F>, stores: number) => boolean;
  /** Whether new messages pass over stores that are away. */
  readonly passesOver: (values: Values<F>) => boolean;
  /** Share of an operation that a message in another store costs the first. */
  readonly routing: (values: Values<F>) => number;
}

/** Coordinates transactions of the work beside it; names of parameters. */
export interface CoordinatorDeclaration {
  /** It coordinates while this function works. */
  readonly function: string;
  /** An unprepared transaction ends by itself this long after its beginning. */
  readonly timeout: string;
  /** Until all participants have voted; until the decision is written. */
  readonly prepare: string;
  readonly commit: string;
}

export interface WorkStep {
  readonly work: Distribution;
  readonly persist: boolean;
  /** Instead of work: the message waits so long without a worker. */
  readonly wait?: Distribution;
}

export interface LadderRung {
  /** Component that is called. */
  readonly to: string;
  readonly tries: number;
  /** Wait before each try but the first of this rung; in µs. */
  readonly interval: Distribution;
}

/** `publish`: into the intake of the next hop. `call`: a ladder of attempts. `effect`: this is a sink. */
export type HopOutput = 'publish' | 'call' | 'effect';

/** Attempts of a hop that calls. One that takes from a store goes back there between attempts, one that is called keeps its worker. */
export interface LadderDeclaration {
  readonly rungs: readonly LadderRung[];
  /** How long one attempt waits for its answer; µs. */
  readonly timeout: number;
  /** When every rung failed. */
  readonly exhausted: 'suspend' | 'reject';
  /** Between attempts the message waits in its store (`store`) or in the worker's hands (`worker`). */
  readonly waits: 'store' | 'worker';
}

/** What a hop with these values does with a message that it has worked on. */
export function outputOf({ output }: HopDeclaration, values: Values<Fields>): HopOutput {
  return typeof output === 'function' ? output(values) : output;
}

export interface HopDeclaration<F extends Fields = Fields> {
  /** Whose workers: its own, or those of the component named by this parameter. */
  readonly pool: 'own' | { readonly parameter: string };
  /** Reached by a call, or takes from the store of its workers. */
  readonly intake: 'call' | 'store';
  /** Calls are spread over the members by the view of the component that this parameter names; absent parameter: round robin over all, blindly. */
  readonly through?: string;
  readonly order: (values: Values<F>) => SettleOrder;
  readonly steps: (values: Values<F>) => readonly WorkStep[];
  /** May depend on the values: what has no next hop is a sink (`outputOf`). */
  readonly output: HopOutput | ((values: Values<F>) => HopOutput);
  /** Of a hop that calls; undefined: it does not. */
  readonly ladder?: (values: Values<F>) => LadderDeclaration | undefined;
  /** Of a hop that is called and has a queue of its own with rules. Absent: first come, first served, in the memory of the process. */
  readonly station?: (values: Values<F>) => StationDeclaration;
  /** What passes it can get lost on the way. */
  readonly loses?: (values: Values<F>) => LossDeclaration;
  /** What a step that fails (`error`) leads to: the caller is refused, the attempt counts as failed, the message goes back, or it is suspended. */
  readonly onError: 'refuse' | 'attempt' | 'return' | 'suspend';
  /** Parameter: 1 to 9, messages for the hop with the lowest number are taken first. Absent: all are alike. */
  readonly priority?: string;
  /** Parameter: messages of the first flow through it that are suspended there at time 0. */
  readonly suspended?: string;
  /** A call: parameter(s) naming the sink behind it, so that a route may end here. */
  readonly to?: readonly string[];
  /** A caller: its calls are in one transaction with its store, where the destination can take part. */
  readonly transactional?: (values: Values<F>) => boolean;
  /** A sink: its effect can be part of its caller's transaction while this function of its member works; undefined: it cannot. */
  readonly enlists?: (values: Values<F>) => string | undefined;
  /** Ids remembered by a sink: a repeated id has no further effect. */
  readonly remembers?: (values: Values<F>) => { readonly ids: number; readonly durable: boolean } | undefined;
}
