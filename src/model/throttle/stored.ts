/**
 * What is in a database: the messages of one queue, and the rows of the table (spool) that holds the messages of all queues.
 *
 * Every copy that belongs to a queue counts, whatever its state: ready, due, dehydrated, locked, suspended. A finished message leaves
 * its queue at once but its row only when a job deletes it. Not here: tracking data (`tracking/rows.ts`), who is held back by
 * these numbers (`throttle.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { gaugeOf } from '../gauges.js';
import type { Gauge } from '../gauges.js';
import type { FunctionNode } from '../graph/function-node.js';
import { gridAtOrAfter } from '../hop/pool.js';
import type { Component } from '../world.js';
import { Level } from './level.js';

/** A table whose rows a job deletes when they are of no more use. */
export class JobTable {
  readonly rows = new Level();
  /** Rows of finished messages, and how many of them are in each of the stores. */
  private finished = 0;
  private readonly finishedAt: number[] = [];
  private timer = 0;
  /** Something else that keeps the job from running. */
  blocked: () => boolean = () => false;
  /** Hears how many rows a run has taken out. */
  onDeleted: (rows: number) => void = () => undefined;
  private readonly tell: Gauge;
  private readonly onRun: () => void;

  constructor(
    private readonly context: Context,
    /** The component that shows the number. */
    private readonly owner: Component,
    /** The job runs while this works. */
    private readonly jobs: FunctionNode,
    private readonly period: number, private readonly phase: number,
    /** Whether anything can keep the job from running; if nothing can, a row is taken to leave with its message. */
    private readonly keeps: boolean,
    gauge: string,
  ) {
    this.tell = gaugeOf(context, owner, gauge);
    this.onRun = () => {
      const rows = this.finished;
      this.timer = 0;
      this.add(-rows);
      this.finished = 0;
      this.finishedAt.fill(0);
      this.onDeleted(rows);
    };
    if (keeps) jobs.listeners.push(() => this.arm());
  }

  enter(rows = 1): void {
    this.add(rows);
  }

  /**
   * Of no more use: a run of the job may delete them.
   * @param place of the store that they are in
   */
  leave(place: number, rows = 1): void {
    if (!this.keeps) {
      this.add(-rows);
      return;
    }
    this.finished += rows;
    this.finishedAt[place] = (this.finishedAt[place] ?? 0) + rows;
    if (this.timer === 0) this.arm();
  }

  /** The data of one of the stores is gone, finished rows as well. */
  wipe(place: number): void {
    const gone = this.finishedAt[place] ?? 0;
    if (gone === 0) return;
    this.add(-gone);
    this.finished -= gone;
    this.finishedAt[place] = 0;
    this.arm();
  }

  /** A run that finds nothing has no effect: only the next one that would delete something is an event. */
  arm(): void {
    const { sim } = this.context;
    if (this.timer !== 0) sim.cancel(this.timer);
    this.timer = this.finished === 0 || !this.jobs.works || this.blocked() ? 0
      : sim.scheduleAt(gridAtOrAfter(sim.now, this.period, this.phase), this.onRun, 0, Priority.poll, this.owner.members[0].rank);
  }

  private add(change: number): void {
    if (change === 0) return;
    this.rows.add(change);
    this.tell(this.rows.value);
  }
}

/** Counts what comes to lie in a queue and leaves it. */
export interface Counted {
  readonly count: Level;
  enter(): void;
  leave(place: number): void;
  replace(place: number): void;
  wipe(place: number): void;
}

/** The messages of one queue in a database. */
export class Stored implements Counted {
  readonly count = new Level();
  private readonly tell: Gauge;

  constructor(context: Context, owner: Component, private readonly spool: JobTable) {
    this.tell = gaugeOf(context, owner, 'messages-in-database');
  }

  enter(): void {
    this.count.add(1);
    this.tell(this.count.value);
    this.spool.enter();
  }

  leave(place: number): void {
    this.count.add(-1);
    this.tell(this.count.value);
    this.spool.leave(place);
  }

  /** A message is finished, and another begins in the same queue. */
  replace(place: number): void {
    this.spool.leave(place);
    this.spool.enter();
  }

  /** Everything in one of the stores is gone. */
  wipe(place: number): void {
    this.spool.wipe(place);
  }
}
