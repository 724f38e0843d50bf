/**
 * The records of the messages of one flow, as a structure of arrays.
 *
 * A record lives while anything can still happen to its message: copies, the source that may offer again, an image that can be
 * restored. Then its slot is reused, so memory follows what is in flight and not what was delivered. What only some scenarios know
 * (images, suspensions, doubt) takes no memory in the others.
 * Not here: what is written to the ledger (`fates.ts`).
 */
import { NONE } from './copies.js';
import { Rare, RareTimes } from './rare.js';
import { widened, widerThan } from './widen.js';

export const Flag = { accepted: 1, delivered: 2, suspended: 4, closed: 8, tried: 16 } as const;

export class FlowRecords {
  n = new Float64Array(256);
  /** In a free slot the next free one. */
  offeredAt = new Float64Array(256);
  /** From the offer to the first attempt, µs; the flag says whether there was one. */
  readonly untried = new RareTimes();
  /** Live copies, the source's own included. */
  copies = new Int32Array(256);
  readonly suspendedCopies = new Rare();
  /** Places in images that hold it. */
  readonly kept = new Rare();
  flags = new Uint8Array(256);
  /** Legs without effect so far. */
  undelivered = new Uint16Array(256);
  // Per leg, at slot · legs + leg:
  readonly effects = new Rare();
  /** Why a further effect would be a duplicate: the last time nobody knew whether the work was done. */
  readonly doubt = new Rare();
  legCopies: Int32Array;
  /** Fate of a leg without copies, as 1 + index in `FATES`, 0 while it has some; and why. */
  legFate: Uint8Array;
  readonly legCause = new Rare();
  readonly legSuspended = new Rare();
  readonly legKept = new Rare();
  /** Fate of a leg without copies if no image brings it back, as 1 + index in `FATES`; 0: it waits for none. */
  readonly legPending = new Rare();
  // Per route node of the flow, at slot · nodes + node:
  /** Steps of work done there so far, to tell work from rework. */
  done: Uint8Array;

  live = 0;
  private used = 0;
  private freeHead = NONE;

  constructor(readonly legs: number, readonly nodes: number, private readonly keep: boolean) {
    this.legCopies = new Int32Array(256 * legs);
    this.legFate = new Uint8Array(256 * legs);
    this.done = new Uint8Array(256 * nodes);
  }

  allocate(n: number, now: number): number {
    let slot = this.freeHead;
    // As an integer: a number out of an array of doubles would make a double of every index that is computed from it.
    if (slot !== NONE) this.freeHead = this.offeredAt[slot] | 0;
    else {
      slot = this.used++;
      if (slot === this.flags.length) this.grow();
    }
    const { legs, nodes } = this;
    this.live++;
    this.n[slot] = n;
    this.offeredAt[slot] = now;
    this.copies[slot] = this.flags[slot] = 0;
    this.undelivered[slot] = legs;
    this.untried.set(slot, 0);
    this.suspendedCopies.set(slot, 0);
    this.kept.set(slot, 0);
    for (let at = slot * legs; at < (slot + 1) * legs; at++) {
      this.legCopies[at] = this.legFate[at] = 0;
      this.effects.set(at, 0);
      this.doubt.set(at, 0);
      this.legCause.set(at, 0);
      this.legSuspended.set(at, 0);
      this.legKept.set(at, 0);
      this.legPending.set(at, 0);
    }
    for (let at = slot * nodes; at < (slot + 1) * nodes; at++) this.done[at] = 0;
    return slot;
  }

  release(slot: number): void {
    this.live--;
    this.n[slot] = NONE;
    if (this.keep) return;
    this.offeredAt[slot] = this.freeHead;
    this.freeHead = slot;
  }

  /** One more than the highest slot in use: bound for scans; a free slot has n = NONE. */
  get bound(): number {
    return this.used;
  }

  private grow(): void {
    const size = widerThan(this.flags.length);
    this.n = widened(this.n, new Float64Array(size));
    this.offeredAt = widened(this.offeredAt, new Float64Array(size));
    this.copies = widened(this.copies, new Int32Array(size));
    this.undelivered = widened(this.undelivered, new Uint16Array(size));
    this.flags = widened(this.flags, new Uint8Array(size));
    this.legCopies = widened(this.legCopies, new Int32Array(size * this.legs));
    this.legFate = widened(this.legFate, new Uint8Array(size * this.legs));
    this.done = widened(this.done, new Uint8Array(size * this.nodes));
  }
}

/** Slots of the messages that are not closed, in the order of their numbers. There may be millions, so nothing here is an object. */
export function openInOrder(records: FlowRecords): Int32Array {
  const { n, flags, bound } = records;
  const isOpen = (slot: number): boolean => n[slot] !== NONE && (flags[slot] & Flag.closed) === 0;
  let count = 0;
  for (let slot = 0; slot < bound; slot++) if (isOpen(slot)) count++;
  const slots = new Int32Array(count);
  let filled = 0;
  let ascending = true;
  for (let slot = 0; slot < bound; slot++) if (isOpen(slot)) {
    ascending &&= filled === 0 || n[slots[filled - 1]] < n[slot];
    slots[filled++] = slot;
  }
  // A backlog mostly lies as it came.
  if (ascending) return slots;
  const numbers = Float64Array.from(slots, (slot) => n[slot]).sort();
  for (let slot = 0; slot < bound; slot++) if (isOpen(slot)) slots[rankOf(numbers, n[slot])] = slot;
  return slots;
}

/** Place of a number in numbers that ascend and hold it. */
function rankOf(numbers: Float64Array, n: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < n) low = middle + 1;
    else high = middle;
  }
  return low;
}
