/**
 * What a kind declares about the messages that pass it: workers, stores, and the hop itself.
 * A hop takes from upstream, works, puts downstream and settles upstream. Loss and duplicates follow from the order of these
 * steps, from which of them share one transaction, and from when the crash came. The engine that runs hops is beside this file.
 */
import type { Distribution } from '../../kernel/index.js';
import type { Fields, Values } from '../parameter.js';
import type { RecordingDeclaration } from '../tracking/declaration.js';
import type { TokenHabits } from './access.js';
import type { LossDeclaration } from './losses.js';
import type { MemoryTerms } from './memory.js';
import type { SendDeclaration } from './sending.js';
import type { SessionTerms } from './session-terms.js';
import type { StationDeclaration } from './station.js';

export type { SendDeclaration, StandbyTerms, TogetherTerms } from './sending.js';

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
    /** Parameter: messages of the first flow through it that are there at time 0. */
    readonly initial: string;
  };
  /** Takes from buffers, each message under a lock of its own; instead of `takes`. */
  readonly leases?: LeaseDeclaration<F>;
  /** Parameter: how it holds back what it publishes and takes (`throttling`). */
  readonly throttle?: string;
  /** Parameters: a wait longer than `min` (under memory pressure) or `max` (else) is spent in the store. */
  readonly dehydration?: { readonly min: string; readonly max: string };
}

/** Who may use what stands in it: whoever knows its key, or holds a token of an issuer. */
export interface AccessDeclaration {
  /** While this function works, clients with the key come in. */
  readonly function: string;
  /** Parameter with the issuer; absent there: the key is enough. Its function, and its parameter for the life of a token. */
  readonly issuer: string;
  readonly issues: string;
  readonly lifetime: string;
}

/** What stands in a container may do so many operations a second, all together; parameter, absent there: any number. */
export interface CreditDeclaration { readonly perSecond: string }

/** Messages are kept here in fragments until a taker settles them. */
export interface BufferDeclaration<F extends Fields = Fields> {
  /** Messages are put, taken and settled while this function works. */
  readonly function: string;
  /**
   * Where its fragments lie: in parts of its container (their numbers from 0, given how many there are and a draw of its own), in those of the
   * buffer named by the parameter `behind`, or, if nothing is said, each in the store of one of its own members.
   */
  readonly fragments?: (values: Values<F>, parts: number, draw: number) => readonly number[];
  /** Parameter: what is put into that buffer comes to lie here. */
  readonly behind?: string;
  /** Its own stores: what survives the end of the process; absent: everything. */
  readonly keeps?: (values: Values<F>) => 'committed' | 'nothing';
  /** Its own stores: what was put so lately is only in a cache, which ends with the process; µs, undefined: none. */
  readonly cached?: (values: Values<F>) => number | undefined;
  /** Parameter: messages do not stay, they are sent on to this component as soon as it takes them. */
  readonly forwards?: string;
  /** How often a message can be sent on so, from one to the next; absent: any number of times. */
  readonly hops?: number;
  /** Parameter: messages of the first flow through it that are there at time 0. */
  readonly initial?: string;
  /** Undefined: nothing is buffered. */
  readonly terms: (values: Values<F>) => BufferTerms | undefined;
}

/** Times in µs. */
export interface BufferTerms {
  /** A taken message is locked so long; 0: it is gone once it is taken; Infinity: until its taker settles it or is gone. */
  readonly lock: number;
  /** A message that was delivered so often and not settled is dead-lettered. */
  readonly deliveries: number;
  /** A message that came back waits so long before it is delivered again. */
  readonly pause: number;
  readonly timeToLive: number;
  /** What becomes of it then: dead-lettered or dropped. */
  readonly keepsExpired: boolean;
  /** An id accepted within this time is accepted again and dropped; 0: ids are not looked at. */
  readonly window: number;
  /** One more than this is refused; Infinity: no limit. */
  readonly capacity: number;
  /** Times the number of its fragments. */
  readonly capacityBytes: number;
  /** Messages with the same key are handed out in their order, the next when the one before is settled. */
  readonly sessions?: boolean;
  /** Nobody can lock a message: each member that looks while it is there takes a copy of it. */
  readonly unlocked?: boolean;
  /** Share of the messages that stay invisible for a while after they were accepted, and how long. */
  readonly hides?: { readonly share: number; readonly time: Distribution };
  /** How a message without a key finds its fragment. */
  readonly spread: 'in-turn' | 'random';
  /** A fragment that is away is avoided after this time. */
  readonly reroute: number;
  /** A buffer of its own: time to write a message down. */
  readonly writing?: Distribution;
}

