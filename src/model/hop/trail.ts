/**
 * The trail of a buffer whose second copy lags: what was accepted or settled so lately that the other copy may not know it.
 *
 * When the other copy takes over after the first was lost, what it had not heard of is gone, and what it had not heard to be settled is
 * there again: the other copy is the first as it was some time ago, the same for all that lies in one container. Settled messages are kept on
 * record as long as they could come back. Not here: when the other copy takes over (life cycles), copies that never lag.
 */
import type { Distribution } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { CauseSetId } from '../ledger.js';
import { functionsOf } from '../fault/data-loss.js';
import type { Component, World } from '../world.js';
import type { Buffer } from './buffer.js';
import { CopyState } from './copies.js';
import type { Lane } from './lane.js';
import type { RouteNode } from './route.js';
import { endSince } from './unwritten.js';
import type { StoredParts } from './unwritten.js';

interface Settled { readonly node: number; readonly slot: number; readonly place: number; readonly tries: number; readonly readyAt: number; readonly at: number }

/** Longer lags than this share of all are cut. */
const ALMOST_ALL = 1 - 1e-9;

export class Trail {
  /** Settled not long ago, oldest first. */
  readonly entries: Settled[] = [];
  private readonly longest: number;

  constructor(private readonly context: Context, readonly buffer: Buffer, lag: Distribution, private readonly parts: StoredParts) {
    this.longest = lag.sample(ALMOST_ALL);
    buffer.trail = this;
  }

  /** A message is about to be settled. */
  settling(row: number, node: RouteNode): void {
    const { copies, fates } = this.parts;
    const { now } = this.context.sim;
    const old = this.entries.findIndex(({ at }) => at + this.longest >= now);
    if (old !== 0) for (const entry of this.entries.splice(0, old < 0 ? this.entries.length : old)) fates.dropKept(fates.nodes[entry.node], entry.slot);
    fates.keep(node, copies.slot[row]);
    this.entries.push({ node: node.index, slot: copies.slot[row], place: copies.place[row], tries: copies.tries.get(row), readyAt: copies.readyAt[row], at: now });
  }

  /** The other copy takes over; what it did not hear of by `cut` did not happen. */
  takeOver(cut: number, causes: CauseSetId): void {
    const { copies, fates, leases } = this.parts;
    const { component } = this.buffer;
    const gone = this.context.paths.path(causes, component.name, 'accepted, not copied');
    endSince(this.lanes(), cut, gone, this.context, this.parts);
    const again = this.context.paths.path(causes, component.name, 'restore');
    for (const entry of this.entries) {
      const node = fates.nodes[entry.node];
      if (entry.at > cut && entry.readyAt <= cut) {
        const row = fates.create(node, entry.slot);
        const lane = node.lanes[entry.place];
        copies.place[row] = entry.place;
        copies.tries.set(row, entry.tries);
        copies.readyAt[row] = entry.readyAt;
        copies.state[row] = CopyState.ready;
        fates.doubt(node, entry.slot, again);
        this.buffer.enter(node.bytes);
        lane.queue.putBack(lane, row);
        leases.stored(lane);
      }
    }
    this.drop();
  }

  /** Nothing settled before can come back any more. */
  drop(): void {
    const { fates } = this.parts;
    for (const { node, slot } of this.entries.splice(0)) fates.dropKept(fates.nodes[node], slot);
  }

  private lanes(): Lane[] {
    return [...new Set(this.buffer.stores.flatMap(({ queues }) => queues))].flatMap(({ lanes }) => lanes).filter((lane) => lane.buffer === this.buffer);
  }
}

/** The trails of a model: who takes over with what when a component moves to its other place. */
export class Trails {
  readonly all: readonly Trail[];

  constructor(private readonly context: Context, private readonly world: World, buffers: Iterable<Buffer>, parts: StoredParts) {
    this.all = [...buffers].flatMap((buffer) => {
      const { in: name } = buffer.component.definition;
      const container = name === undefined ? null : world.component(name);
      const lag = container?.kind.lags?.(container.values);
      return lag === undefined ? [] : [new Trail(context, buffer, lag, parts)];
    });
  }

  /** A component works at its other place from now on. If the first could still be asked, nothing is missing. */
  relocated(container: Component): void {
    const { in: home } = container.definition;
    if (home === undefined || functionsOf(this.world.component(home)).every(({ works }) => works)) return;
    const behind = container.kind.lags?.(container.values)?.sample(this.context.streams.keyed(container.name, 'lag').uniform(0)) ?? 0;
    for (const trail of this.all) if (trail.buffer.component.definition.in === container.name) trail.takeOver(trail.buffer.lostAt - Math.round(behind), trail.buffer.lostBy);
  }

  settleAccounts(): void {
    for (const trail of this.all) trail.drop();
  }
}
