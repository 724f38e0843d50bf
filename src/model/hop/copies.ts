/**
 * All copies of one replication as a structure of arrays: each is one stored or carried instance of some legs of a message.
 *
 * A copy is in one state, belongs to one route node, and is in at most one chain. Slots are recycled; a generation tells an old
 * reference from a new one. Not here: what the states lead to (`work.ts`, `calls.ts`, `breakage.ts`).
 */

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
export const Phase = { working: 0, worked: 1, putting: 2, put: 3, settled: 4, pending: 5, errand: 6, settling: 7 } as const;

export class Copies {
  /** Route node, message slot in the records of its flow, state. */
  node = new Int32Array(1024);
  slot = new Int32Array(1024);
  state = new Uint8Array(1024);
  next = new Int32Array(1024);
  previous = new Int32Array(1024);
  /** Index of the pool that holds it, NONE in a store or at the source. */
  pool = new Int32Array(1024);
  /** Calls: who waits for the answer, and which request it waits for. */
  caller = new Int32Array(1024);
  callerGeneration = new Int32Array(1024);
  request = new Int32Array(1024);
  generation = new Int32Array(1024);
  /** The transaction that it is part of, NONE without one. */
  transaction = new Int32Array(1024);
  /** Times it was taken or tried, ever; tries at the present ladder position are derived from `attempts`. */
  tries = new Int32Array(1024);
  /** Failed attempts of its ladder, kept with the message. */
  attempts = new Int32Array(1024);
  /** The step in work, and the step after the last persistence point. */
  step = new Int32Array(1024);
  persisted = new Int32Array(1024);
  phase = new Uint8Array(1024);
  /** Which of the stores of its queue it lies in. */
  place = new Uint8Array(1024);
  /** The only timer a copy can have; 0: none. */
  timer = new Float64Array(1024);
  readyAt = new Float64Array(1024);
  /** Work that stands still: µs left. */
  remaining = new Float64Array(1024);

  live = 0;
  private used = 0;
  private freeHead = NONE;

  allocate(node: number, slot: number): number {
    let id = this.freeHead;
    if (id !== NONE) this.freeHead = this.next[id];
    else {
      id = this.used++;
      if (id === this.state.length) this.grow();
    }
    this.live++;
    this.node[id] = node;
    this.slot[id] = slot;
    this.next[id] = this.previous[id] = this.pool[id] = this.caller[id] = this.request[id] = this.transaction[id] = NONE;
    this.tries[id] = this.attempts[id] = this.step[id] = this.persisted[id] = this.phase[id] = this.place[id] = 0;
    this.timer[id] = this.readyAt[id] = this.remaining[id] = 0;
    return id;
  }

  release(id: number): void {
    this.state[id] = CopyState.free;
    this.generation[id]++;
    this.next[id] = this.freeHead;
    this.freeHead = id;
    this.live--;
  }

  /** One more than the highest id in use: bound for scans. */
  get bound(): number {
    return this.used;
  }

  private grow(): void {
    const size = this.state.length * 2;
    const int = (old: Int32Array): Int32Array<ArrayBuffer> => { const wide = new Int32Array(size); wide.set(old); return wide; };
    const float = (old: Float64Array): Float64Array<ArrayBuffer> => { const wide = new Float64Array(size); wide.set(old); return wide; };
    const byte = (old: Uint8Array): Uint8Array<ArrayBuffer> => { const wide = new Uint8Array(size); wide.set(old); return wide; };
    this.state = byte(this.state);
    this.phase = byte(this.phase);
    this.place = byte(this.place);
    this.node = int(this.node);
    this.slot = int(this.slot);
    this.next = int(this.next);
    this.previous = int(this.previous);
    this.pool = int(this.pool);
    this.caller = int(this.caller);
    this.callerGeneration = int(this.callerGeneration);
    this.request = int(this.request);
    this.generation = int(this.generation);
    this.transaction = int(this.transaction);
    this.tries = int(this.tries);
    this.attempts = int(this.attempts);
    this.step = int(this.step);
    this.persisted = int(this.persisted);
    this.timer = float(this.timer);
    this.readyAt = float(this.readyAt);
    this.remaining = float(this.remaining);
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

  /** In order of `readyAt`, from the back: what was ready earlier goes before what came later. */
  insertByReadiness(id: number): void {
    const { links: copies } = this;
    const time = copies.readyAt[id];
    let after = this.tail;
    while (after !== NONE && copies.readyAt[after] > time) after = copies.previous[after];
    this.insertAfter(after, id);
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
