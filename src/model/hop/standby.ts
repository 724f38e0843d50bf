/**
 * Standby targets: when the first target has been away too long, messages are put aside at others until it answers again.
 *
 * A failure starts a clock, any success stops it; when it has run out, every message goes to one of the others at random. One of them
 * that fails is left out; when all are, the message fails, and all are tried again for the next one. Meanwhile the first is asked
 * whether it answers, on a grid that begins with the change; the first good answer brings everything back at once. An answer "busy" or
 * "forbidden" starts no clock. A question is answered when the target and a place for a message are there, and takes no time.
 * Not here: attempts (`couriers.ts`), who moves back what was put aside (a kind that takes and sends).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Between } from '../fault/partitions.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';
import type { Outcome } from './calls.js';
import { NONE } from './copies.js';
import { canWork, meant } from './route.js';
import type { RouteNode } from './route.js';

interface Standby {
  readonly node: RouteNode;
  readonly member: Member;
  /** The event at which the clock has run out; 0: it does not run. */
  clock: number;
  /** Since when the others are used, µs; Infinity while the first is. */
  since: number;
  /** The next question to the first that can be answered; 0: none is planned. */
  ping: number;
  /** Targets that are left out. */
  readonly out: Set<number>;
  causes: CauseSetId;
}

export class Standbys {
  /** Called when a member begins or ends to use the others. */
  onChange: () => void = () => undefined;
  onNoticed: (causes: CauseSetId) => void = () => undefined;
  /** Null: the network never fails. */
  network: Between | null = null;
  private readonly states = new Map<Member, Standby>();

  constructor(private readonly context: Context) {}

  /** Targets that a message of this member may go to now: the first alone, or the others as far as they are not left out. */
  targetsOf(node: RouteNode, member: Member): readonly number[] {
    const state = this.states.get(member);
    if (state === undefined || state.since === Infinity) return [0];
    return node.sends!.targets.flatMap((_, target) => (target === 0 || state.out.has(target) ? [] : [target]));
  }

  /** Faults behind the use of the others. */
  causesOf(member: Member): CauseSetId {
    return this.states.get(member)?.causes ?? NO_CAUSE;
  }

  /** The target for this attempt. NONE: none is left. */
  choose(node: RouteNode, member: Member, n: number, attempt: number): number {
    const possible = this.targetsOf(node, member);
    if (possible.length === 0) return NONE;
    return possible.length === 1 ? possible[0] : possible[this.context.streams.keyed(member.name, 'standby').choose(possible.length, node.flow, n, attempt)];
  }

  succeeded(member: Member, target: number): void {
    const state = this.states.get(member);
    if (state !== undefined && target === 0) this.stopClock(state);
  }

  /** All tries at a target have failed. */
  failed(node: RouteNode, member: Member, target: number, outcome: Outcome, cause: CausePathId): void {
    const state = this.stateOf(node, member);
    if (target > 0) {
      // What began before the first was back says nothing about the next time.
      if (state.since < Infinity) state.out.add(target);
      return;
    }
    if (outcome !== 'refused' && outcome !== 'unknown') return;
    if (state.since < Infinity || state.clock !== 0) return;
    state.causes = this.context.paths.of(cause).causes;
    const { after } = node.sends!.terms.standby!;
    if (after === 0) this.turnAway(state);
    else state.clock = this.context.sim.schedule(after, () => {
      state.clock = 0;
      this.turnAway(state);
    }, 0, Priority.work, member.rank);
  }

  /** A message has found none left: the next one tries all again. */
  exhausted(member: Member): void {
    this.states.get(member)?.out.clear();
  }

  /** The network has been cut, or is whole again. */
  rewired(): void {
    for (const state of this.states.values()) this.planPing(state);
  }

  /** What the member kept in its memory is gone. */
  processEnded(member: Member): void {
    const state = this.states.get(member);
    if (state === undefined) return;
    this.stopClock(state);
    this.comeBack(state);
  }

  private stateOf(node: RouteNode, member: Member): Standby {
    let state = this.states.get(member);
    if (state === undefined) {
      const made: Standby = { node, member, clock: 0, since: Infinity, ping: 0, out: new Set(), causes: NO_CAUSE };
      this.states.set(member, (state = made));
      const look = (): void => this.planPing(made);
      const [first] = node.sends!.targets;
      for (const one of [first, ...(first.named ?? [])]) {
        for (const fn of new Set([...one.workable.flat(), ...(one.buffer === null ? [] : [one.buffer.gate, ...one.buffer.stores.map(({ works }) => works)])])) fn.listeners.push(look);
        one.impairments.listeners.push(look);
      }
    }
    return state;
  }

  private turnAway(state: Standby): void {
    state.since = this.context.sim.now;
    this.onNoticed(state.causes);
    this.planPing(state);
    this.onChange();
  }

  /** A question without a good answer has no effect: only one that finds the first there is planned. */
  private planPing(state: Standby): void {
    if (state.since === Infinity || state.ping !== 0 || !this.answers(state)) return;
    const { sim } = this.context;
    const { ping } = state.node.sends!.terms.standby!;
    const next = state.since + (Math.floor((sim.now - state.since) / ping) + 1) * ping;
    state.ping = sim.scheduleAt(next, () => {
      state.ping = 0;
      if (this.answers(state)) this.comeBack(state);
    }, 0, Priority.work, state.member.rank);
  }

  /** A message sent to the first target now would be accepted, as far as it, its stores and the network between go. */
  private answers({ node, member }: Standby): boolean {
    const target = meant(node.sends!.targets[0]);
    const reached = (place: number): boolean => this.network === null || this.network(member, target.handlers[place]) === NO_CAUSE;
    const there = target.pools.some((_, place) => canWork(target, place) && reached(place) && target.impairments.outlook(target.handlers[place]).failing < 1);
    return there && (target.buffer === null || target.buffer.outlook(false).failing < 1);
  }

  private comeBack(state: Standby): void {
    if (state.ping !== 0) this.context.sim.cancel(state.ping);
    state.ping = 0;
    state.out.clear();
    if (state.since === Infinity) return;
    state.since = Infinity;
    state.causes = NO_CAUSE;
    this.onChange();
  }

  private stopClock(state: Standby): void {
    if (state.clock !== 0) this.context.sim.cancel(state.clock);
    state.clock = 0;
  }
}