/** Takes messages from buffers, each under a lock of its own. */
export interface LeaseDeclaration<F extends Fields = Fields> {
  /** Parameter with the buffers; absent: its own. */
  readonly from?: string;
  /** Messages that one member may hold beyond those it works on. */
  readonly ahead: (values: Values<F>) => number;
  /** How members hold the tokens with which they come in. */
  readonly tokens?: (values: Values<F>) => TokenHabits;
  /** Each buffer belongs to one member at a time, which takes its messages one after the other; undefined: whoever comes takes. */
  readonly sessions?: (values: Values<F>) => SessionTerms;
  /** Turned away because the container has no operations left, a member waits so long, µs. Absent: its operations are counted, and it is never turned away. */
  readonly busy?: (values: Values<F>) => number;
  /** Locks are prolonged while the message is in hand, for so long altogether; µs, 0: never. */
  readonly renews: (values: Values<F>) => number;
  /** Parameters: it looks at regular times, each member at its own; `first`: the first look after time 0, absent there: drawn. Absent: it is handed what is there at once. */
  readonly polls?: { readonly period: string; readonly first: string };
  /** Each message is handed to one of the members that can take it, drawn. Absent: to who holds least. */
  readonly atRandom?: true;
  /** It takes without a lock, as if the buffer had none. */
  readonly unlocked?: (values: Values<F>) => boolean;
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
  /** The component that takes what failed on every rung, from the same store; absent or without room: `exhausted`. What fails there too is suspended there. */
  readonly failedTo?: string;
  /** Calls that one member may have under way to one destination; absent: any number. One more waits, with its worker. */
  readonly connections?: number;
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
  /** Whoever calls from a server with a member of it calls that one. */
  readonly beside?: true;
  readonly order: (values: Values<F>) => SettleOrder;
  readonly steps: (values: Values<F>) => readonly WorkStep[];
  /** What a member began with at one instant is published in one transaction. */
  readonly together?: (values: Values<F>) => boolean;
  /** From the put until the message is settled; the worker is held so long. Undefined: no time. */
  readonly settling?: (values: Values<F>) => Distribution | undefined;
  /** Its caller is answered when what it publishes has been worked on to the end: the time until the answer is back, and after which it is no more waited for, µs. */
  readonly replies?: (values: Values<F>) => { readonly time: Distribution; readonly timeout: number } | undefined;
  /** May depend on the values: what has no next hop is a sink (`outputOf`). */
  readonly output: HopOutput | ((values: Values<F>) => HopOutput);
  /** Of a hop that calls; undefined: it does not. */
  readonly ladder?: (values: Values<F>) => LadderDeclaration | undefined;
  /** `call`: instead of a ladder, attempts that the worker makes itself, one after the other or to several targets. */
  readonly sends?: (values: Values<F>) => SendDeclaration | undefined;
  /** It is only a name: who calls it, or takes from it, calls or takes from the holder of its role. These parameters name those that may hold it. */
  readonly names?: readonly string[];
  /** Share of the messages whose work always fails. */
  readonly poison?: (values: Values<F>) => number;
  /** Of a hop that is called and has a queue of its own with rules. Absent: first come, first served, in the memory of the process. */
  readonly station?: (values: Values<F>) => StationDeclaration;
  /** What passes it can get lost on the way. */
  readonly loses?: (values: Values<F>) => LossDeclaration;
  /** An event about each message is written with the end of its work. */
  readonly records?: RecordingDeclaration<F>;
  /** What a step that fails (`error`) leads to: the caller is refused, the attempt counts as failed, the message goes back, or it is suspended. */
  readonly onError: 'refuse' | 'attempt' | 'return' | 'suspend';
  /** Parameter: 1 to 9, messages for the hop with the lowest number are taken first. Absent: all are alike. */
  readonly priority?: string;
  /** Parameter: who takes what failed for good (`LadderDeclaration.failedTo`), from the same store. */
  readonly errors?: string;
  /** It takes from a store: one message at a time over all members, in their order; `stops`: nothing passes one that failed for good. */
  readonly ordered?: (values: Values<F>) => { readonly stops: boolean } | undefined;
  /** It takes from a store: only within these hours of each day, µs since midnight. */
  readonly window?: (values: Values<F>) => { readonly from: number; readonly until: number } | undefined;
  /** Parameter: messages of the first flow through it that are suspended there at time 0. */
  readonly suspended?: string;
  /** A call: parameter(s) naming the sink behind it, so that a route may end here. */
  readonly to?: readonly string[];
  /** A caller: the protocol of its calls, and the parameter that says so; absent: whatever who is called speaks. */
  readonly protocol?: { readonly name: (values: Values<F>) => string; readonly key: string };
  /** A caller: its calls are in one transaction with its store, where the destination can take part. */
  readonly transactional?: (values: Values<F>) => boolean;
  /** A sink: its effect can be part of its caller's transaction while this function of its member works; undefined: it cannot. */
  readonly enlists?: (values: Values<F>) => string | undefined;
  /** Ids remembered by a sink: a repeated id has no further effect. By one that publishes copies of what it takes from a buffer: it is not put again. */
  readonly remembers?: (values: Values<F>) => MemoryTerms | undefined;
}
