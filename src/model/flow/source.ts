/**
 * The source of one flow: offers messages at their instants and is a client of the first component.
 *
 * It repeats an attempt that was not accepted, after a back-off, so many times; then it gives up. What it was not told it does not know:
 * an attempt without an answer is repeated although its work may be done. Not here: the attempt itself (`hop/calls.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FlowDefinition } from '../definition.js';
import type { Calls, Outcome } from '../hop/calls.js';
import type { Copies } from '../hop/copies.js';
import { CopyState, NONE } from '../hop/copies.js';
import type { Fates } from '../hop/fates.js';
import { Flag } from '../hop/records.js';
import type { RouteNode } from '../hop/route.js';
import type { CausePathId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { durationOf } from '../values.js';
import { arrivalsOf } from './arrivals.js';
import type { Arrivals } from './arrivals.js';

export class Source {
  private n = 0;
  private readonly arrivals: Arrivals;
  /** Its own calls are the sends of the flow; else those of the client that it hands its messages to. */
  private readonly sends: boolean;
  private readonly backoff: KeyedStream;
  private readonly onArrival: () => void;
  private readonly onRetry: (copy: number) => void;

  constructor(
    private readonly context: Context, private readonly flow: FlowDefinition, private readonly first: RouteNode, private readonly rank: number,
    private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls, horizon: Microseconds,
  ) {
    this.arrivals = arrivalsOf(flow.arrivals, context.streams.keyed(flow.name, 'arrivals'), horizon);
    this.backoff = context.streams.keyed(flow.name, 'backoff');
    this.sends = ![first, ...first.next.flatMap(({ handling }) => handling ?? [])].some(({ sends }) => sends?.first === true);
    this.onArrival = () => {
      // The next one first: what follows from this one must not come before it in the order of the instant.
      this.plan();
      this.attempt(this.fates.offer(this.first, this.n++));
    };
    this.onRetry = (copy) => {
      this.copies.timer.set(copy, 0);
      this.attempt(copy);
    };
  }

  start(): void {
    this.plan();
  }

  /** Puts messages straight into the queue of a later node: what waits there at time 0, or is suspended there. */
  preload(node: RouteNode, count: number, suspend?: (copy: number, node: RouteNode) => void, lane = NONE): void {
    for (let i = 0; i < count; i++) {
      const own = this.fates.offer(node, this.n++);
      const slot = this.copies.slot[own];
      node.records.flags[slot] |= Flag.tried;
      this.fates.deliveredBefore(node, slot);
      const stored = this.fates.create(node, slot);
      const at = lane === NONE ? node.lane!.queue.set.choose(node.records.n[slot]) : lane;
      node.lanes[at].buffer?.enter(node.bytes);
      this.copies.place[stored] = at;
      if (suspend !== undefined) suspend(stored, node);
      else {
        this.copies.state[stored] = CopyState.ready;
        node.lanes[at].queue.add(node.lanes[at], stored);
      }
      this.fates.accept(node.flow, slot);
      this.fates.end(own, 'done', 0);
    }
  }

  outcome(copy: number, outcome: Outcome, cause: CausePathId): void {
    const slot = this.copies.slot[copy];
    if (outcome === 'accepted') {
      this.fates.accept(this.first.flow, slot);
      this.fates.end(copy, 'done', 0);
      return;
    }
    const records = this.first.records;
    const tries = this.copies.tries.get(copy);
    if (tries > this.flow.client.retry) {
      this.fates.end(copy, 'gone', cause);
      return;
    }
    const wait = durationOf(this.flow.client.backoff, () => this.backoff.uniform(records.n[slot], tries));
    this.copies.timer.set(copy, this.context.sim.schedule(wait, this.onRetry, copy, Priority.work, this.rank));
  }

  private plan(): void {
    const time = this.arrivals.next();
    if (time < Infinity) this.context.sim.scheduleAt(Math.max(time, this.context.sim.now), this.onArrival, 0, Priority.work, this.rank);
  }

  private attempt(copy: number): void {
    const { now } = this.context.sim;
    const slot = this.copies.slot[copy];
    const records = this.first.records;
    if ((records.flags[slot] & Flag.tried) === 0) {
      records.flags[slot] |= Flag.tried;
      records.untried.set(slot, now - records.offeredAt[slot]);
    }
    if (this.sends) for (const reader of this.context.ledger.to.sent) reader.sent(now, this.first.flow, records.n[slot]);
    this.calls.attempt(copy, this.first, this.flow.client.timeout);
  }
}
