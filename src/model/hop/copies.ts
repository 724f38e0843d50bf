/**
 * All copies of one replication as a structure of arrays: each is one stored or carried instance of some legs of a message.
 *
 * A copy is in one state, belongs to one route node, and is in at most one chain. Slots are recycled; a generation tells an old
 * reference from a new one. What belongs to work in hand takes no memory for what lies in a store. Not here: what the states lead to (`work.ts`, `calls.ts`, `breakage.ts`).
 */
import { Rare, RareTimes } from './rare.js';
import { widened, widerThan } from './widen.js';

export const CopyState = {
  free: 0,
  /** The source's own: it may offer again. */
  source: 1,
  /** In a store, for anybody to take. */
  ready: 2,
  /** In the hands of a member, waiting for a free worker. */
  waiting: 3,
  working: 4,
  /** The worker waits for an answer. */
  calling: 5,
  /** Hold: locked by a member that no longer works on it. */
  orphan: 6,
  /** Hold: not before a due time. */
  due: 7,
  /** Hold: only an operator can move it. */
  suspended: 8,
  /** Hold: part of a transaction that goes on without the worker; its outcome is not known here yet. */
  transaction: 9,
  /** In the hands of a member and in process, but for a while without a worker. */
  asleep: 10,
  /** Hold: locked by somebody who works on a copy of it, until it is settled or the lock ends. */
  locked: 11,
} as const;
export type CopyState = (typeof CopyState)[keyof typeof CopyState];

export const NONE = -1;

/** How far the work on a copy in hand has come; what is left to do when a process that stood still goes on. `putting`: the put has begun and waits; `pending`: answered, the effect waits for the outcome of a transaction; `errand`: one of several attempts of a message that goes to all targets; `settling`: put, and being deleted where it was taken. */
export const Phase = { working: 0, worked: 1, putting: 2, put: 3, settled: 4, pending: 5, errand: 6, settling: 7, gathered: 8 } as const;

export class Copies {
  /** Route node, message slot in the records of its flow, state. */
  node = new Int32Array(1024);
  slot = new Int32Array(1024);
  state = new Uint8Array(1024);
  next = new Int32Array(1024);
  previous = new Int32Array(1024);
  /** Index of the pool that holds it, NONE in a store or at the source. */
  readonly pool = new Rare(NONE);
  /** Calls: who waits for the answer, and which request it waits for. */
  readonly caller = new Rare(NONE);
  readonly callerGeneration = new Rare();
  readonly request = new Rare(NONE);
  readonly generation = new Rare();
  /** The transaction that it is part of, NONE without one. */
  readonly transaction = new Rare(NONE);
  /** Times it was taken or tried, ever; tries at the present ladder position are derived from `attempts`. */
  readonly tries = new Rare();
  /** Failed attempts of its ladder, kept with the message. */
  readonly attempts = new Rare();
  /** The step in work, and the step after the last persistence point. */
  readonly step = new Rare();
  readonly persisted = new Rare();
  phase = new Uint8Array(1024);
  /** Which of the stores of its queue it lies in. */
  place = new Uint16Array(1024);
  /** The only timer a copy can have; 0: none. */
  readonly timer = new RareTimes();
  readyAt = new Float64Array(1024);
  /** Work that stands still: µs left. */
  readonly remaining = new RareTimes();

  live = 0;
  private used = 0;
  private freeHead = NONE;
  private freeStored = NONE;
  /** Places for what is in hand, free ones included. */
  private inHand = 0;

  /**
   * @param stored it lies in a store: then it gets another's place there and not one of what was in hand, so that a backlog does not
   *   spread what is in hand over all places
   */
  allocate(node: number, slot: number, stored: boolean): number {
    let id: number;
    if (stored) {
      id = this.freeStored === NONE ? this.reserve(1) : this.freeStored;
      this.freeStored = this.next[id];
    } else {
      // As many again at once: else every record of how many are in hand would lie behind the backlog of that time.
      if (this.freeHead === NONE) this.freeHead = this.reserve(Math.max(256, this.inHand));
      id = this.freeHead;
      this.freeHead = this.next[id];
    }
    this.live++;
    this.node[id] = node;
    this.slot[id] = slot;
    this.next[id] = this.previous[id] = NONE;
    this.phase[id] = this.place[id] = this.readyAt[id] = 0;
    this.pool.set(id, NONE);
    this.tries.set(id, 0);
    this.attempts.set(id, 0);
    this.step.set(id, 0);
    this.persisted.set(id, 0);
    this.caller.set(id, NONE);
    this.request.set(id, NONE);
    this.transaction.set(id, NONE);
    this.timer.set(id, 0);
    this.remaining.set(id, 0);
    return id;
  }

  /** @returns the first of so many new places, linked one after the other; not for what lies in a store if there are several */
  private reserve(count: number): number {
    const first = this.used;
    this.used += count;
    while (this.used > this.state.length) this.grow();
    for (let id = first; id < this.used; id++) this.next[id] = id + 1 < this.used ? id + 1 : NONE;
    if (count > 1) this.inHand += count;
    return first;
  }

  /** @param stored as it was allocated */
  release(id: number, stored: boolean): void {
    this.state[id] = CopyState.free;
    this.generation.add(id, 1);
    if (stored) {
      this.next[id] = this.freeStored;
      this.freeStored = id;
    } else {
      this.next[id] = this.freeHead;
      this.freeHead = id;
    }
    this.live--;
  }

  /** One more than the highest id in use: bound for scans. */
  get bound(): number {
    return this.used;
  }

  private grow(): void {
    const size = widerThan(this.state.length);
    this.state = widened(this.state, new Uint8Array(size));
    this.phase = widened(this.phase, new Uint8Array(size));
    this.place = widened(this.place, new Uint16Array(size));
    this.node = widened(this.node, new Int32Array(size));
    this.slot = widened(this.slot, new Int32Array(size));
    this.next = widened(this.next, new Int32Array(size));
    this.previous = widened(this.previous, new Int32Array(size));
    this.readyAt = widened(this.readyAt, new Float64Array(size));
  }
}

/** A doubly linked list of copies through their own links: first in, first out, removal anywhere. */
export class Chain {
  head = NONE;
  tail = NONE;
  length = 0;

  constructor(protected readonly links: Copies) {}

  push(id: number): void {
    const { links: copies } = this;
    copies.previous[id] = this.tail;
    copies.next[id] = NONE;
    if (this.tail === NONE) this.head = id;
    else copies.next[this.tail] = id;
    this.tail = id;
    this.length++;
  }

  /** NONE: at the front. */
  protected insertAfter(after: number, id: number): void {
    const { links: copies } = this;
    const before = after === NONE ? this.head : copies.next[after];
    copies.previous[id] = after;
    copies.next[id] = before;
    if (before === NONE) this.tail = id;
    else copies.previous[before] = id;
    if (after === NONE) this.head = id;
    else copies.next[after] = id;
    this.length++;
  }

  remove(id: number): void {
    const { links: copies } = this;
    const before = copies.previous[id];
    const after = copies.next[id];
    if (before === NONE) this.head = after;
    else copies.next[before] = after;
    if (after === NONE) this.tail = before;
    else copies.previous[after] = before;
    copies.next[id] = copies.previous[id] = NONE;
    this.length--;
  }

  /** Takes out the first; NONE when empty. */
  shift(): number {
    const id = this.head;
    if (id !== NONE) this.remove(id);
    return id;
  }

  /** The members, in order; for scans that change the chain. */
  toArray(): number[] {
    const all: number[] = [];
    for (let id = this.head; id !== NONE; id = this.links.next[id]) all.push(id);
    return all;
  }
}
