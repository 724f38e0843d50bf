/**
 * Keeps every message accounted for: creates and ends copies, counts effects, and writes the message ledger.
 *
 * Every copy comes and goes through here, so conservation can be checked against what is really there. The fate of a leg is decided
 * when its last copy ends; while an image can still bring it back, only "delivered" is final. Not here: why copies come and go.
 */
import type { Context } from '../context.js';
import type { LedgerWriter } from '../ledger-writer.js';
import { FATES } from '../ledger.js';
import type { CausePathId, Fate } from '../ledger.js';
import { CopyState } from './copies.js';
import type { Copies } from './copies.js';
import { Flag } from './records.js';
import type { FlowRecords } from './records.js';
import type { RouteNode } from './route.js';

/** How a copy ended. `done`: settled, handed on or answered for; `gone`: destroyed or given up. */
export type CopyEnd = 'done' | 'gone' | 'expired' | 'suppressed' | 'terminated';

export class Fates {
  /** A copy is about to end; null: nobody wants to know. */
  onEnd: ((copy: number, how: CopyEnd) => void) | null = null;

  private readonly to: LedgerWriter['to'];

  constructor(
    private readonly context: Context, readonly copies: Copies,
    readonly records: readonly FlowRecords[], readonly nodes: readonly RouteNode[],
  ) {
    this.to = context.ledger.to;
  }

  /** A message enters; the copy is the source's own. */
  offer(node: RouteNode, n: number): number {
    const { now } = this.context.sim;
    const slot = node.records.allocate(n, now);
    const copy = this.create(node, slot, CopyState.source);
    for (const reader of this.to.offered) reader.offered(now, node.flow, n);
    return copy;
  }

  create(node: RouteNode, slot: number, state: CopyState = CopyState.ready): number {
    const records = node.records;
    records.copies[slot]++;
    const last = slot * records.legs + node.legs[1];
    for (let at = slot * records.legs + node.legs[0]; at < last; at++) {
      records.legCopies[at]++;
      records.legPending.set(at, 0);
    }
    const copy = this.copies.allocate(node.index, slot, node.lane !== null && state !== CopyState.source);
    this.copies.state[copy] = state;
    if (state !== CopyState.source) node.lane?.queue.stored.enter();
    if (records.suspendedCopies.get(slot) > 0) this.weighSuspension(node.flow, slot, 0);
    return copy;
  }

  /** A stored copy moves to the next node of an unforked part of its route. */
  move(copy: number, to: RouteNode): void {
    const { copies } = this;
    const from = this.nodes[copies.node[copy]].lane?.queue.stored;
    if (from === to.lane?.queue.stored) from?.replace(copies.place[copy]);
    else {
      from?.leave(copies.place[copy]);
      to.lane?.queue.stored.enter();
    }
    this.nodes[copies.node[copy]].lanes[copies.place[copy]]?.sequence?.ended(copy);
    copies.node[copy] = to.index;
    copies.phase[copy] = 0;
    copies.tries.set(copy, 0);
    copies.attempts.set(copy, 0);
    copies.step.set(copy, 0);
    copies.persisted.set(copy, 0);
  }

  end(copy: number, how: CopyEnd, cause: CausePathId): void {
    this.onEnd?.(copy, how);
    const node = this.nodes[this.copies.node[copy]];
    const slot = this.copies.slot[copy];
    const records = node.records;
    const wasSuspended = this.copies.state[copy] === CopyState.suspended;
    const stored = node.lane !== null && this.copies.state[copy] !== CopyState.source;
    if (node.lane !== null && stored) {
      node.lane.queue.stored.leave(this.copies.place[copy]);
      const { buffer } = node.lanes[this.copies.place[copy]];
      buffer?.leave(node.bytes);
      if (wasSuspended) buffer?.deadLetter(-1);
      node.lanes[this.copies.place[copy]].sequence?.ended(copy);
    }
    this.copies.release(copy, stored);
    records.copies[slot]--;
    if (wasSuspended) records.suspendedCopies.add(slot, -1);
    for (let leg = node.legs[0], last = node.legs[1]; leg < last; leg++) {
      const at = slot * records.legs + leg;
      records.legCopies[at]--;
      if (wasSuspended) records.legSuspended.add(at, -1);
      // A sender that believes it is done ends without a reason of its own: what was sent had one.
      if (records.legCopies[at] === 0) this.lastCopyEnded(node.flow, slot, leg, this.fateAtEnd(records, slot, at, how), how === 'done' && cause === 0 && records.effects.get(at) === 0 ? records.legCause.get(at) : cause);
      else if (how === 'gone' && records.legFate[at] === 0 && records.legSuspended.get(at) === 0) records.legCause.set(at, cause);
    }
    if (records.copies[slot] === 0) this.closeMessage(node.flow, slot);
    else if (records.suspendedCopies.get(slot) > 0 || (records.flags[slot] & Flag.suspended) !== 0) this.weighSuspension(node.flow, slot, cause);
  }

