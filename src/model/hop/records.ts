/**
 * The records of the messages of one flow, as a structure of arrays.
 *
 * A record lives while anything can still happen to its message: copies, the source that may offer again, an image that can be
 * restored. Then its slot is reused, so memory follows what is in flight and not what was delivered. What only some scenarios know
 * (images, suspensions, doubt) takes no memory in the others.
 * Not here: what is written to the ledger (`fates.ts`).
 */
import { NONE } from './copies.js';
import { Rare } from './rare.js';
import { widened, widerThan } from './widen.js';

export const Flag = { accepted: 1, delivered: 2, suspended: 4, closed: 8 } as const;

export class FlowRecords {
  n = new Float64Array(256);
  offeredAt = new Float64Array(256);
  /** NONE: none yet. In a free slot the next free one. */
  firstAttempt = new Float64Array(256);
  /** Live copies, the source's own included. */
  copies = new Int32Array(256);
  readonly suspendedCopies = new Rare();
  /** Places in images that hold it. */
  readonly kept = new Rare();
  flags = new Uint8Array(256);
  /** Legs without effect so far. */
  undelivered = new Uint16Array(256);
  // Per leg, at slot · legs + leg:
  effects: Int32Array;
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
    this.effects = new Int32Array(256 * legs);
    this.legCopies = new Int32Array(256 * legs);
    this.legFate = new Uint8Array(256 * legs);
    this.done = new Uint8Array(256 * nodes);
  }

  allocate(n: number, now: number): number {
    let slot = this.freeHead;
    if (slot !== NONE) this.freeHead = this.firstAttempt[slot];
    else {
      slot = this.used++;
      if (slot === this.flags.length) this.grow();
    }
    const { legs, nodes } = this;
    this.live++;
    this.n[slot] = n;
    this.offeredAt[slot] = now;
    this.firstAttempt[slot] = NONE;
    this.copies[slot] = this.flags[slot] = 0;
    this.undelivered[slot] = legs;
    this.suspendedCopies.set(slot, 0);
    this.kept.set(slot, 0);
    for (let at = slot * legs; at < (slot + 1) * legs; at++) {
      this.effects[at] = this.legCopies[at] = this.legFate[at] = 0;
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
    this.firstAttempt[slot] = this.freeHead;
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
    this.firstAttempt = widened(this.firstAttempt, new Float64Array(size));
    this.copies = widened(this.copies, new Int32Array(size));
    this.undelivered = widened(this.undelivered, new Uint16Array(size));
    this.flags = widened(this.flags, new Uint8Array(size));
    this.effects = widened(this.effects, new Int32Array(size * this.legs));
    this.legCopies = widened(this.legCopies, new Int32Array(size * this.legs));
    this.legFate = widened(this.legFate, new Uint8Array(size * this.legs));
    this.done = widened(this.done, new Uint8Array(size * this.nodes));
  }
}
