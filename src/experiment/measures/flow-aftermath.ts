/**
 * One flow under faults: for every fault occurrence behind a stop or a degradation, when it stopped, was restored, had its
 * capacity again and had worked off its backlog.
 *
 * Full: the flow is served (neither stopped nor degraded, whoever else is to blame). Recovered: the first instant at which the
 * backlog is no longer than normal, looked for from the restore on; when the flow was only degraded, from the first too long backlog
 * on, or from full on if there was none. States that last no time are none, except at the end of the run.
 */
import { FlowStatus } from '../../model/index.js';
import type { CauseSetId, Fate, MapFlow, Microseconds, ModelMap } from '../../model/index.js';
import { Backlog } from './backlog.js';
import { BacklogHistory } from './backlog-history.js';
import { CauseSpans, NOBODY, SEVERAL } from './cause-spans.js';
import { FlowEffect } from './flow-effect.js';

export class FlowAftermath {
  readonly effects = new Map<number, FlowEffect>();
  readonly #map: ModelMap;
  readonly #flow: MapFlow;
  readonly #thresholdOf: (occurrence: number) => number;
  readonly #backlog = new Backlog();
  readonly #history: BacklogHistory;
  readonly #spans = new CauseSpans();
  #status: FlowStatus = FlowStatus.served;
  #capacity: number;
  #causes: CauseSetId = 0;
  #since: Microseconds = 0;
  /** The open state has lasted and was told to the occurrences behind it. */
  #told = true;
  #unfull: FlowEffect[] = [];
  #unrecovered: FlowEffect[] = [];

  /** `thresholdOf`: the normal backlog of this flow when an occurrence came. */
  constructor(map: ModelMap, flow: MapFlow, warmup: Microseconds, thresholdOf: (occurrence: number) => number) {
    this.#map = map;
    this.#flow = flow;
    this.#capacity = flow.faultFreeCapacity;
    this.#thresholdOf = thresholdOf;
    this.#history = new BacklogHistory(warmup);
  }

  /** Longest backlog that counts as normal now. */
  normalBacklog(time: Microseconds): number {
    this.#advance(time);
    return this.#history.normal;
  }

