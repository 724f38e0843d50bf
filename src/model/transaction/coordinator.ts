/**
 * A transaction coordinator: one member whose kind declares that it coordinates, with its terms and its gauges.
 *
 * Its memory ends with its process; its log ends with its data. Not here: its life cycle (the kind declares it), and the protocol.
 */
import type { Distribution } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member } from '../world.js';

export class Coordinator {
  readonly component: Component;
  private active = 0;
  private inDoubt = 0;

  constructor(
    private readonly context: Context, readonly member: Member, readonly works: FunctionNode,
    /** From the beginning of a transaction to its end by itself, as long as it is not prepared; µs. */
    readonly timeout: number,
    readonly prepare: Distribution, readonly commit: Distribution,
  ) {
    this.component = member.component;
  }

  count(change: 1 | -1): void {
    this.active += change;
    this.tell('active', this.active);
  }

  /** Transactions with a participant that has voted yes and that nobody can tell the outcome now. */
  setInDoubt(count: number): void {
    if (count === this.inDoubt) return;
    this.inDoubt = count;
    this.tell('in-doubt', count);
  }

  get doubtful(): boolean {
    return this.inDoubt > 0;
  }

  private tell(gauge: string, value: number): void {
    for (const reader of this.context.ledger.to.gauge) reader.gauge(this.context.sim.now, this.member.index, gauge, value);
  }
}
