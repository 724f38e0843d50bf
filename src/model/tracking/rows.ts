/**
 * Rows of tracking data: written where a message comes to lie, they stay there until somebody moves them.
 *
 * A row is written with its message, so it takes no time of its own; it is gone only with its store. Who moves them in sessions:
 * `mover.ts`. Who is held back by their number: `throttle/throttle.ts`.
 */
import { Level } from '../throttle/level.js';
import type { JobTable } from '../throttle/stored.js';
import type { Destination } from './destination.js';
import type { Mover } from './mover.js';

/** Rows beside the messages of one set of stores. */
export interface Tracking {
  /** Rows that wait, each store by itself where they are counted so. */
  readonly levels: readonly Level[];
  /** A message has come to lie in the store at this place. */
  written(place: number): void;
  /** The data of this store is gone. */
  wipe(place: number): void;
}

/** A job moves everything at once, or nothing. With several stores the first stands for all of them. */
export class MovedByJob implements Tracking {
  private readonly rows: number;

  /** @param parts rows of one message, and where they come to lie; null: that database counts nothing */
  constructor(private readonly table: JobTable, parts: readonly { readonly rows: number; readonly into: Destination | null }[]) {
    this.rows = parts.reduce((sum, { rows }) => sum + rows, 0);
    const counted = parts.flatMap(({ rows, into }) => (into === null || rows === 0 ? [] : [{ rows, into }]));
    table.blocked = () => counted.some(({ into }) => into.full);
    table.onDeleted = (moved) => { for (const { rows, into } of counted) into.take((moved / this.rows) * rows); };
    for (const { into } of counted) into.watch(() => { table.arm(); });
  }

  get levels(): readonly Level[] {
    return [this.table.rows];
  }

  written(): void {
    this.table.enter(this.rows);
    // To be moved as soon as possible.
    this.table.leave(0, this.rows);
  }

  wipe(place: number): void {
    this.table.wipe(place);
  }
}

/** The tables of one store: one for each database that its rows are for. */
export class TrackedStore {
  readonly level = new Level();
  /** Who moves the rows for each of the databases. */
  readonly movers: Mover[] = [];
  /** Called after the number of rows has changed. */
  readonly listeners: (() => void)[] = [];

  write(to: number, rows: number): void {
    this.changed(rows);
    this.movers[to].write(rows);
  }

  /** So many rows have left it, to where they belong. */
  moved(rows: number): void {
    this.changed(-rows);
  }

  wipe(): void {
    for (const mover of this.movers) mover.forget();
    if (this.level.value > 0) this.changed(-this.level.value);
  }

  private changed(rows: number): void {
    this.level.add(rows);
    for (const listener of this.listeners) listener();
  }
}

/** Each store has an owner of its own for each of the databases. */
export class MovedInSessions implements Tracking {
  readonly levels: readonly Level[];

  constructor(
    private readonly stores: readonly TrackedStore[],
    /** Rows of one message for each of the databases. */
    private readonly rows: readonly number[],
  ) {
    this.levels = stores.map(({ level }) => level);
  }

  written(place: number): void {
    const store = this.stores[place];
    for (let to = 0; to < this.rows.length; to++) if (this.rows[to] > 0) store.write(to, this.rows[to]);
  }

  wipe(place: number): void {
    this.stores[place].wipe();
  }
}
