/**
 * The future event list: a 4-ary heap over typed arrays, with a pool of slots for what an event carries.
 *
 * The order is total: (time, priority, rank, sequence). Adding, taking the earliest and cancelling cost
 * O(log n); a cancelled event is really removed; no object is made per event.
 * It does not know the clock, does not run handlers and does not check what it is given: the simulator does.
 *
 * Two ideas keep it fast. Times live in heap cells and only integers pass through calls, because a double
 * handed to a call that is not inlined is boxed. And taking the earliest leaves a hole at the root, which the
 * next insertion fills with one pass downwards instead of two passes.
 */
import { KernelError } from './errors.js';

/** Names one scheduled event: generation·2^22 + slot. An id whose event has gone never names a later one. */
export type EventId = number;

/** Called when its event is due, with the integer it was scheduled with. */
export type Handler = (argument: number) => void;

/** An id that no event ever has, for fields that say "nothing is scheduled". */
export const NO_EVENT: EventId = 0;

/** Slots an id can address, hence the most events pending at once. */
export const MAX_PENDING = 2 ** 22;

/** Ranks run from 0 to this. */
export const MAX_RANK = 2 ** 28 - 1;

const RANK_SPAN = MAX_RANK + 1;
const MAX_GENERATION = 2 ** 31 - 1;
const CHILDREN = 4;
const NONE = -1;

/** Stands in a free slot, so that no closure of the model is kept alive. */
const nothing: Handler = () => undefined;

/** Priority and rank in one 31-bit integer that sorts by priority, then rank. */
export function orderKey(priority: number, rank: number): number {
  return priority * RANK_SPAN + rank;
}

export class FutureEventList {
  /** Heap cells in use, the hole included. */
  private size = 0;
  /** 1 when cell 0 is the empty place of an event just taken, else 0; a number, because it is counted with. */
  private hole = 0;
  private capacity: number;
  private sequence = 0;

  /** Times by heap cell. From outside, only the cell got from `openCell` is written. */
  times: Float64Array;
  /**
   * Slots by heap cell. Behind the last cell in use stand the free slots, and in the hole the slot of the event
   * taken: a slot is got and given back without a list of free ones.
   */
  private slots: Int32Array;

  private positions: Int32Array;
  private keys: Int32Array;
  private sequences: Float64Array;
  private generations: Int32Array;
  private parameters: Int32Array;
  private readonly handlers: Handler[] = [];

  /** @param capacity events for which room is made at first; it grows by doubling */
  constructor(capacity = 64) {
    this.capacity = capacity;
    this.times = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.positions = new Int32Array(capacity);
    this.keys = new Int32Array(capacity);
    this.sequences = new Float64Array(capacity);
    this.generations = new Int32Array(capacity);
    this.parameters = new Int32Array(capacity);
    this.addSlots(0);
  }

  /** Events waiting. */
  get pending(): number {
    return this.size - this.hole;
  }

  /** Time of the earliest event, +Infinity when there is none. */
  get nextTime(): number {
    const { times, size } = this;
    if (size === 0) return Infinity;
    if (this.hole === 0) return times[0];
    let earliest = Infinity;
    for (let cell = 1; cell < Math.min(1 + CHILDREN, size); cell++) earliest = Math.min(earliest, times[cell]);
    return earliest;
  }

  /**
   * First half of an insertion: a heap cell for the new event. The caller must write its time into
   * `times[cell]` and call `fill` before anything else touches the list.
   * @throws KernelError when as many events are pending as ids can address
   */
  openCell(): number {
    if (this.hole === 1) {
      this.hole = 0;
      return 0;
    }
    if (this.size === this.capacity) this.grow();
    return this.size++;
  }

  /**
   * Second half of an insertion: gives the cell's event a slot and moves it to its place.
   * @param key see `orderKey`
   * @returns the slot, from which `idOf` makes the id
   */
  fill(cell: number, handler: Handler, argument: number, key: number): number {
    const slot = this.slots[cell];
    this.handlers[slot] = handler;
    this.parameters[slot] = argument;
    this.keys[slot] = key;
    this.sequences[slot] = this.sequence++;
    if (cell === 0) this.siftDown(0, slot);
    else this.siftUp(cell, slot);
    return slot;
  }

