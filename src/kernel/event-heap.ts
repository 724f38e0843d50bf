/**
 * A 4-ary heap over typed arrays, ordered by (time, key, sequence): the ordering half of the future event list.
 *
 * Heap cells hold a time and a slot; by slot stand the key, the sequence and the way back to the cell, so that an
 * event can be removed from the middle. It does not know what an event carries or when a slot is in use.
 *
 * The two hot loops contain no call, because after a call the compiler looks up every array again. They know only
 * different times; ties are finished by slower twins.
 */

export const CHILDREN = 4;

export abstract class EventHeap {
  /** Times by heap cell; to be read only, and cell 0 only while no hole is open. */
  times: Float64Array;

  /** Heap cells in use, the hole included. */
  protected size = 0;
  /**
   * Slots by heap cell. Behind the last cell in use stand the free slots, and in the hole the slot of the event
   * taken: a slot is got and given back without a list of free ones.
   */
  protected slots: Int32Array;

  // by slot
  protected positions: Int32Array;
  /** Priority and rank in one number. */
  protected keys: Int32Array;
  protected sequences: Float64Array;

  protected constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.positions = new Int32Array(capacity);
    this.keys = new Int32Array(capacity);
    this.sequences = new Float64Array(capacity);
  }

  protected widenHeap(capacity: number): void {
    this.times = widened(this.times, new Float64Array(capacity));
    this.slots = widened(this.slots, new Int32Array(capacity));
    this.positions = widened(this.positions, new Int32Array(capacity));
    this.keys = widened(this.keys, new Int32Array(capacity));
    this.sequences = widened(this.sequences, new Float64Array(capacity));
  }

  /** Gives up a cell: the last event takes its place and the cell's slot, which is returned, is the first free one. */
  protected leave(cell: number): number {
    const { slots, times } = this;
    const last = --this.size;
    const slot = slots[cell];
    const moved = slots[last];
    slots[last] = slot;
    if (cell !== last) {
      times[cell] = times[last];
      slots[cell] = moved;
      if (cell > 0 && this.precedes(cell, (cell - 1) >> 2)) this.siftUp(cell, moved);
      else this.siftDown(cell, moved);
    }
    return slot;
  }

  /** Whether the event of a cell comes before that of another. */
  private precedes(cell: number, other: number): boolean {
    const time = this.times[cell];
    const otherTime = this.times[other];
    return time === otherTime ? this.precedesTied(this.slots[cell], this.slots[other]) : time < otherTime;
  }

  /** Order of two slots whose events have the same time. */
  private precedesTied(slot: number, other: number): boolean {
    const key = this.keys[slot];
    const otherKey = this.keys[other];
    return key === otherKey ? this.sequences[slot] < this.sequences[other] : key < otherKey;
  }

  /** Moves the event of `slot`, whose time stands in `cell`, towards the root as far as it must go. */
  protected siftUp(cell: number, slot: number): void {
    const { times, slots, positions } = this;
    const time = times[cell];
    let tied = false;
    while (cell > 0) {
      const parent = (cell - 1) >> 2;
      const parentTime = times[parent];
      if (parentTime <= time) {
        tied = parentTime === time;
        break;
      }
      const parentSlot = slots[parent];
      times[cell] = parentTime;
      slots[cell] = parentSlot;
      positions[parentSlot] = cell;
      cell = parent;
    }
    times[cell] = time;
    slots[cell] = slot;
    positions[slot] = cell;
    if (tied) this.siftUpTied(cell);
  }

  /** Goes on where `siftUp` met a tie. */
  private siftUpTied(cell: number): void {
    while (cell > 0) {
      const parent = (cell - 1) >> 2;
      if (!this.precedes(cell, parent)) return;
      this.swap(cell, parent);
      cell = parent;
    }
  }

  /**
   * Moves the event of `slot`, whose time stands in `cell`, away from the root as far as it must go. The loop
   * knows only full groups of children; `siftDownTied` does the rest.
   */
  protected siftDown(cell: number, slot: number): void {
    const { times, slots, positions } = this;
    const full = this.size - CHILDREN;
    const time = times[cell];
    let child = (cell << 2) + 1;
    let settled = false;
    while (child <= full) {
      // Comparisons are counted with instead of branched on: which child is earliest cannot be predicted.
      // "| 0" tells the compiler that the index cannot overflow.
      const a = (child + +(times[child + 1] < times[child])) | 0;
      const b = (child + 2 + +(times[child + 3] < times[child + 2])) | 0;
      const timeA = times[a];
      const timeB = times[b];
      const best = (a + ((b - a) & -+(timeB < timeA))) | 0;
      const bestTime = times[best];
      if (bestTime > time) {
        settled = true;
        break;
      }
      if (timeA === timeB || times[child + 1] === times[child] || times[child + 3] === times[child + 2]) break;
      if (bestTime === time) break;
      const bestSlot = slots[best];
      times[cell] = bestTime;
      slots[cell] = bestSlot;
      positions[bestSlot] = cell;
      cell = best;
      child = (cell << 2) + 1;
    }
    times[cell] = time;
    slots[cell] = slot;
    positions[slot] = cell;
    if (!settled && child < this.size) this.siftDownTied(cell);
  }

  /** Goes on where `siftDown` met a tie or a group that is not full. */
  private siftDownTied(cell: number): void {
    for (let child = (cell << 2) + 1; child < this.size; child = (cell << 2) + 1) {
      const end = Math.min(child + CHILDREN, this.size);
      let best = child;
      for (let other = child + 1; other < end; other++) if (this.precedes(other, best)) best = other;
      if (!this.precedes(best, cell)) return;
      this.swap(cell, best);
      cell = best;
    }
  }

  private swap(cell: number, other: number): void {
    const { times, slots, positions } = this;
    const time = times[cell];
    const slot = slots[cell];
    const otherSlot = slots[other];
    times[cell] = times[other];
    slots[cell] = otherSlot;
    positions[otherSlot] = cell;
    times[other] = time;
    slots[other] = slot;
    positions[slot] = other;
  }
}

/** @returns `to`, which begins with what is in `from` */
export function widened<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
