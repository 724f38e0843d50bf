/**
 * The workers of one member: how many are busy, what waits for one, and what an earlier life of the member left locked.
 *
 * Not here: what the work is (`work.ts`), when it is broken off (`breakage.ts`).
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { Throttle } from '../throttle/throttle.js';
import type { Component, Member } from '../world.js';
import { Chain } from './copies.js';
import type { Copies } from './copies.js';
import type { WorkQueue } from './queue.js';

/** How a member takes from the queue it shares with others; all times in µs. */
export interface Polling {
  readonly queue: WorkQueue;
  /** 0: what is ready is handed out at once. */
  readonly period: number;
  readonly phase: number;
  readonly lockLimit: number;
  /** Of these, in process. */
  readonly cap: number;
  /** Who frees what a dead member holds; null: each lock ends by itself. */
  readonly cleanup: Cleanup | null;
}

/** A job frees what is locked by members without a sign of life. */
export interface Cleanup {
  readonly beat: number;
  readonly beatPhase: number;
  readonly deadAfter: number;
  readonly sweep: number;
  readonly sweepPhase: number;
  /** The job runs while this works. */
  readonly jobs: FunctionNode;
}

/** Waits longer than this are spent in the store: under memory pressure, and else; µs. */
export interface Dehydration { readonly min: number; readonly max: number }

export class Pool {
  busy = 0;
  /** Work in hand stands still. */
  frozen = false;
  readonly waiting: Chain;
  readonly inHand: Chain;
  readonly orphans: Chain;
  /** Results of work that outlived their worker: prepared in a transaction whose outcome was not heard. */
  readonly held: Chain;
  /** In process, but without a worker: they wait in memory for a while. */
  readonly asleep: Chain;
  /** Requests whose callers are answered later: nobody works on them (`replies.ts`). */
  readonly awaiting: Chain;
  /** Attempts for a message that goes to several targets at once. */
  readonly errands: Chain;
  polling: Polling | null = null;
  throttle: Throttle | null = null;
  /** When a wait is long enough to be spent in the store; null: never. */
  dehydration: Dehydration | null = null;
  /** What it begins with at one instant is published together (`batches.ts`). */
  together = false;
  /** How long locks are prolonged while work goes on, µs; 0: they are not. */
  renews = 0;
  /** Taking up what waits now. */
  resuming = false;
  /** When its function was last lost, µs: the last beat of its heart was at or before it. Infinity while it works. */
  lostAt = Infinity;

  constructor(
    readonly index: number, readonly member: Member, readonly works: FunctionNode, readonly slots: number, readonly waitingLimit: number,
    copies: Copies, waiting = new Chain(copies),
  ) {
    this.waiting = waiting;
    this.inHand = new Chain(copies);
    this.orphans = new Chain(copies);
    this.held = new Chain(copies);
    this.asleep = new Chain(copies);
    this.awaiting = new Chain(copies);
    this.errands = new Chain(copies);
  }

  get component(): Component {
    return this.member.component;
  }

  /** Messages that it works on or keeps in memory. */
  get inMemory(): number {
    return this.waiting.length + this.inHand.length + this.asleep.length + this.awaiting.length;
  }

  /** Messages of a store that it may still lock. */
  get room(): number {
    return this.polling === null ? 0 : this.polling.lockLimit - this.inMemory;
  }

  /** A wait of this length is spent in the store and not in memory. */
  dehydrates(wait: number): boolean {
    if (this.dehydration === null) return false;
    return wait > (this.throttle?.underPressure === true ? this.dehydration.min : this.dehydration.max);
  }
}

/** The first point of a grid at or after a time. */
export function gridAtOrAfter(time: number, period: number, phase: number): number {
  return phase + Math.ceil((time - phase) / period) * period;
}