  /** The id of the event that holds a slot now. */
  idOf(slot: number): EventId {
    return this.generations[slot] * MAX_PENDING + slot;
  }

  /** Slot of the earliest event; only when something is pending and no hole is open. */
  get firstSlot(): number {
    return this.slots[0];
  }

  handlerOf(slot: number): Handler {
    return this.handlers[slot];
  }

  argumentOf(slot: number): number {
    return this.parameters[slot];
  }

  /** Takes the earliest event out and leaves the hole open; its slot is free from here on. */
  takeFirst(): void {
    this.outdate(this.slots[0]);
    this.hole = 1;
  }

  /** Closes the hole, if the event taken has put nothing in its place. */
  closeHole(): void {
    if (this.hole === 0) return;
    this.hole = 0;
    this.leave(0);
  }

  /** Whether the id's event still waits. False for any number that is no id. */
  isPending(id: EventId): boolean {
    return this.slotOf(id) !== NONE;
  }

  /** When the id's event is due, NaN when it no longer waits. */
  timeOf(id: EventId): number {
    const slot = this.slotOf(id);
    return slot === NONE ? NaN : this.times[this.positions[slot]];
  }

  /** Removes the id's event; false when it has run, was cancelled, or never was. */
  cancel(id: EventId): boolean {
    const slot = this.slotOf(id);
    if (slot === NONE) return false;
    // An open hole may stay open: its cell still holds the key of the event taken, which precedes all
    // others, so nothing is moved into it from below.
    const cell = this.positions[slot];
    this.outdate(slot);
    this.leave(cell);
    return true;
  }

  /** Gives up a cell: the last event takes its place and the cell's slot becomes the first free one. */
  private leave(cell: number): void {
    const { slots, times } = this;
    const last = --this.size;
    const slot = slots[cell];
    const moved = slots[last];
    slots[last] = slot;
    this.handlers[slot] = nothing;
    if (cell === last) return;
    times[cell] = times[last];
    if (cell > 0 && !this.precedes((cell - 1) >> 2, cell, moved)) this.siftUp(cell, moved);
    else this.siftDown(cell, moved);
  }

  private slotOf(id: EventId): number {
    const generation = Math.floor(id / MAX_PENDING);
    const slot = id - generation * MAX_PENDING;
    if (this.generations[slot] !== generation) return NONE;
    // A free slot has a generation as well, though nobody was given its id.
    const cell = this.positions[slot];
    return cell >= this.hole && cell < this.size && this.slots[cell] === slot ? slot : NONE;
  }

  /** A new generation makes old ids stale; it wraps after 2^31 uses of one slot. */
  private outdate(slot: number): void {
    const generation = this.generations[slot];
    this.generations[slot] = generation === MAX_GENERATION ? 1 : generation + 1;
  }

  /** Whether the event of a cell comes before another event, whose time stands in `otherCell`. */
  private precedes(cell: number, otherCell: number, otherSlot: number): boolean {
    const time = this.times[cell];
    const otherTime = this.times[otherCell];
    if (time !== otherTime) return time < otherTime;
    const slot = this.slots[cell];
    const key = this.keys[slot];
    const otherKey = this.keys[otherSlot];
    return key === otherKey ? this.sequences[slot] < this.sequences[otherSlot] : key < otherKey;
  }

  private put(cell: number, slot: number): void {
    this.slots[cell] = slot;
    this.positions[slot] = cell;
  }

  /** Moves the event of `slot`, whose time stands in `cell`, towards the root as far as it must go. */
  private siftUp(cell: number, slot: number): void {
    const { times, slots, positions } = this;
    const time = times[cell];
    while (cell > 0) {
      const parent = (cell - 1) >> 2;
      const parentTime = times[parent];
      if (parentTime < time) break;
      if (parentTime === time) {
        times[cell] = time;
        this.siftUpTied(cell, slot);
        return;
      }
      const parentSlot = slots[parent];
      times[cell] = parentTime;
      slots[cell] = parentSlot;
      positions[parentSlot] = cell;
      cell = parent;
    }
    times[cell] = time;
    this.put(cell, slot);
  }

