/**
 * The two ledgers of a run, as the stream of entries that readers see in order of time.
 *
 * The message ledger says what became of every message; the state ledger says when which function, component and flow was down
 * or degraded and which faults were behind it. Nothing else leaves a simulation: measures, CSV and verdicts are readers.
 * Entries carry numbers (indices into the `ModelMap`); a reader that keeps nothing per message keeps a run's memory flat.
 *
 * Not here: who keeps or aggregates the entries (room `experiment`).
 */
import type { Microseconds } from './parameter.js';

/** What a leg or a message has become; a message has the worst of its legs (this order, worst first). */
export const FATES = ['lost', 'dead_lettered', 'suspended', 'expired', 'rejected', 'in_flight', 'delivered'] as const;
export type Fate = (typeof FATES)[number];

/** Index into `CauseSets`: the set of fault occurrences behind a state. 0 is the empty set. */
export type CauseSetId = number;
/** Index into `CausePaths`: `fault > component > step`. 0: nothing to blame. */
export type CausePathId = number;

export const FlowStatus = { served: 0, degraded: 1, stopped: 2 } as const;
export type FlowStatus = (typeof FlowStatus)[keyof typeof FlowStatus];

export interface LedgerReader {
  // ---- message ledger -------------------------------------------------------------------------------------------------
  /** A message enters the world. */
  offered?(time: Microseconds, flow: number, n: number): void;
  /** The source calls a first buffer or destination (again). */
  sent?(time: Microseconds, flow: number, n: number): void;
  /** The source believes an answer `accepted`; `firstAttempt`: when it first asked. Once per message. */
  accepted?(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, firstAttempt: Microseconds): void;
  /** A copy was taken from a buffer. */
  received?(time: Microseconds, flow: number, n: number): void;
  /** The effect of a leg at its sink; `nth` = 1 for the first, more for duplicates (then `cause` says why). */
  effect?(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, nth: number, cause: CausePathId): void;
  /** A copy was ended by a memory of known ids. */
  suppressed?(time: Microseconds, flow: number, leg: number, n: number): void;
  /** Every leg of the message has had its first effect now. Once per message. */
  delivered?(time: Microseconds, flow: number, n: number, offeredAt: Microseconds): void;
  /** The message can move only by an operator now (true), or an operator made it go on (false). */
  suspended?(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, suspended: boolean, cause: CausePathId): void;
  /**
   * The fate of one leg is final, or the run has ended and this is what it is. Exactly once per leg of every offered message.
   * `stranded`: in flight inside something down (only at the end of the run).
   */
  legClosed?(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void;
  /** The same for the whole message. Exactly once per offered message. */
  closed?(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void;
  /** A step of work done by a handler member; `again`: the same step of the same leg was done before. */
  worked?(time: Microseconds, member: number, again: boolean): void;
  /** Workers of a member: busy now, of so many. */
  busy?(time: Microseconds, member: number, busy: number, slots: number): void;
  /** An operation on a member, one of so many at a time, was given its turn: from when until when. Told when it is asked for. */
  booked?(time: Microseconds, member: number, from: Microseconds, until: Microseconds, slots: number): void;
  /** Messages waiting for a free worker inside a member: the new length. */
  waiting?(time: Microseconds, member: number, length: number): void;
  /** Messages waiting in the queue of a component, which its members share: the new length. */
  queued?(time: Microseconds, component: number, length: number): void;
  /** Only when steps are traced. */
  step?(time: Microseconds, member: number, step: string, flow: number, n: number, leg: number, detail: string): void;

  // ---- state ledger ---------------------------------------------------------------------------------------------------
  /** A function of a member works or not, and the faults behind it when not. Emitted at every change of either. */
  functionChanged?(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void;
  /** A member works slower than it should (`slow`), or as it should again. */
  slowed?(time: Microseconds, member: number, factor: number, causes: CauseSetId): void;
  /** A life cycle moved. */
  lifecycle?(time: Microseconds, member: number, from: string, to: string, causes: CauseSetId): void;
  /** The role of a component moved to another server. */
  failover?(time: Microseconds, component: number, toServer: number): void;
  /**
   * A source has another owner out of the members of a component, or none (-1); the same as before: it has it again.
   * @param destination of several that its data goes to; -1: there is only one
   */
  sessionMoved?(time: Microseconds, component: number, source: number, fromMember: number, toMember: number, destination: number): void;
  /** An observer's belief about a member changed. */
  believed?(time: Microseconds, observer: number, member: number, up: boolean): void;
  /** What a message of this flow offered now would meet. `capacity` in messages a second, Infinity when nothing limits it. */
  flowChanged?(time: Microseconds, flow: number, status: FlowStatus, capacity: number, causes: CauseSetId): void;
  /** The same for the first hop of the flow alone. */
  acceptChanged?(time: Microseconds, flow: number, status: FlowStatus, causes: CauseSetId): void;
  gauge?(time: Microseconds, member: number, gauge: string, value: number): void;

  // ---- faults and operations ------------------------------------------------------------------------------------------
  /** `effective`: it changed something; a fault that hits what is already down by the same depth is masked. */
  faultStarted?(time: Microseconds, occurrence: number, effective: boolean): void;
  faultEnded?(time: Microseconds, occurrence: number): void;
  /** The mechanism that recovers what the fault hit has noticed it. Once per occurrence at most. */
  noticed?(time: Microseconds, occurrence: number): void;
  operation?(time: Microseconds, operation: number, target: string, startedAt: Microseconds, result: 'done' | 'failed', reason: string): void;

  /** The run is over; nothing follows. */
  ended?(time: Microseconds): void;
}

/** Names and structure behind the indices of the ledgers; fixed when a model is built. Occurrences grow as faults come. */
export interface ModelMap {
  readonly components: readonly MapComponent[];
  readonly members: readonly MapMember[];
  readonly functions: readonly { readonly name: string; readonly member: number }[];
  readonly flows: readonly MapFlow[];
  readonly faults: readonly { readonly id: string; readonly kind: string; readonly targetText: string }[];
  readonly operations: readonly { readonly id: string; readonly targetText: string }[];
  /** Fault occurrences so far; index = occurrence id of the ledgers and of cause sets. */
  readonly occurrences: readonly MapOccurrence[];
  /** Members of a cause set: indices of `occurrences`, ascending. */
  causesOf(set: CauseSetId): readonly number[];
  /** Fault occurrences of a cause path (may be empty or several) and its text without the fault: `component > step`. */
  pathOf(path: CausePathId): { readonly causes: CauseSetId; readonly component: string; readonly step: string };
}

export interface MapComponent {
  readonly name: string;
  readonly kind: string;
  readonly members: readonly number[];
  /** For states of its life cycle, what time down in them is spent on; absent: nothing is said. */
  readonly downAs?: Readonly<Record<string, string>>;
  /** Gauges that the component has as a whole; they are written for its first member. */
  readonly wholeGauges: readonly string[];
  /** Boxes for `scope`, smallest first: every box (component index and sort) that this component, or all of its members, is inside of. */
  readonly boxes: readonly { readonly scope: 'server' | 'group' | 'namespace' | 'datacenter'; readonly box: number }[];
}
export interface MapMember {
  /** `name@server`, or the component's name when it has one member. */
  readonly name: string;
  readonly component: number;
  readonly functions: readonly number[];
  /** Boxes that this member is inside of, itself included when it is one. */
  readonly boxes: readonly { readonly scope: 'server' | 'group' | 'namespace' | 'datacenter'; readonly box: number }[];
  /** Has workers (utilisation is meaningful). */
  readonly slots: number;
}
export interface MapFlow {
  readonly name: string;
  /** Names of the legs (the sinks' route components), one when the route does not fork. */
  readonly legs: readonly string[];
  readonly keys: number;
  readonly deadline: Microseconds | null;
  /** Capacity with everything up, messages a second; Infinity when nothing limits it. */
  readonly faultFreeCapacity: number;
}
export interface MapOccurrence {
  readonly fault: number;
  readonly kind: string;
  /** From 1. */
  readonly number: number;
  readonly start: Microseconds;
  readonly targets: readonly number[];
  readonly targetText: string;
}
