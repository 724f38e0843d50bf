/**
 * Durations of a component's life, each drawn for what it belongs to: the owner, the purpose, and the fault occurrence it follows.
 *
 * So a run and its twin without an earlier fault draw the same failover for the later one.
 */
import type { Context } from '../context.js';
import type { CauseSetId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { durationOf } from '../values.js';

export class LifeDraws {
  private readonly used = new Map<string, number>();

  constructor(private readonly context: Context, private readonly owner: string) {}

  duration(value: unknown, purpose: string, causes: CauseSetId): Microseconds {
    return durationOf(value, () => this.uniform(purpose, causes));
  }

  uniform(purpose: string, causes: CauseSetId): number {
    const occurrences = this.context.causes.of(causes);
    const last = occurrences.length === 0 ? null : this.context.occurrences[occurrences[occurrences.length - 1]];
    const name = `life:${purpose}:${last?.faultId ?? ''}`;
    const number = last?.number ?? 0;
    const key = `${name}:${number}`;
    const k = this.used.get(key) ?? 0;
    this.used.set(key, k + 1);
    return this.context.streams.keyed(this.owner, name).uniform(number, k);
  }
}