  offered(time: Microseconds): void {
    this.#advance(time);
    this.#backlog.offered();
    if (!this.#told && time > this.#since) {
      // A degradation may last to the end of the run: what it does to the backlog must be seen while it lasts.
      this.#closeState(time);
      this.#since = time;
      this.#told = true;
    }
    if (this.#unrecovered.length > 0 && this.#status === FlowStatus.degraded) this.#armLong();
  }

  delivered(time: Microseconds, n: number): void {
    this.#advance(time);
    this.#backlog.delivered(n);
    if (this.#unrecovered.length > 0) this.#watch(time);
  }

  suspended(time: Microseconds, n: number, suspended: boolean): void {
    this.#advance(time);
    this.#backlog.suspended(n, suspended);
    if (this.#unrecovered.length > 0) this.#watch(time);
  }

  closed(time: Microseconds, n: number, fate: Fate): void {
    if (fate === 'delivered') return;
    this.#advance(time);
    this.#backlog.closed(n, fate);
    if (this.#unrecovered.length > 0) this.#watch(time);
  }

  changed(time: Microseconds, status: FlowStatus, capacity: number, causes: CauseSetId): void {
    this.#advance(time);
    if (time > this.#since) this.#closeState(time);
    this.#status = status;
    this.#capacity = capacity;
    this.#causes = causes;
    this.#since = time;
    this.#told = status !== FlowStatus.degraded;
    if (status === FlowStatus.served) this.#endLingering(time);
    if (this.#unrecovered.length > 0) this.#arm(time);
  }

  ended(time: Microseconds): void {
    this.#advance(time);
    this.#closeState(time);
    if (this.#status !== FlowStatus.stopped) return;
    for (const occurrence of this.#map.causesOf(this.#causes)) this.effects.get(occurrence)!.stillStopped = true;
  }

  /** Who troubled the flow between offer and effect: an occurrence, NOBODY or SEVERAL. */
  blame(from: Microseconds, to: Microseconds): number {
    let culprit = NOBODY;
    // The state of now is not among the spans before it ends.
    if (this.#status !== FlowStatus.served && this.#since < to) {
      const causes = this.#map.causesOf(this.#causes);
      if (causes.length > 1) return SEVERAL;
      if (causes.length === 1) culprit = causes[0];
    }
    return this.#spans.blame(from, to, culprit);
  }

  #advance(time: Microseconds): void {
    this.#history.advance(time, this.#backlog.value, this.#status === FlowStatus.served && this.#unrecovered.length === 0);
  }

  /** The state that holds since `#since` ends now: what it was is told to the occurrences behind it. */
  #closeState(time: Microseconds): void {
    if (this.#status === FlowStatus.served) {
      for (const effect of this.#unfull) effect.fullAt = this.#since;
      this.#unfull = [];
      return;
    }
    for (const occurrence of this.#map.causesOf(this.#causes)) this.#suffered(this.#effectOf(occurrence), time);
  }

  #suffered(effect: FlowEffect, time: Microseconds): void {
    const stopped = this.#status === FlowStatus.stopped;
    effect.capacityLost += (time - this.#since) * this.#shareLost();
    if (stopped) {
      effect.stopped = true;
      effect.firstStop = Math.min(effect.firstStop, this.#since);
      effect.lastStop = time;
    } else effect.degraded = true;
    effect.fullAt = null;
    if (!this.#unfull.includes(effect)) this.#unfull.push(effect);
    this.#spans.open(effect.occurrence, this.#since);
    if (!stopped && effect.recoveredAt !== null && (effect.stopped || effect.caughtUp)) {
      // Still degraded: its backlog was normal again all the same.
      effect.lingers = true;
      return;
    }
    effect.recoveredAt = null;
    if (!this.#unrecovered.includes(effect)) this.#unrecovered.push(effect);
  }

  #shareLost(): number {
    const whole = this.#flow.faultFreeCapacity;
    if (!(whole > 0 && whole < Infinity)) return this.#status === FlowStatus.stopped ? 1 : 0;
    return Math.min(1, Math.max(0, 1 - this.#capacity / whole));
  }

  #arm(time: Microseconds): void {
    const causes = this.#status === FlowStatus.stopped ? this.#map.causesOf(this.#causes) : [];
    for (const effect of this.#unrecovered) {
      effect.armed = effect.stopped ? !causes.includes(effect.occurrence) : effect.armed || this.#status === FlowStatus.served;
    }
    this.#watch(time);
  }

  /** Only degraded, and the backlog is too long: its way back is watched from now on. */
  #armLong(): void {
    for (const effect of this.#unrecovered) if (!effect.stopped && this.#backlog.value > effect.threshold) effect.armed = true;
  }

  #endLingering(time: Microseconds): void {
    for (const effect of this.effects.values()) {
      if (!effect.lingers) continue;
      effect.lingers = false;
      this.#spans.close(effect.occurrence, time);
    }
  }

  #watch(time: Microseconds): void {
    const length = this.#backlog.value;
    if (!this.#unrecovered.some((effect) => effect.armed && length <= effect.threshold)) return;
    this.#unrecovered = this.#unrecovered.filter((effect) => {
      if (!effect.armed || length > effect.threshold) return true;
      effect.recoveredAt = time;
      effect.lingers = effect.caughtUp = this.#status === FlowStatus.degraded;
      if (!effect.lingers) this.#spans.close(effect.occurrence, time);
      return false;
    });
  }

  #effectOf(occurrence: number): FlowEffect {
    let effect = this.effects.get(occurrence);
    if (effect === undefined) {
      effect = new FlowEffect(occurrence, this.#thresholdOf(occurrence));
      this.effects.set(occurrence, effect);
    }
    return effect;
  }
}
