/**
 * The simulator: a clock, the future event list and the loop that brings them together.
 *
 * It is free of units (the model counts in whole microseconds) and knows no components, messages or faults.
 * It does not repeat, measure or stop by itself: whoever calls `run` says until when.
 */
import { KernelError, ZeroDelayLoopError } from './errors.js';
import { FutureEventList, MAX_PENDING } from './future-event-list.js';
import type { EventId, Handler } from './future-event-list.js';
import { Priority } from './priority.js';

/** What can be set about a simulator. */
export interface SimulatorOptions {
  /** Events allowed at one instant before it counts as a zero-delay loop. */
  readonly maxEventsPerInstant?: number;
  /** Pending events for which room is made at the start. */
  readonly capacity?: number;
}

export class Simulator {
  /** The simulated time. Models read it; only the loop writes it. */
  now = 0;

  private readonly list: FutureEventList;
  private readonly maxEventsPerInstant: number;
  private executedCount = 0;
  private atThisInstant = 0;
  private running = false;
  private stopped = false;

  constructor(options: SimulatorOptions = {}) {
    this.maxEventsPerInstant = options.maxEventsPerInstant ?? 10_000_000;
    this.list = new FutureEventList(options.capacity);
  }

  /** Events executed so far. */
  get executed(): number {
    return this.executedCount;
  }

  /** Events waiting; the one being executed is not among them. */
  get pending(): number {
    return this.list.pending;
  }

  /** Time of the earliest waiting event, +Infinity when there is none. */
  nextTime(): number {
    return this.list.nextTime;
  }

  /**
   * Calls `handler(argument)` after a delay.
   * @param delay finite and not negative, in the unit of the clock
   * @param argument an integer of 32 bits with sign
   * @param priority orders events of one instant; see `Priority`
   * @param rank orders events of one instant and priority: 0 … 2^28 − 1; equal ones run as scheduled
   * @returns the id under which the event can be cancelled
   * @throws KernelError on a delay, argument, priority or rank outside of these bounds
   */
  schedule(
    delay: number,
    handler: Handler,
    argument = 0,
    priority: Priority = Priority.work,
    rank = 0,
  ): EventId {
    const time = this.now + delay;
    if (!(delay >= 0 && time < Infinity)) refuseDelay(delay);
    const list = this.list;
    list.due[0] = time;
    return list.idOf(list.insert(handler, argument, priority, rank));
  }

  /**
   * Calls `handler(argument)` at a time; see `schedule`.
   * @param time finite and not before `now`
   * @throws KernelError as `schedule` does
   */
  scheduleAt(
    time: number,
    handler: Handler,
    argument = 0,
    priority: Priority = Priority.work,
    rank = 0,
  ): EventId {
    if (!(time >= this.now && time < Infinity)) refuseTime(time, this.now);
    const list = this.list;
    list.due[0] = time;
    return list.idOf(list.insert(handler, argument, priority, rank));
  }

  /** Takes back an event; false when it has run (or is running), was cancelled before, or never was. */
  cancel(id: EventId): boolean {
    const generation = (id / MAX_PENDING) | 0;
    return this.list.remove(id - generation * MAX_PENDING, generation);
  }

  /** Whether the event still waits; false while it is running. */
  isPending(id: EventId): boolean {
    const generation = (id / MAX_PENDING) | 0;
    return this.list.holds(id - generation * MAX_PENDING, generation);
  }

  /** When the event is due, NaN when it no longer waits. */
  timeOf(id: EventId): number {
    return this.isPending(id) ? this.list.timeOf(id % MAX_PENDING) : NaN;
  }

  /**
   * Executes all events with time ≤ `until` in order, then sets the clock to `until`. With +Infinity it runs
   * until nothing waits and the clock stays at the last event, as it does after `stop`.
   * An exception of a handler passes through: its event counts as executed, the others still wait, the clock
   * stands at that event, and `run` may be called again.
   * @throws KernelError when `until` is NaN or past, or when called from inside a handler
   * @throws ZeroDelayLoopError when time no longer advances; the event that was one too many still waits
   */
  run(until: number): void {
    if (!(until >= this.now)) refuseTime(until, this.now);
    this.enter();
    this.stopped = false;
    try {
      this.loop(until);
    } finally {
      this.list.closeHole();
      this.running = false;
    }
  }

  /**
   * Executes the earliest event; false when nothing waits.
   * @throws as `run` does
   */
  step(): boolean {
    this.enter();
    const list = this.list;
    try {
      if (list.pending === 0) return false;
      this.advance(list.times[0]);
      const slot = list.firstSlot;
      const handler = list.handlerOf(slot);
      const argument = list.argumentOf(slot);
      list.takeFirst();
      handler(argument);
      return true;
    } finally {
      list.closeHole();
      this.running = false;
    }
  }

  /** Leaves `run` after the handler that calls it; what waits keeps waiting. */
  stop(): void {
    this.stopped = true;
  }

  private loop(until: number): void {
    const list = this.list;
    while (list.pending > 0) {
      const time = list.times[0];
      if (time > until) break;
      this.advance(time);
      const slot = list.firstSlot;
      const handler = list.handlerOf(slot);
      const argument = list.argumentOf(slot);
      list.takeFirst();
      handler(argument);
      list.closeHole();
      if (this.stopped) return;
    }
    if (until < Infinity && until > this.now) {
      this.now = until;
      this.atThisInstant = 0;
    }
  }

  private enter(): void {
    if (this.running) throw new KernelError('run and step must not be called from inside a handler');
    this.running = true;
  }

  private advance(time: number): void {
    if (time !== this.now) {
      this.now = time;
      this.atThisInstant = 0;
    } else if (this.atThisInstant >= this.maxEventsPerInstant) {
      throw new ZeroDelayLoopError(time, this.atThisInstant);
    }
    this.atThisInstant++;
    this.executedCount++;
  }
}

// Outside of the hot functions, so that these stay small enough to be inlined into the handlers that call them:
// only then are delays and ids not boxed.

function refuseDelay(delay: number): never {
  throw new KernelError(`a delay must be finite and not negative, but is ${delay}`);
}

function refuseTime(time: number, now: number): never {
  throw new KernelError(`a time must be finite and not before now (${now}), but is ${time}`);
}
