/**
 * The stores over which the queues of one container are spread: the first routes, each message lies in one of them and stays there.
 *
 * New messages go to them in turn, by their number. Not here: what an operation on a store costs (`store-load.ts`), who may take
 * (`queue.ts`).
 */
import { NONE } from './copies.js';
import type { Copies } from './copies.js';
import type { RouteNode } from './route.js';
import type { Addressed, Buffer } from './buffer.js';
import type { Store } from './store.js';
import type { Tracking } from '../tracking/rows.js';
import type { Component } from '../world.js';

export class StoreSet {
  /** Of several buffers; else of one queue. */
  readonly buffers: BufferSet | null = null;
  /** Rows beside the messages; null: none that would stay. */
  tracking: Tracking | null = null;

  constructor(
    /** The first is the one that routes. */
    readonly stores: readonly Store[],
    /** Places of those that take new messages. */
    readonly publishing: readonly number[],
    /** New messages pass over stores that are away, instead of waiting for them. */
    private readonly passesOver: boolean,
    /** Share of an operation that a message in another store costs the first. */
    readonly routing: number,
  ) {}

  /** Place of the store that takes message n if it is new now; NONE when none can. */
  choose(n: number): number {
    const { publishing, stores } = this;
    if (publishing.length === 1) return publishing[0];
    if (!this.passesOver) return publishing[n % publishing.length];
    let there = 0;
    for (const place of publishing) if (stores[place].works.works) there++;
    // By the number among those that are there, so that none is passed over for long.
    let left = n % Math.max(1, there);
    for (const place of publishing) if (stores[place].works.works && left-- === 0) return place;
    return NONE;
  }

  /** Places of those that take new messages now. */
  get takers(): readonly number[] {
    return this.passesOver ? this.publishing.filter((place) => this.stores[place].works.works) : this.publishing;
  }
}

/** The stores of all buffers that one component takes from, one buffer after the other. */
export class BufferSet extends StoreSet {
  override readonly buffers: BufferSet = this;
  private readonly offsets = new Map<Component, number>();

  /** @param entry where messages are put that come to lie in a buffer: it, or what it stands behind */
  constructor(buffers: readonly Buffer[], entry: (buffer: Buffer) => Component) {
    super(buffers.flatMap(({ stores }) => stores), [], false, 0);
    let offset = 0;
    for (const buffer of buffers) {
      this.offsets.set(entry(buffer), offset);
      offset += buffer.stores.length;
    }
  }

  /** Place of a fragment of what is put into this component. */
  placeOf(entry: Component, fragment: number): number {
    return fragment === NONE || this.offsets.size === 1 ? fragment : this.offsets.get(entry)! + fragment;
  }
}

/** Key of a message; NONE: it has none. */
export const keyOf = (node: RouteNode, n: number): number => (node.keys === 0 ? NONE : n % node.keys);

/** What decides in which fragment a message comes to lie. */
export function addressOf(node: RouteNode, n: number): Addressed {
  return { flow: node.flow, n, key: keyOf(node, n), bytes: node.bytes };
}

/** The place in which message n comes to lie when this copy is put there: where it lies already, or a new choice. */
export function placeFor(copies: Copies, copy: number, n: number, from: RouteNode, to: RouteNode): number {
  const { set } = to.lane!.queue;
  if (from.buffer !== null && set.buffers !== null) {
    const own = to.component === from.component;
    return set.buffers.placeOf(from.component, own ? from.pools.findIndex((pool) => pool.index === copies.pool.get(copy)) : from.buffer.choose(addressOf(from, n)));
  }
  return from.lane !== null && from.lane.queue.set === set ? copies.place[copy] : set.choose(n);
}
