/**
 * Throttling of one host instance: which limits are passed, and how long a publish or a delivery is held back for it.
 *
 * A limit that is passed is a state with a number. The delay grows linearly from nothing at the limit to the longest delay at twice the
 * limit, times the severity. Of several states the one that comes first in the list is shown, and the longest delay applies.
 * Not modelled: garbage collection, threads taken from the engine.
 */
import type { Context } from '../context.js';
import { tell } from '../gauges.js';
import type { Pool } from '../hop/pool.js';
import type { Member } from '../world.js';
import { Level } from './level.js';
import type { Rate } from './rate.js';

type Side = 'publishing' | 'delivery';

/** One limit; `state` is the documented number of being above it. */
export interface Limit {
  readonly state: number;
  readonly holds: Side | 'both';
  readonly level: Level;
  readonly limit: number;
  /** What is there before the level counts anything; in the unit of the level. */
  readonly base?: number;
  /** The level as it counts here, when it cannot be taken as it is. */
  readonly counted?: (value: number) => number;
  readonly severity: number;
  /** It is memory that runs out. */
  readonly memory?: boolean;
}

export class Throttle {
  /** States shown now; 0: free. */
  publishing = 0;
  delivery = 0;
  /** Messages that the instance holds, and messages in work. */
  readonly held = new Level();
  readonly busy = new Level();
  publishingRate: Rate | null = null;
  deliveryRate: Rate | null = null;
  private started = false;
  private readonly limits: Limit[] = [];
  private readonly onCrossing: () => void;

  constructor(
    private readonly context: Context, private readonly member: Member, private readonly maxDelay: number,
    /** The memory of its server that instances use together, and how much of it one message is. */
    private readonly memory: { readonly used: Level; readonly perMessage: number } | null,
  ) {
    this.onCrossing = () => this.look();
  }

  /** The run begins: what is above a limit from the beginning is said now. */
  start(): void {
    this.started = true;
    this.look();
  }

  /** Limits that come first are shown first. */
  watch(limit: Limit): void {
    this.limits.push(limit);
    limit.level.watch(limit.limit, this.onCrossing);
  }

  /** The instance holds, or works on, another number of messages. */
  load(pool: Pool): void {
    const held = pool.inMemory;
    if (held !== this.held.value) {
      if (this.memory !== null) this.memory.used.add((held - this.held.value) * this.memory.perMessage);
      this.held.set(held);
    }
    if (pool.busy !== this.busy.value) this.busy.set(pool.busy);
  }

  /** How long a publish that begins now is held back, µs. */
  publishDelay(): number {
    this.publishingRate?.came();
    return this.publishing === 0 ? 0 : this.delay('publishing');
  }

  /** How long the work on a message that is delivered now is held back, µs. */
  deliveryDelay(): number {
    return this.delivery === 0 ? 0 : this.delay('delivery');
  }

  /** Whether memory is what holds it back. */
  get underPressure(): boolean {
    return this.limits.some((one) => one.memory === true && one.level.value > one.limit);
  }

  private delay(side: Side): number {
    let longest = 0;
    for (const { holds, level, limit, base = 0, counted, severity } of this.limits) {
      if ((holds !== side && holds !== 'both') || level.value <= limit) continue;
      const value = counted === undefined ? level.value : counted(level.value);
      const excess = Math.min(1, (value + base) / (limit + base) - 1);
      longest = Math.max(longest, Math.min(1, excess * severity));
    }
    return Math.round(longest * this.maxDelay);
  }

  private look(): void {
    if (!this.started) return;
    this.publishing = this.show('publishing-throttle', this.publishing, 'publishing');
    this.delivery = this.show('delivery-throttle', this.delivery, 'delivery');
  }

  private show(gauge: string, before: number, side: Side): number {
    const state = this.limits.find(({ holds, level, limit }) => (holds === side || holds === 'both') && level.value > limit)?.state ?? 0;
    if (state !== before) tell(this.context, this.member, gauge, state);
    return state;
  }
}
