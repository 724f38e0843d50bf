/**
 * One session, and those who may own one: the place of a member in its pool, and the process that runs there.
 *
 * Not here: who gets which session, and when (`sessions.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { CauseSets } from '../causes.js';
import type { Partitions } from '../fault/partitions.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { CauseSetId } from '../ledger.js';
import type { Pool } from './pool.js';
import type { Component } from '../world.js';
import type { Lane } from './lane.js';
import type { Store } from './store.js';

/** What all sessions of a pool have in common. */
export interface SessionPool {
  readonly network: Partitions | null;
  readonly sets: CauseSets;
  /** Called after somebody has got or lost a session. */
  readonly listeners: (() => void)[];
  /** Messages a second of one session at this member. */
  ratePerSecond(pool: Pool | null): number;
}

/** One process of a member, as the database knows it: from its start until its signs of life are too old. */
export class Service {
  /** Its process runs and believes in what it owns. */
  alive = true;
  /** The last sign of life that is not followed from the grid: before it could sign, or before it last lost the database. */
  last = -Infinity;

  constructor(readonly seat: Seat) {}
}

/** The place of one member: its grid of beats, and the process that runs there now. */
export class Seat {
  /** Since when it has been able to sign; Infinity: it is not. */
  since = Infinity;
  signs = false;
  service = new Service(this);
  /** The last tick that was done as an event. */
  done = -Infinity;
  /** Sessions that it has, as told. */
  owned = 0;

  constructor(
    readonly pool: Pool,
    /** It signs while this works. */
    readonly beat: FunctionNode,
    readonly phase: number,
  ) {}

  /** The first beat from this instant on that has not been. */
  nextBeat(now: number, refresh: number): number {
    const tick = this.phase + Math.ceil((now - this.phase) / refresh) * refresh;
    return tick <= this.done ? this.done + refresh : tick;
  }
}

/** What belongs to one owner: data of a store that goes to one database. */
export interface SessionEnds {
  readonly source: Component;
  readonly store: Store;
  readonly destination: Component;
  /** It can be reached while one of these works. */
  readonly doors: readonly FunctionNode[];
  /** Messages that are taken one by one; null: there are none. */
  readonly lane: Lane | null;
}

/** One source with one destination. */
export class Session {
  /** In the database; null: nobody. */
  owner: Service | null = null;
  /** Why it has no owner that works on it, as far as faults are behind that. */
  causes: CauseSetId = NO_CAUSE;
  /** Who has it and knows it, and who had it last; as told. */
  told: Pool | null = null;
  before: Pool | null = null;

  readonly source: Component;
  readonly destination: Component;
  readonly store: Store;
  readonly lane: Lane | null;
  readonly doors: readonly FunctionNode[];

  constructor(readonly sessions: SessionPool, { source, destination, store, doors, lane }: SessionEnds) {
    this.source = source;
    this.destination = destination;
    this.store = store;
    this.doors = doors;
    this.lane = lane;
  }

  /** Messages a second at its owner. */
  get ratePerSecond(): number {
    return this.sessions.ratePerSecond(this.holder);
  }

  /** Who moves it now. */
  get holder(): Pool | null {
    return this.owner?.alive === true ? this.owner.seat.pool : null;
  }

  /** The member may take the next message: it owns the session, reaches the source, and has nothing of it in hand. */
  admits(pool: Pool): boolean {
    return this.lane!.locked.length === 0 && this.allows(pool);
  }

  /** What the member has in hand can be committed. */
  allows(pool: Pool): boolean {
    return this.holder === pool && this.hindrance(pool) === null;
  }

  /** Faults behind a member's not reaching the source or the destination; null: it reaches both. */
  hindrance(pool: Pool): CauseSetId | null {
    const { network, sets } = this.sessions;
    const toSource = network?.between(pool.member, this.store.works.member) ?? NO_CAUSE;
    let behind: CauseSetId = NO_CAUSE;
    for (const door of this.doors) {
      const apart = network?.cutTo(pool.member, door) ?? NO_CAUSE;
      if (door.works && apart === NO_CAUSE) return toSource === NO_CAUSE ? null : toSource;
      behind = sets.union(behind, sets.union(door.causes, apart));
    }
    return sets.union(toSource, behind);
  }
}
