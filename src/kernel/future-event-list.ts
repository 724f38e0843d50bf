/**
 * The future event list: a heap of events (see `event-heap.ts`) with a pool of slots for what an event carries.
 *
 * The order is total: (time, priority, rank, sequence). Adding, taking the earliest and cancelling cost
 * O(log n); a cancelled event is really removed; no object is made per event.
 * It does not know the clock, does not run handlers and does not judge times: the simulator does.
 *
 * Only integers pass through calls, because a double handed to a call that is not inlined is boxed: the time of an
 * insertion is handed over in `due`. Taking the earliest leaves a hole at the root; the next insertion fills it
 * with one pass downwards.
 */
import { KernelError } from './errors.js';
import { CHILDREN, EventHeap, widened } from './event-heap.js';

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
const MAX_PRIORITY = 7;
const MAX_GENERATION = 2 ** 31 - 1;

/** Stands in a free slot, so that no closure of the model is kept alive. */
const nothing: Handler = () => undefined;

export class FutureEventList extends EventHeap {
  /** The caller of `insert` writes the event's time here before. */
  readonly due = new Float64Array(1);
  /** 1 when cell 0 is the empty place of an event just taken, else 0; a number, because it is counted with. */
  private hole = 0;
  private capacity: number;
  private sequence = 0;

  // by slot, beside what the heap has
  private generations: Int32Array;
  private parameters: Int32Array;
  private readonly handlers: Handler[] = [];

  /** @param capacity events for which room is made at first; it grows by doubling */
  constructor(capacity = 64) {
    const first = Math.max(1, Math.min(capacity, MAX_PENDING));
    super(first);
    this.capacity = first;
    this.generations = new Int32Array(first);
    this.parameters = new Int32Array(first);
    this.addSlots(0);
  }

  /** Events waiting. */
  get pending(): number {
    return this.size - this.hole;
  }

  /** Time of the earliest event, +Infinity when there is none. */
  get nextTime(): number {
    let earliest = Infinity;
    // behind a hole, the earliest is one of its children
    for (let cell = this.hole; cell < Math.min(this.size, 1 + CHILDREN * this.hole); cell++)
      earliest = Math.min(earliest, this.times[cell]);
    return earliest;
  }

  /**
   * Adds an event at the time in `due`.
   * @param argument an integer of 32 bits with sign
   * @param priority 0 to 7
   * @param rank 0 to `MAX_RANK`
   * @returns its slot, from which `idOf` makes the id
   * @throws KernelError when these are out of bounds, or as many events are pending as ids can address
   */
  insert(handler: Handler, argument: number, priority: number, rank: number): number {
    if ((argument | 0) !== argument || (rank & MAX_RANK) !== rank || (priority & MAX_PRIORITY) !== priority)
      refuse(argument, priority, rank);
    const filling = this.hole;
    if (filling === 0 && this.size === this.capacity) this.grow();
    const cell = filling === 0 ? this.size++ : 0;
    this.hole = 0;
    const slot = this.slots[cell];
    this.handlers[slot] = handler;
    this.parameters[slot] = argument;
    this.keys[slot] = priority * RANK_SPAN + rank;
    this.sequences[slot] = this.sequence++;
    this.times[cell] = this.due[0];
    if (filling === 0) this.siftUp(cell, slot);
    else this.siftDown(0, slot);
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

  /** Takes the earliest event out and leaves the hole open; its id is stale from here on. */
  takeFirst(): void {
    this.outdate(this.slots[0]);
    this.hole = 1;
  }

  /** Closes the hole, if the event taken has put nothing in its place. */
  closeHole(): void {
    if (this.hole === 0) return;
    this.hole = 0;
    this.handlers[this.leave(0)] = nothing;
  }

  /** Whether the id of this slot and generation still waits. False for any numbers that make no id. */
  holds(slot: number, generation: number): boolean {
    if (this.generations[slot] !== generation) return false;
    // A free slot has a generation as well, though nobody was given its id.
    const cell = this.positions[slot];
    return cell >= this.hole && cell < this.size && this.slots[cell] === slot;
  }

  /** When the event of a slot that is held is due. */
  timeOf(slot: number): number {
    return this.times[this.positions[slot]];
  }

  /** Removes the event of this slot and generation; false when it no longer waits. */
  remove(slot: number, generation: number): boolean {
    if (!this.holds(slot, generation)) return false;
    // An open hole may stay open: its cell still has the time and slot of the event taken, which precedes all
    // others, so nothing is moved into it from below.
    this.outdate(slot);
    this.handlers[this.leave(this.positions[slot])] = nothing;
    return true;
  }

  /** A new generation makes old ids stale; it wraps after 2^31 uses of one slot. */
  private outdate(slot: number): void {
    const generation = this.generations[slot];
    this.generations[slot] = generation === MAX_GENERATION ? 1 : generation + 1;
  }

  private grow(): void {
    if (this.capacity >= MAX_PENDING) throw new KernelError(`more than ${MAX_PENDING} events are pending at once`);
    this.capacity = Math.min(2 * this.capacity, MAX_PENDING);
    this.widenHeap(this.capacity);
    this.generations = widened(this.generations, new Int32Array(this.capacity));
    this.parameters = widened(this.parameters, new Int32Array(this.capacity));
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

function refuse(argument: number, priority: number, rank: number): never {
  throw new KernelError(
    `argument must be a 32-bit integer, priority 0 to ${MAX_PRIORITY} and rank an integer 0 to ${MAX_RANK}, ` +
      `but they are ${argument}, ${priority} and ${rank}`,
  );
}
