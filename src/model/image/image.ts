/**
 * One image: which messages were stored at a mark, where on their way and in which state.
 *
 * What was locked is ready again in an image, from its last persistence point and with the attempts it had: a lock is not committed
 * work. While an image may be restored, the records of its messages are kept. Not here: which image is restored, and when.
 */
import type { CausePathId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { CopyState, NONE } from '../hop/copies.js';
import type { Chain, Copies } from '../hop/copies.js';
import type { Fates } from '../hop/fates.js';
import type { Ladders } from '../hop/ladder.js';
import type { Store } from '../hop/store.js';
import type { Waits } from '../hop/waits.js';

export interface ImageParts { readonly copies: Copies; readonly fates: Fates; readonly ladders: Ladders; readonly waits: Waits }

/** One stored message. */
interface Entry {
  readonly node: number;
  readonly slot: number;
  /** Which of the stores of its queue. */
  readonly place: number;
  readonly state: CopyState;
  readonly tries: number;
  readonly attempts: number;
  readonly persisted: number;
  readonly readyAt: Microseconds;
  /** When it may be tried again; 0: it does not wait. */
  readonly dueAt: Microseconds;
  /** Why it is suspended. */
  readonly cause: CausePathId;
}

export class Image {
  /** It can be restored from the files on the share; it is restored already at the other place. */
  onShare = true;
  atStandby = false;
  readonly entries: Entry[] = [];

  constructor(readonly mark: Microseconds, private readonly parts: ImageParts) {}

  /** Adds what is in a store now. */
  take(store: Store, timeOf: (event: number) => Microseconds): void {
    for (const queue of store.queues) {
      for (const pool of queue.pools) for (const chain of [pool.inHand, pool.waiting, pool.asleep, pool.orphans]) this.add(chain, store, timeOf);
      for (const lane of queue.lanes) if (lane.store === store) for (const chain of [lane.held, lane.ready, lane.due, lane.suspended]) this.add(chain, store, timeOf);
    }
  }

  /** Puts everything back as it was; a further effect of what has had one is due to `cause`. */
  restore(now: Microseconds, cause: CausePathId): void {
    const { copies, fates, ladders, waits } = this.parts;
    for (const entry of this.entries) {
      const node = fates.nodes[entry.node];
      const lane = node.lanes[entry.place];
      const copy = fates.create(node, entry.slot);
      copies.place[copy] = entry.place;
      copies.tries.set(copy, entry.tries);
      copies.attempts.set(copy, entry.attempts);
      copies.persisted.set(copy, copies.step.set(copy, entry.persisted));
      copies.readyAt[copy] = entry.readyAt;
      fates.doubt(node, entry.slot, cause);
      if (entry.state === CopyState.suspended) ladders.suspend(copy, node, entry.cause);
      else if (entry.dueAt > now && node.ladder === null) waits.store(copy, lane, entry.dueAt);
      else if (entry.dueAt > now) ladders.wait(copy, node, entry.dueAt - now);
      else {
        copies.state[copy] = CopyState.ready;
        lane.queue.putBack(lane, copy);
      }
    }
  }

  /** It will never be restored. */
  drop(): void {
    for (const { node, slot } of this.entries) this.parts.fates.dropKept(this.parts.fates.nodes[node], slot);
    this.entries.length = 0;
  }

  private add(chain: Chain, store: Store, timeOf: (event: number) => Microseconds): void {
    const { copies, fates } = this.parts;
    for (let copy = chain.head; copy !== NONE; copy = copies.next[copy]) {
      const node = fates.nodes[copies.node[copy]];
      const place = copies.place[copy];
      if (node.lane === null || node.lanes[place].store !== store) continue;
      const state = copies.state[copy] as CopyState;
      this.entries.push({
        node: node.index, slot: copies.slot[copy], place, state, tries: copies.tries.get(copy), attempts: copies.attempts.get(copy),
        persisted: copies.persisted.get(copy), readyAt: copies.readyAt[copy], dueAt: state === CopyState.due ? timeOf(copies.timer.get(copy)) : 0,
        cause: state === CopyState.suspended ? fates.suspensionCause(node, copies.slot[copy]) : 0,
      });
      fates.keep(node, copies.slot[copy]);
    }
  }
}