  /** As `siftUp`, minding ties. */
  private siftUpTied(cell: number, slot: number): void {
    const { times, slots } = this;
    const time = times[cell];
    while (cell > 0) {
      const parent = (cell - 1) >> 2;
      times[cell] = time;
      if (this.precedes(parent, cell, slot)) break;
      times[cell] = times[parent];
      this.put(cell, slots[parent]);
      cell = parent;
    }
    times[cell] = time;
    this.put(cell, slot);
  }

  /**
   * Moves the event of `slot`, whose time stands in `cell`, away from the root as far as it must go.
   * The loop knows only full groups of children with different times, so that it needs no call: a call in a
   * loop makes the compiler look up every array again after it. The rest is left to `siftDownTied`.
   */
  private siftDown(cell: number, slot: number): void {
    const { times, slots, positions } = this;
    const full = this.size - CHILDREN;
    const time = times[cell];
    let child = (cell << 2) + 1;
    while (child <= full) {
      // Comparisons are counted with instead of branched on: which child is earliest cannot be predicted.
      // "| 0" tells the compiler that the index cannot overflow.
      const a = (child + +(times[child + 1] < times[child])) | 0;
      const b = (child + 2 + +(times[child + 3] < times[child + 2])) | 0;
      const timeA = times[a];
      const timeB = times[b];
      const best = (a + ((b - a) & -+(timeB < timeA))) | 0;
      const bestTime = times[best];
      if (timeA === timeB || times[child + 1] === times[child] || times[child + 3] === times[child + 2]) break;
      if (bestTime > time) {
        times[cell] = time;
        this.put(cell, slot);
        return;
      }
      if (bestTime === time) break;
      const bestSlot = slots[best];
      times[cell] = bestTime;
      slots[cell] = bestSlot;
      positions[bestSlot] = cell;
      cell = best;
      child = (cell << 2) + 1;
    }
    times[cell] = time;
    this.put(cell, slot);
    if (child <= full + 3) this.siftDownTied(cell, slot);
  }

  /** As `siftDown`, minding ties and groups that are not full. */
  private siftDownTied(cell: number, slot: number): void {
    const { times, slots, size } = this;
    const time = times[cell];
    for (let child = (cell << 2) + 1; child < size; child = (cell << 2) + 1) {
      const end = Math.min(child + CHILDREN, size);
      let best = child;
      for (let other = child + 1; other < end; other++) {
        if (this.precedes(other, best, slots[best])) best = other;
      }
      times[cell] = time;
      if (!this.precedes(best, cell, slot)) break;
      times[cell] = times[best];
      this.put(cell, slots[best]);
      cell = best;
    }
    times[cell] = time;
    this.put(cell, slot);
  }

  private grow(): void {
    if (this.capacity >= MAX_PENDING) throw new KernelError(`more than ${MAX_PENDING} events are pending at once`);
    const capacity = Math.min(2 * this.capacity, MAX_PENDING);
    const times = new Float64Array(capacity);
    times.set(this.times);
    this.times = times;
    this.slots = widened(this.slots, capacity);
    this.positions = widened(this.positions, capacity);
    this.keys = widened(this.keys, capacity);
    this.generations = widened(this.generations, capacity);
    this.parameters = widened(this.parameters, capacity);
    const sequences = new Float64Array(capacity);
    sequences.set(this.sequences);
    this.sequences = sequences;
    this.capacity = capacity;
    this.addSlots(this.size);
  }

  /** Fills the cells from `first` on with slots never used. */
  private addSlots(first: number): void {
    for (let slot = first; slot < this.capacity; slot++) {
      this.slots[slot] = slot;
      this.generations[slot] = 1;
      this.handlers.push(nothing);
    }
  }
}

function widened(from: Int32Array, length: number): Int32Array {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
