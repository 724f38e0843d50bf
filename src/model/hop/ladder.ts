/**
 * Ladders: what a sender does after each attempt, rung by rung, and where the message waits in between.
 *
 * Attempts that failed are counted with the message in its store, so that any member can make the next one and a crash loses none.
 * Not here: one attempt itself (`calls.ts`), the ladder of a source (`source.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { CausePathId } from '../ledger.js';
import { tellWhole } from '../gauges.js';
import { durationOf } from '../values.js';
import type { Transactions } from '../transaction/transactions.js';
import type { Calls, Outcome } from './calls.js';
import { Connections } from './connections.js';
import { CopyState, NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Passing } from './passing.js';
import type { Pool } from './pool.js';
import { placeIn } from './route.js';
import type { RouteLadder, RouteNode } from './route.js';
import type { Sequence } from './sequence.js';
import type { Component } from '../world.js';
import type { Work } from './work.js';

export class Ladders {
  transactions!: Transactions;
  passing!: Passing;
  /** Called when a message came to wait for an operator. */
  onSuspended: (copy: number, node: RouteNode) => void = () => undefined;
  readonly connections: Connections;
  private readonly onDue: (copy: number) => void;
  /** Messages that an error subscriber was given, by component. */
  private readonly rerouted = new Map<Component, number>();
  private readonly streams = new Map<string, KeyedStream>();
  /** Answers that reached a process which stands still. */
  private readonly unheard = new Map<number, { readonly outcome: Outcome; readonly cause: CausePathId }>();

  constructor(
    private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls,
    private readonly work: Work, private readonly pools: readonly Pool[], private readonly flowNames: readonly string[],
  ) {
    this.onDue = (copy) => this.due(copy);
    const ladderOf = (copy: number): RouteLadder | null => this.work.nodeOf(copy).ladder;
    this.connections = new Connections(copies, (copy) => ladderOf(copy)?.rungs[positionOf(this.work.nodeOf(copy), copies.attempts.get(copy)).rung]?.node.component ?? null, (copy) => ladderOf(copy)?.connections ?? Infinity);
  }

  /** The worker calls the target of the rung that this message has reached. */
  begin(copy: number, node: RouteNode): void {
    if (node.lane === null) {
      this.passing.begin(copy, node);
      return;
    }
    this.copies.state[copy] = CopyState.calling;
    if (this.connections.admits(copy, this.pools[this.copies.pool.get(copy)])) this.call(copy, node);
  }

  /** Connections have come free: who waited for one calls. */
  connect(pool: Pool): void {
    if (!pool.works.works || pool.frozen) return;
    for (let copy = this.connections.next(pool); copy !== NONE; copy = this.connections.next(pool)) this.call(copy, this.work.nodeOf(copy));
  }

  private call(copy: number, node: RouteNode): void {
    const { rung } = positionOf(node, this.copies.attempts.get(copy));
    const target = node.ladder!.rungs[rung].node;
    if (target.enlisted !== null && !this.transactions.begin(copy, node, placeIn(node, this.pools[this.copies.pool.get(copy)]))) return;
    // The number of the attempt is the number of tries: the lock was counted already.
    this.copies.tries.add(copy, -1);
    this.calls.attempt(copy, target, node.ladder!.timeout);
  }

  /** The answer to a worker's attempt. */
  outcome(copy: number, outcome: Outcome, cause: CausePathId): void {
    const node = this.work.nodeOf(copy);
    const pool = this.pools[this.copies.pool.get(copy)];
    if (pool.frozen) {
      this.unheard.set(copy, { outcome, cause });
      return;
    }
    if (node.sends !== null) {
      this.work.couriers.outcome(copy, outcome, cause);
      return;
    }
    if (node.lane === null) {
      this.passing.outcome(copy, outcome, cause);
      return;
    }
    const place = placeIn(node, pool);
    if (outcome !== 'accepted') {
      this.failedInWork(copy, cause);
      return;
    }
    this.copies.phase[copy] = Phase.put;
    if (!this.work.step('put', copy, node, place, pool)) {
      // A process that stands still since then has not heard it yet.
      if (pool.frozen && this.copies.state[copy] === CopyState.calling) this.unheard.set(copy, { outcome, cause });
      return;
    }
    if (this.copies.transaction.get(copy) !== NONE) {
      this.transactions.ask(copy);
      return;
    }
    const lane = this.work.laneOf(copy);
    const canSettle = lane.works && pool.works.needsMet;
    this.work.free(copy, pool);
    if (!canSettle) {
      // Sent, but it cannot be deleted: it will be sent again.
      const { causes } = lane.works ? pool.works : lane;
      this.fates.doubt(node, this.copies.slot[copy], this.context.paths.path(causes, node.handlers[place].name, 'put, not settled'));
      if (lane.store.works.works) this.work.giveBack(copy);
      else this.work.orphan(copy, pool);
      return;
    }
    const n = this.work.messageOf(copy);
    this.fates.end(copy, 'done', 0);
    this.work.announce('settled', n, node, place);
  }

  /** One more attempt has failed. */
  failedInWork(copy: number, cause: CausePathId): void {
    const { copies } = this;
    if (copies.transaction.get(copy) !== NONE) this.transactions.leave(copy, cause);
    const node = this.work.nodeOf(copy);
    const pool = this.pools[copies.pool.get(copy)];
    const ladder = node.ladder!;
    copies.state[copy] = CopyState.working;
    this.work.free(copy, pool);
    const lane = this.work.laneOf(copy);
    if (!lane.store.works.works) {
      // The failure cannot be noted: the attempt will be made again.
      this.work.orphan(copy, pool);
      return;
    }
    const attempts = copies.attempts.add(copy, 1);
    const { rung, tryOfRung } = positionOf(node, attempts);
    if (rung >= ladder.rungs.length) {
      if (ladder.failed === null || !this.reroute(copy, node, ladder.failed)) this.suspend(copy, node, cause);
      return;
    }
    if (tryOfRung === 0) {
      // The next transport is tried at once.
      this.work.giveBack(copy);
      return;
    }
    const wait = durationOf(ladder.rungs[rung].interval, () => this.stream(node).uniform(node.records.n[copies.slot[copy]], node.legs[0], attempts));
    lane.sequence?.hold(copy, lane, wait, this.context.paths.of(cause).causes);
    this.wait(copy, node, wait);
  }

  /** An error subscriber takes what failed for good; false: it cannot now. */
  private reroute(copy: number, node: RouteNode, to: RouteNode): boolean {
    if (!this.work.publisher.pass(copy, node, to)) return false;
    const count = (this.rerouted.get(node.component) ?? 0) + 1;
    this.rerouted.set(node.component, count);
    tellWhole(this.context, node.component, 'failed', count);
    return true;
  }

  /** The message waits in its store until its next attempt. */
  wait(copy: number, node: RouteNode, time: number): void {
    const { copies } = this;
    copies.state[copy] = CopyState.due;
    this.work.rewind(copy);
    // Ranks are those of members: the two orders of names must not be mixed.
    copies.timer.set(copy, this.context.sim.schedule(time, this.onDue, copy, Priority.work, node.component.members[0].rank));
    const lane = this.work.laneOf(copy);
    lane.due.push(copy);
    lane.queue.tell();
  }

  /** The process goes on: it hears what came in the meantime. */
  hear(copy: number): void {
    const answer = this.unheard.get(copy);
    if (answer === undefined) {
      this.work.couriers.goOn(copy);
      return;
    }
    this.unheard.delete(copy);
    this.outcome(copy, answer.outcome, answer.cause);
  }

  /** The process ended without hearing it. */
  miss(copy: number, pool: Pool): void {
    this.connections.forget(copy, pool);
    this.unheard.delete(copy);
  }

  suspend(copy: number, node: RouteNode, cause: CausePathId): void {
    const lane = this.work.laneOf(copy);
    this.work.rewind(copy);
    this.fates.hold(copy, true, cause);
    this.copies.state[copy] = CopyState.suspended;
    lane.suspended.push(copy);
    lane.buffer?.deadLetter(1);
    this.tellSuspended(node);
    this.onSuspended(copy, node);
    const { sequence } = lane;
    if (sequence === null || sequence.stopped) return;
    sequence.failed(copy, cause, this.context.paths.of(cause).causes);
    if (sequence.stopped) this.stopBehind(sequence, cause);
  }

  /** Everything behind a message that failed is suspended with it. */
  private stopBehind({ lanes }: Sequence, cause: CausePathId): void {
    for (const lane of lanes) {
      for (const copy of lane.ready.toArray()) {
        lane.queue.remove(lane, copy);
        this.suspend(copy, this.work.nodeOf(copy), cause);
      }
    }
  }

  /** An operator resumes a suspended message: it starts anew, its attempts forgotten. */
  resume(copy: number): void {
    const node = this.work.nodeOf(copy);
    const lane = this.work.laneOf(copy);
    lane.suspended.remove(copy);
    lane.sequence?.goOn();
    this.fates.hold(copy, false, 0);
    this.copies.attempts.set(copy, 0);
    if (lane.buffer !== null) this.copies.tries.set(copy, 0);
    lane.buffer?.deadLetter(-1);
    this.copies.state[copy] = CopyState.ready;
    this.tellSuspended(node);
    lane.queue.add(lane, copy);
    if (lane.buffer !== null) this.work.publisher.leases.stored(lane);
  }

  /** An operator gives a suspended message up; behind that is what it was suspended for. */
  terminate(copy: number): void {
    const node = this.work.nodeOf(copy);
    const { causes } = this.context.paths.of(this.fates.suspensionCause(node, this.copies.slot[copy]));
    this.work.laneOf(copy).suspended.remove(copy);
    this.tellSuspended(node);
    this.fates.end(copy, 'terminated', this.context.paths.path(causes, node.component.name, 'terminated'));
  }

  /** Suspended messages of a node's component, in all its stores. */
  tellSuspended(node: RouteNode): void {
    tellWhole(this.context, node.component, 'suspended', node.lanes.reduce((sum, lane) => sum + lane.suspended.length, 0));
  }

  private due(copy: number): void {
    const lane = this.work.laneOf(copy);
    this.copies.timer.set(copy, 0);
    lane.due.remove(copy);
    lane.sequence?.freed(copy);
    this.copies.state[copy] = CopyState.ready;
    lane.queue.add(lane, copy);
  }

  private stream(node: RouteNode): KeyedStream {
    const key = `${node.component.name}:${this.flowNames[node.flow]}`;
    let stream = this.streams.get(key);
    if (stream === undefined) this.streams.set(key, (stream = this.context.streams.keyed(node.component.name, `retry:${this.flowNames[node.flow]}`)));
    return stream;
  }
}

/** Rung and try within it after so many failed attempts; rung = number of rungs: the ladder is at its end. */
export function positionOf(node: RouteNode, attempts: number): { readonly rung: number; readonly tryOfRung: number } {
  let left = attempts;
  const { rungs } = node.ladder!;
  for (let rung = 0; rung < rungs.length; rung++) {
    if (left < rungs[rung].tries) return { rung, tryOfRung: left };
    left -= rungs[rung].tries;
  }
  return { rung: rungs.length, tryOfRung: 0 };
}
