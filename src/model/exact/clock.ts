/**
 * A clock that stands still: what comes at once is done, what takes time is kept as a timer that may be the next to go off.
 *
 * Timers without memory may go off in any order, each at its rate; that is all a Markov chain needs to know. What only messages
 * wait for (work, polls) is not kept. What takes time and has a memory is noted as an obstacle and taken as exponential, so that
 * the states behind it are looked at, too.
 */
import { KernelError, Priority, Simulator } from '../../kernel/index.js';
import type { EventId } from '../../kernel/index.js';
import type { Chance } from '../chance.js';
import type { Obstacle, Symbol, Symbols } from './symbols.js';

type Handler = (argument: number) => void;

/** A duration that is running. Never changed: a stage that is over puts another one in its place. */
export interface Timer {
  readonly id: EventId;
  readonly priority: number;
  readonly rank: number;
  readonly argument: number;
  readonly handler: Handler;
  readonly symbol: Symbol | null;
  /** Stages left, this one included; each is over at `rate` per second. */
  readonly stages: number;
  readonly rate: number;
}

/** More than any honest instant needs. */
const MOST_AT_ONCE = 100_000;

export class StandingClock extends Simulator {
  readonly obstacles = new Map<string, Obstacle>();
  /** Runs now; replaced as a whole to go back to another state. */
  timers: readonly Timer[] = [];
  /** The component that a rank among states belongs to, for what has no symbol. */
  nameOf: (rank: number) => string | null = () => null;
  private atOnce: Timer[] = [];
  private last = 0;

  constructor(private readonly symbols: Symbols, private readonly chance: Chance) {
    super();
  }

  override schedule(delay: number, handler: Handler, argument = 0, priority: Priority = Priority.work, rank = 0): EventId {
    if (priority >= Priority.work) return 0;
    const id = ++this.last;
    const timer = { id, priority, rank, argument, handler, symbol: null, stages: 1, rate: Infinity };
    if (delay === 0) {
      const place = this.atOnce.findIndex((other) => other.priority > priority || (other.priority === priority && other.rank > rank));
      this.atOnce.splice(place < 0 ? this.atOnce.length : place, 0, timer);
      return id;
    }
    this.timers = [...this.timers, { ...timer, ...this.stagesOf(delay, priority === Priority.state ? this.nameOf(rank) : null) }];
    return id;
  }

  override scheduleAt(time: number, handler: Handler, argument = 0, priority: Priority = Priority.work, rank = 0): EventId {
    return this.schedule(time, handler, argument, priority, rank);
  }

  override cancel(id: EventId): boolean {
    const others = (list: readonly Timer[]): Timer[] => list.filter((timer) => timer.id !== id);
    const [kept, waiting] = [others(this.timers), others(this.atOnce)];
    const found = kept.length < this.timers.length || waiting.length < this.atOnce.length;
    if (found) [this.timers, this.atOnce] = [kept, waiting];
    return found;
  }

  override isPending(id: EventId): boolean {
    return [...this.timers, ...this.atOnce].some((timer) => timer.id === id);
  }

  /** The stage of this timer is over: the next begins, or what it was for happens, with all that follows at once. */
  goOff(timer: Timer): void {
    if (timer.stages > 1) {
      this.timers = this.timers.map((one) => (one === timer ? { ...timer, stages: timer.stages - 1 } : one));
      return;
    }
    this.timers = this.timers.filter((one) => one !== timer);
    timer.handler(timer.argument);
    this.settle();
  }

  /** Does what comes at once. */
  settle(): void {
    for (let count = 0; this.atOnce.length > 0; count++) {
      if (count > MOST_AT_ONCE) throw new KernelError('time does not advance: events without a delay follow each other without end');
      const { handler, argument } = this.atOnce.shift()!;
      handler(argument);
    }
  }

  private stagesOf(delay: number, component: string | null): Pick<Timer, 'symbol' | 'stages' | 'rate'> {
    const found = this.symbols.of(delay);
    if (found === null) {
      this.note({ path: component === null ? 'scenario' : `topology.${component}`, reason: 'acts at fixed or regular times, or after a sum of durations' });
      return { symbol: null, stages: 1, rate: 1 };
    }
    const { symbol, factor } = found;
    const { phases } = symbol;
    if (phases.length === 0) {
      this.note({ path: symbol.path, reason: `is ${symbol.family}` });
      return { symbol, stages: 1, rate: 1 };
    }
    const way = phases.length === 1 ? 0 : this.chance.pick(phases.map(({ probability }) => probability), () => 0);
    const { stages, rate } = phases[Math.min(way, phases.length - 1)];
    return { symbol, stages, rate: rate / factor };
  }

  private note(obstacle: Obstacle): void {
    this.obstacles.set(`${obstacle.path} ${obstacle.reason}`, obstacle);
  }
}
