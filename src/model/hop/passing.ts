/**
 * Passing on: a worker that was called calls the next hop itself and holds the message until it is answered.
 *
 * Its own caller hears what became of that, unless it was answered before. Nothing is stored in between, so what becomes of the message
 * in a crash is what the queue of this hop keeps (`station.ts`). Not here: senders that take from a store (`ladder.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { KeyedStream } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CausePathId } from '../ledger.js';
import { durationOf } from '../values.js';
import type { Calls, Outcome } from './calls.js';
import { CopyState, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import { positionOf } from './ladder.js';
import type { Pool } from './pool.js';
import { placeIn } from './route.js';
import type { RouteNode } from './route.js';
import type { Work } from './work.js';

export class Passing {
  private readonly onDue: (copy: number) => void;
  private readonly streams = new Map<RouteNode, KeyedStream>();

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly pools: readonly Pool[], private readonly flowNames: readonly string[],
  ) {
    this.onDue = (copy) => {
      this.copies.timer.set(copy, 0);
      this.begin(copy, this.work.nodeOf(copy));
    };
  }

  /** The worker calls the target of the rung that this message has reached. */
  begin(copy: number, node: RouteNode): void {
    const { copies } = this;
    const { rung } = positionOf(node, copies.attempts.get(copy));
    if (node.losses?.swallows('requests', this.work.messageOf(copy), node.legs[0], copies.tries.get(copy)) === true) {
      this.lose(copy, node);
      return;
    }
    copies.phase[copy] = Phase.worked;
    copies.state[copy] = CopyState.calling;
    this.calls.attempt(copy, node.ladder!.rungs[rung].node, node.ladder!.timeout);
  }

  /** The wait for the next attempt stood still, and goes on. */
  goOn(copy: number, pool: Pool): void {
    this.copies.timer.set(copy, this.context.sim.schedule(this.copies.remaining.get(copy), this.onDue, copy, Priority.work, pool.member.rank));
  }

  outcome(copy: number, outcome: Outcome, cause: CausePathId): void {
    const { copies } = this;
    const node = this.work.nodeOf(copy);
    const pool = this.pools[copies.pool.get(copy)];
    const place = placeIn(node, pool);
    copies.state[copy] = CopyState.working;
    if (outcome === 'accepted') {
      copies.phase[copy] = Phase.put;
      if (this.work.step('put', copy, node, place, pool)) this.work.afterPut(copy, node, place, pool);
      return;
    }
    const attempts = copies.attempts.add(copy, 1);
    if (!pool.works.works && node.station?.keeps === 'all') {
      // The last call of a process that ends: the next one begins with it.
      this.work.stations.survive(copy, node, pool, pool.works.causes);
      return;
    }
    const { rung, tryOfRung } = positionOf(node, attempts);
    if (rung >= node.ladder!.rungs.length || !pool.works.works) this.giveUp(copy, outcome, cause, pool);
    else if (tryOfRung === 0) this.begin(copy, node);
    else {
      copies.phase[copy] = Phase.putting;
      copies.remaining.set(copy, durationOf(node.ladder!.rungs[rung].interval, () => this.stream(node).uniform(this.work.messageOf(copy), node.legs[0], attempts)));
      this.goOn(copy, pool);
    }
  }

  /** It never arrives: nobody hears anything. */
  private lose(copy: number, node: RouteNode): void {
    const pool = this.pools[this.copies.pool.get(copy)];
    const cause = this.context.paths.path(NO_CAUSE, node.handlers[placeIn(node, pool)].name, 'request lost');
    this.calls.loseAnswer(copy, cause);
    this.work.free(copy, pool);
    this.fates.end(copy, 'gone', cause);
  }

  /** The caller hears of it, if it still listens; whoever was answered before does not. */
  private giveUp(copy: number, outcome: Outcome, cause: CausePathId, pool: Pool): void {
    const generation = this.copies.generation.get(copy);
    this.calls.answer(copy, outcome, cause);
    if (this.copies.generation.get(copy) !== generation) return;
    this.work.free(copy, pool);
    this.fates.end(copy, 'gone', cause);
  }

  private stream(node: RouteNode): KeyedStream {
    let stream = this.streams.get(node);
    if (stream === undefined) this.streams.set(node, (stream = this.context.streams.keyed(node.component.name, `retry:${this.flowNames[node.flow]}`)));
    return stream;
  }
}
