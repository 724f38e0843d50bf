/**
 * Losses on the way through a hop: a request that never arrives, an answer that never comes back.
 *
 * A coin per message, leg and attempt decides whether the line swallows it; what that means for the message follows from what its
 * caller does when it hears nothing. Not here: losses for a time (`ack-loss` in `fault/impairments.ts`).
 */
import type { KeyedStream } from '../../kernel/index.js';

export interface LossDeclaration {
  /** Share of requests that never arrive. */
  readonly requests: number;
  /** Share of answers that never come back: the work is done, the caller does not know. */
  readonly answers: number;
}

export class Losses {
  /** @param coins belongs to the hop and the flow */
  constructor(private readonly declared: LossDeclaration, private readonly coins: Readonly<Record<keyof LossDeclaration, KeyedStream>>) {}

  swallows(what: keyof LossDeclaration, n: number, leg: number, attempt: number): boolean {
    return this.declared[what] > 0 && this.coins[what].uniform(n, leg, attempt) < this.declared[what];
  }
}