  /** An image holds what a copy at this node stands for: its record stays, and what ends without effect is not final yet. */
  keep(node: RouteNode, slot: number): void {
    const records = node.records;
    records.kept.add(slot, 1);
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) records.legKept.add(slot * records.legs + leg, 1);
  }

  /** That image is gone: what had only waited for it is final now. */
  dropKept(node: RouteNode, slot: number): void {
    const records = node.records;
    records.kept.add(slot, -1);
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) {
      const at = slot * records.legs + leg;
      records.legKept.add(at, -1);
      if (records.legKept.get(at) > 0 || records.legCopies[at] > 0 || records.legPending.get(at) === 0) continue;
      const fate = FATES[records.legPending.get(at) - 1];
      records.legPending.set(at, 0);
      this.closeLeg(node.flow, slot, leg, fate, records.legCause.get(at), false);
    }
    if (records.copies[slot] === 0) this.closeMessage(node.flow, slot);
  }

  /** Why what a copy at this node stands for is suspended. */
  suspensionCause(node: RouteNode, slot: number): CausePathId {
    const { legCause, legs } = node.records;
    return legCause.get(slot * legs + node.legs[0]);
  }

  accept(flow: number, slot: number): void {
    const records = this.records[flow];
    if ((records.flags[slot] & Flag.accepted) !== 0) return;
    records.flags[slot] |= Flag.accepted;
    const { now } = this.context.sim;
    for (const reader of this.to.accepted) reader.accepted(now, flow, records.n[slot], records.offeredAt[slot], records.offeredAt[slot] + records.untried.get(slot));
  }

  /** The effect of a copy at its sink. */
  effect(node: RouteNode, slot: number): void {
    const records = node.records;
    const { now } = this.context.sim;
    const leg = node.legs[0];
    const nth = records.effects.add(slot * records.legs + leg, 1);
    const n = records.n[slot];
    for (const reader of this.to.effect) reader.effect(now, node.flow, leg, n, records.offeredAt[slot], nth, nth > 1 ? records.doubt.get(slot * records.legs + leg) : 0);
    if (nth > 1 || --records.undelivered[slot] > 0) return;
    if ((records.flags[slot] & Flag.suspended) !== 0) this.setSuspended(node.flow, slot, false, 0);
    records.flags[slot] |= Flag.delivered;
    for (const reader of this.to.delivered) reader.delivered(now, node.flow, n, records.offeredAt[slot]);
  }

  /** The message begins behind a fork: what lies beside its way was done before the run. */
  deliveredBefore(node: RouteNode, slot: number): void {
    const records = node.records;
    for (let leg = 0; leg < records.legs; leg++) {
      if (leg >= node.legs[0] && leg < node.legs[1]) continue;
      records.effects.set(slot * records.legs + leg, 1);
      records.undelivered[slot]--;
      for (const reader of this.to.effect) reader.effect(this.context.sim.now, node.flow, leg, records.n[slot], records.offeredAt[slot], 1, 0);
      this.closeLeg(node.flow, slot, leg, 'delivered', 0, false);
    }
  }

  /** From now on nobody knows whether the work was done: a further effect of these legs is due to this. */
  doubt(node: RouteNode, slot: number, cause: CausePathId): void {
    const { doubt, legs } = node.records;
    doubt.fill(cause, slot * legs + node.legs[0], slot * legs + node.legs[1]);
  }

  suppress(node: RouteNode, slot: number, cause: CausePathId = 0): void {
    const records = node.records;
    const at = slot * records.legs + node.legs[0];
    if (records.effects.get(at) === 0) records.legCause.set(at, cause);
    for (const reader of this.to.suppressed) reader.suppressed(this.context.sim.now, node.flow, node.legs[0], records.n[slot]);
  }

  /** A copy comes under, or leaves, an operator's hold. */
  hold(copy: number, held: boolean, cause: CausePathId): void {
    const node = this.nodes[this.copies.node[copy]];
    const slot = this.copies.slot[copy];
    const records = node.records;
    const change = held ? 1 : -1;
    records.suspendedCopies.add(slot, change);
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) {
      const at = slot * records.legs + leg;
      records.legSuspended.add(at, change);
      records.legCause.set(at, cause);
    }
    this.weighSuspension(node.flow, slot, cause);
  }

  private fateAtEnd(records: FlowRecords, slot: number, at: number, how: CopyEnd): Fate {
    if (records.effects.get(at) > 0) return 'delivered';
    if (how === 'expired') return 'expired';
    if (how === 'terminated') return 'rejected';
    return (records.flags[slot] & Flag.accepted) === 0 ? 'rejected' : 'lost';
  }

  /** Final, unless it was so before, or an image may bring back what had no effect. */
  private lastCopyEnded(flow: number, slot: number, leg: number, fate: Fate, cause: CausePathId): void {
    const records = this.records[flow];
    const at = slot * records.legs + leg;
    if (records.legFate[at] !== 0) return;
    if (fate === 'delivered' || records.legKept.get(at) === 0) this.closeLeg(flow, slot, leg, fate, cause, false);
    else {
      records.legPending.set(at, codeOf(fate));
      records.legCause.set(at, cause);
    }
  }

  closeLeg(flow: number, slot: number, leg: number, fate: Fate, cause: CausePathId, stranded: boolean): void {
    const records = this.records[flow];
    const at = slot * records.legs + leg;
    records.legFate[at] = codeOf(fate);
    records.legCause.set(at, cause);
    for (const reader of this.to.legClosed) {
      reader.legClosed(this.context.sim.now, flow, leg, records.n[slot], records.offeredAt[slot], fate, cause, stranded);
    }
  }

  private closeMessage(flow: number, slot: number): void {
    const records = this.records[flow];
    if ((records.flags[slot] & Flag.suspended) !== 0) this.setSuspended(flow, slot, false, 0);
    if ((records.flags[slot] & Flag.closed) === 0) {
      // A leg that an image may bring back keeps the message open.
      for (let leg = 0; leg < records.legs; leg++) if (records.legFate[slot * records.legs + leg] === 0) return;
      const { fate, cause } = worstLeg(records, slot);
      records.flags[slot] |= Flag.closed;
      this.writeClosed(flow, slot, fate, cause, false);
    }
    if (records.kept.get(slot) === 0) records.release(slot);
  }

  writeClosed(flow: number, slot: number, fate: Fate, cause: CausePathId, stranded: boolean): void {
    const records = this.records[flow];
    for (const reader of this.to.closed) {
      reader.closed(this.context.sim.now, flow, records.n[slot], records.offeredAt[slot], fate, cause, stranded);
    }
  }

  private weighSuspension(flow: number, slot: number, cause: CausePathId): void {
    const records = this.records[flow];
    let suspended = false;
    for (let leg = 0; leg < records.legs; leg++) {
      const at = slot * records.legs + leg;
      suspended ||= records.effects.get(at) === 0 && records.legCopies[at] > 0 && records.legSuspended.get(at) === records.legCopies[at];
    }
    if (suspended !== ((records.flags[slot] & Flag.suspended) !== 0)) this.setSuspended(flow, slot, suspended, cause);
  }

  private setSuspended(flow: number, slot: number, suspended: boolean, cause: CausePathId): void {
    const records = this.records[flow];
    records.flags[slot] ^= Flag.suspended;
    for (const reader of this.to.suspended) {
      reader.suspended(this.context.sim.now, flow, records.n[slot], records.offeredAt[slot], suspended, cause);
    }
  }
}

/** 1 + index in `FATES`. Nearly all are the last. */
function codeOf(fate: Fate): number {
  return fate === 'delivered' ? FATES.length : 1 + FATES.indexOf(fate);
}

/** The leg that decides the fate of its message, when all are closed. */
export function worstLeg(records: FlowRecords, slot: number): { readonly fate: Fate; readonly cause: CausePathId } {
  let worst = slot * records.legs;
  for (let at = worst + 1; at < (slot + 1) * records.legs; at++) if (records.legFate[at] < records.legFate[worst]) worst = at;
  return { fate: FATES[records.legFate[worst] - 1], cause: records.legCause.get(worst) };
}
