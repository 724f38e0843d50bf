/**
 * The records of the messages of one flow, as a structure of arrays.
 *
 * A record lives while anything can still happen to its message: copies, the source that may offer again, an image that can be
 * restored. Then its slot is reused, so memory follows what is in flight and not what was delivered.
 * Not here: what is written to the ledger (`fates.ts`).
 */
import { NONE } from './copies.js';

export const Flag = { accepted: 1, delivered: 2, suspended: 4, closed: 8 } as const;

export class FlowRecords {
  n = new Float64Array(256);
  offeredAt = new Float64Array(256);
  firstAttempt = new Float64Array(256);
  /** Live copies, the source's own included. */
  copies = new Int32Array(256);
  suspendedCopies = new Int32Array(256);
  /** Places in images that hold it. */
  kept = new Int32Array(256);
  flags = new Uint8Array(256);
  /** Legs without effect so far. */
  undelivered = new Int32Array(256);
  // Per leg, at slot · legs + leg:
  effects: Int32Array;
  /** Why a further effect would be a duplicate: the last time nobody knew whether the work was done. */
  doubt: Int32Array;
  legCopies: Int32Array;
  /** Fate of a leg without copies, as 1 + index in `FATES`, 0 while it has some; and why. */
  legFate: Uint8Array;
  legCause: Int32Array;
  legSuspended: Int32Array;
  legKept: Int32Array;
  /** Fate of a leg without copies if no image brings it back, as 1 + index in `FATES`; 0: it waits for none. */
  legPending: Uint8Array;
  // Per route node of the flow, at slot · nodes + node:
  /** Steps of work done there so far, to tell work from rework. */
  done: Uint8Array;

  live = 0;
  private used = 0;
  private readonly free: number[] = [];

  constructor(readonly legs: number, readonly nodes: number, private readonly keep: boolean) {
    this.effects = new Int32Array(256 * legs);
    this.doubt = new Int32Array(256 * legs);
    this.legCopies = new Int32Array(256 * legs);
    this.legFate = new Uint8Array(256 * legs);
    this.legCause = new Int32Array(256 * legs);
    this.legSuspended = new Int32Array(256 * legs);
    this.legKept = new Int32Array(256 * legs);
    this.legPending = new Uint8Array(256 * legs);
    this.done = new Uint8Array(256 * nodes);
  }

  allocate(n: number, now: number): number {
    const slot = this.free.pop() ?? this.used++;
    if (slot === this.flags.length) this.grow();
    this.live++;
    this.n[slot] = n;
    this.offeredAt[slot] = now;
    this.firstAttempt[slot] = NONE;
    this.copies[slot] = this.suspendedCopies[slot] = this.kept[slot] = this.flags[slot] = 0;
    this.doubt.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.undelivered[slot] = this.legs;
    this.effects.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.legCopies.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.legFate.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.legCause.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.legSuspended.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.legKept.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.legPending.fill(0, slot * this.legs, (slot + 1) * this.legs);
    this.done.fill(0, slot * this.nodes, (slot + 1) * this.nodes);
    return slot;
  }

  release(slot: number): void {
    this.live--;
    this.n[slot] = NONE;
    if (!this.keep) this.free.push(slot);
  }

  /** One more than the highest slot in use: bound for scans; a free slot has n = NONE. */
  get bound(): number {
    return this.used;
  }

  private grow(): void {
    const size = this.flags.length * 2;
    const float = (old: Float64Array): Float64Array<ArrayBuffer> => { const wide = new Float64Array(size); wide.set(old); return wide; };
    const int = (old: Int32Array, per: number): Int32Array<ArrayBuffer> => { const wide = new Int32Array(size * per); wide.set(old); return wide; };
    const byte = (old: Uint8Array, per: number): Uint8Array<ArrayBuffer> => { const wide = new Uint8Array(size * per); wide.set(old); return wide; };
    this.n = float(this.n);
    this.offeredAt = float(this.offeredAt);
    this.firstAttempt = float(this.firstAttempt);
    this.copies = int(this.copies, 1);
    this.suspendedCopies = int(this.suspendedCopies, 1);
    this.undelivered = int(this.undelivered, 1);
    this.kept = int(this.kept, 1);
    this.doubt = int(this.doubt, this.legs);
    this.flags = byte(this.flags, 1);
    this.effects = int(this.effects, this.legs);
    this.legCopies = int(this.legCopies, this.legs);
    this.legFate = byte(this.legFate, this.legs);
    this.legCause = int(this.legCause, this.legs);
    this.legSuspended = int(this.legSuspended, this.legs);
    this.legKept = int(this.legKept, this.legs);
    this.legPending = byte(this.legPending, this.legs);
    this.done = byte(this.done, this.nodes);
  }
}
