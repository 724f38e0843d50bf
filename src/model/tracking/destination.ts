/**
 * Where rows of tracking data are kept: they lie there until a run of the job finds them old enough.
 *
 * Rows that the same run will remove are one number, so a long window costs no more than its runs. A run that finds nothing is no event.
 * At its limit it takes nothing more. Not here: who brings rows (`mover.ts`, `rows.ts`, `recording.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { gaugeOf } from '../gauges.js';
import type { Gauge } from '../gauges.js';
import type { FunctionNode } from '../graph/function-node.js';
import { gridAtOrAfter } from '../hop/pool.js';
import type { Component } from '../world.js';
import { Level } from '../throttle/level.js';

/** Times in µs. */
export interface KeptTerms {
  readonly keep: number;
  readonly period: number;
  readonly phase: number;
  /** Infinity: none. */
  readonly limit: number;
}

/** Rows of one run of the job. */
interface Batch { readonly due: number; rows: number }

export class Destination {
  private readonly level = new Level();
  /** The oldest first. */
  private batches: Batch[] = [];
  private timer = 0;
  private readonly tell: Gauge;
  private readonly onRun: () => void;

  constructor(private readonly context: Context, readonly component: Component, private readonly job: FunctionNode, private readonly terms: KeptTerms) {
    this.tell = gaugeOf(context, component, 'rows');
    this.onRun = () => {
      this.timer = 0;
      this.run();
    };
    job.listeners.push(() => { this.arm(); });
  }

  /** It takes nothing more. */
  get full(): boolean {
    return this.level.value >= this.terms.limit;
  }

  /** Calls the listener when it takes nothing more, and when it takes something again. */
  watch(listener: () => void): void {
    if (this.terms.limit < Infinity) this.level.watch(this.terms.limit - 1, listener);
  }

  /** A transaction with so many rows is committed here. */
  take(rows: number): void {
    if (rows === 0) return;
    const due = gridAtOrAfter(this.context.sim.now + this.terms.keep, this.terms.period, this.terms.phase);
    const last = this.batches.at(-1);
    if (last?.due === due) last.rows += rows;
    else this.batches.push({ due, rows });
    if (this.timer === 0) this.arm();
    this.change(rows);
  }

  /** Its data is gone. */
  wipe(): void {
    this.batches = [];
    this.arm();
    this.change(-this.level.value);
  }

  private run(): void {
    const { now } = this.context.sim;
    const young = this.batches.findIndex(({ due }) => due > now);
    const old = this.batches.splice(0, young < 0 ? this.batches.length : young);
    this.arm();
    this.change(-old.reduce((sum, { rows }) => sum + rows, 0));
  }

  /** The next run that would remove something. */
  private arm(): void {
    const { sim } = this.context;
    const { period, phase } = this.terms;
    if (this.timer !== 0) sim.cancel(this.timer);
    this.timer = this.batches.length === 0 || !this.job.works ? 0
      : sim.scheduleAt(Math.max(this.batches[0].due, gridAtOrAfter(sim.now, period, phase)), this.onRun, 0, Priority.poll, this.component.members[0].rank);
  }

  private change(rows: number): void {
    if (rows === 0) return;
    this.tell(this.level.value + rows);
    this.level.add(rows);
  }
}
