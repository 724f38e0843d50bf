/**
 * The workers of one member: how many are busy, what waits for one, and what an earlier life of the member left locked.
 *
 * Not here: what the work is (`work.ts`), when it is broken off (`breakage.ts`).
 */
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member } from '../world.js';
import { Chain } from './copies.js';
import type { Copies } from './copies.js';
import type { WorkQueue } from './queue.js';

/** How a member takes from the queue it shares with others; all times in µs. */
export interface Polling {
  readonly queue: WorkQueue;
  readonly period: number;
  readonly phase: number;
  readonly lockLimit: number;
  readonly beat: number;
  readonly beatPhase: number;
  readonly deadAfter: number;
  readonly sweep: number;
  readonly sweepPhase: number;
  /** The job that frees what the dead hold works while this works. */
  readonly sweeper: readonly FunctionNode[];
}

export class Pool {
  busy = 0;
  /** Work in hand stands still. */
  frozen = false;
  readonly waiting: Chain;
  readonly inHand: Chain;
  readonly orphans: Chain;
  /** Results of work that outlived their worker: prepared in a transaction whose outcome was not heard. */
  readonly held: Chain;
  polling: Polling | null = null;
  /** When its function was last lost, µs: the last beat of its heart was at or before it. Infinity while it works. */
  lostAt = Infinity;
  /** Event that frees the orphans; 0: none. */
  sweepTimer = 0;

  constructor(readonly index: number, readonly member: Member, readonly works: FunctionNode, readonly slots: number, readonly waitingLimit: number, copies: Copies) {
    this.waiting = new Chain(copies);
    this.inHand = new Chain(copies);
    this.orphans = new Chain(copies);
    this.held = new Chain(copies);
  }

  get component(): Component {
    return this.member.component;
  }

  /** Messages of a store that it may still lock. */
  get room(): number {
    return this.polling === null ? 0 : this.polling.lockLimit - this.waiting.length - this.inHand.length;
  }
}

/** The first point of a grid at or after a time. */
export function gridAtOrAfter(time: number, period: number, phase: number): number {
  return phase + Math.ceil((time - phase) / period) * period;
}
