/**
 * Interprets the life-cycle table of one member: where it stands, which timers run, which transition comes next.
 *
 * The table is data (`kind.ts`); the same table can be explored by an exact solver. Not here: how a change of what is offered spreads.
 */
import { type EventId, Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Graph } from '../graph/graph.js';
import type { Branch, Depth, Guard, LifeAction, StateDeclaration, TransitionDeclaration } from '../kind.js';
import type { CauseSetId } from '../ledger.js';
import { valueAt } from '../values.js';
import type { Member } from '../world.js';
import { behindMissing, behindState } from './blame.js';
import { openBranches } from './branches.js';
import { holds } from './guard.js';
import { LifeDraws } from './draws.js';
import { outgoing } from './outgoing.js';
import { pollOf } from './polls.js';

/** What a life cycle may ask of the rest of the model. */
export interface LifeHooks {
  /** Work in hand of this member is to be treated as the state says. */
  work(member: Member, what: NonNullable<StateDeclaration['work']>, causes: CauseSetId): void;
  freeOwnLocks(member: Member): void;
  /** What the store of the component does not keep is gone. */
  forget(member: Member, causes: CauseSetId): void;
  roleMoved(member: Member): void;
  /** It stands somewhere else from now on: what held its old place holds it no more. */
  relocated(member: Member): void;
  noticed(causes: CauseSetId): void;
  /** Reached a state; for faults that end with the recovery of their target, and for operators. */
  entered(member: Member, state: StateDeclaration): void;
}

export class Lifecycle {
  state: string;
  causes: CauseSetId = NO_CAUSE;
  private declaration: StateDeclaration;
  /** How often it has entered a state of normal operation. */
  recoveries = 0;
  private readonly timers: EventId[] = [];
  /** When the present state was entered, and the transitions of `every` that a look is planned for. */
  private since = 0;
  private readonly looks = new Set<number>();
  /** A stay of no length: its end is taken with the guards of this instant, providers first. */
  private due: TransitionDeclaration | null = null;
  /** First up when no fault holds it any more. */
  private awaited = false;
  /** Faults that came before it was there: they are behind nothing, unless they still hold it when it is to be first up. */
  private early: CauseSetId = NO_CAUSE;
  private readonly draws: LifeDraws;
  private readonly onTimer: (index: number) => void;
  private readonly onLook: (index: number) => void;

  constructor(private readonly context: Context, private readonly graph: Graph, private readonly member: Member, private readonly hooks: LifeHooks, absent: boolean) {
    const table = member.component.kind.lifecycle;
    this.state = absent ? table.absent! : table.initial;
    this.declaration = table.states[this.state];
    this.draws = new LifeDraws(context, member.name);
    this.onTimer = (index) => {
      this.elapsed(table.transitions[index]);
      this.graph.settle();
    };
    this.onLook = (index) => {
      this.looks.delete(index);
      this.elapsed(table.transitions[index]);
      this.graph.settle();
    };
  }

  get depth(): Depth {
    return this.declaration.depth ?? 'process';
  }

  get silent(): boolean {
    return this.declaration.silent ?? false;
  }

  get clean(): boolean {
    return this.declaration.clean ?? false;
  }

  get frozen(): boolean {
    return this.declaration.work === 'frozen';
  }

  get normal(): boolean {
    return this.declaration.normal ?? false;
  }

  /** Not there yet. */
  private get absent(): boolean {
    return this.state === this.member.component.kind.lifecycle.absent && !this.awaited;
  }

  offers(name: string): boolean {
    const { offers } = this.declaration;
    return offers === 'all' || (offers !== 'none' && offers.includes(name));
  }

  /** Starts the timers of the initial state. */
  start(): void {
    this.arm();
  }

  /** A member that was absent is there now. */
  appear(): void {
    this.awaited = this.member.holds > 0;
    if (this.awaited) {
      this.causes = this.early;
      this.graph.touchMember(this.member);
      return;
    }
    const { appears, initial } = this.member.component.kind.lifecycle;
    this.enter(appears ?? initial, NO_CAUSE);
    this.graph.remind(this.member);
  }

  /** Whether an event would move it now. */
  accepts(event: string): boolean {
    return this.transitions().some((transition) => transition.on === event && this.holds(transition.when));
  }

  /** An event: the first transition that waits for it and whose guard holds is taken. False when none is. */
  raise(event: string, causes: CauseSetId): boolean {
    for (const node of this.member.functions.values()) {
      for (const need of node.needs) {
        if (need.declaration.droppedOn?.some((drop) => (typeof drop === 'string' ? drop === event : drop.event === event && this.holds(drop.when))) === true) {
          need.drop();
          this.graph.touch(node);
        }
      }
    }
    const found = this.transitions().find((transition) => transition.on === event && this.holds(transition.when));
    if (found === undefined) {
      if (this.absent) this.early = this.context.causes.union(this.early, causes);
      // Another fault behind the same state: it is to blame too, unless the member is well.
      else if (causes !== NO_CAUSE && !this.normal) {
        this.causes = this.context.causes.union(this.causes, causes);
        this.graph.touchMember(this.member);
      }
      return false;
    }
    this.take(found, causes);
    return true;
  }

  /** Takes the first transition that waits for nothing but its guard, if it holds. */
  consider(): void {
    if (this.awaited && this.member.holds === 0) {
      this.appear();
      return;
    }
    const { due } = this;
    if (due !== null) {
      this.due = null;
      this.elapsed(due);
      return;
    }
    const found = this.transitions().find((transition) => transition.on === undefined && transition.after === undefined && transition.polls === undefined && transition.every === undefined && this.holds(transition.when));
    if (found !== undefined) this.take(found, NO_CAUSE);
    else this.planLooks();
  }

  /** Looks at regular times are planned only when one would find its guard met: the others have no effect. */
  private planLooks(): void {
    const { kind, values } = this.member.component;
    const { now } = this.context.sim;
    kind.lifecycle.transitions.forEach((transition, index) => {
      if (transition.every === undefined || this.looks.has(index) || ![transition.from].flat().includes(this.state)) return;
      const period = Number(valueAt(values, transition.every) ?? 0);
      if (period <= 0 || !this.holds(transition.when)) return;
      const time = this.since + Math.max(1, Math.ceil((now - this.since) / period)) * period;
      this.looks.add(index);
      this.timers.push(this.context.sim.scheduleAt(time, this.onLook, index, Priority.state, this.graph.rankOf(this.member)));
    });
  }

  private transitions(): readonly TransitionDeclaration[] {
    return outgoing(this.member.component.kind.lifecycle, this.state);
  }

  private elapsed(transition: TransitionDeclaration): void {
    if (this.holds(transition.when)) this.take(transition, NO_CAUSE);
  }

  private take(transition: TransitionDeclaration, causes: CauseSetId): void {
    const all = this.context.causes.union(this.causes, causes);
    const moves = this.member.component.role?.moves;
    // Counted and moved before the branch is chosen: both may decide it.
    for (const action of transition.do ?? []) this.act(action, all);
    let to = transition.to;
    if (typeof to !== 'string') {
      const branch = this.choose(to, all);
      for (const action of branch?.do ?? []) this.act(action, all);
      to = branch?.to ?? this.state;
    }
    if (transition.noticed === true) this.hooks.noticed(all);
    this.enter(to, causes);
    if (transition.failover === true && moves !== this.member.component.role?.moves) this.hooks.roleMoved(this.member);
  }

  private choose(branches: readonly Branch[], causes: CauseSetId): Branch | null {
    const { possible, certain } = openBranches(branches, (guard) => this.holds(guard));
    if (possible.length === 0) return certain;
    const probabilities = possible.map(({ probability }) => (typeof probability === 'number' ? probability : Number(valueAt(this.member.component.values, probability!))));
    return possible[this.context.chance.pick(probabilities, () => this.draws.uniform(`branch:${this.state}`, causes))] ?? certain;
  }

  private enter(to: string, causes: CauseSetId): void {
    for (const timer of this.timers) this.context.sim.cancel(timer);
    this.timers.length = 0;
    this.looks.clear();
    this.since = this.context.sim.now;
    this.due = null;
    const from = this.state;
    this.state = to;
    this.declaration = this.member.component.kind.lifecycle.states[to];
    this.causes = this.normal ? NO_CAUSE : behindState(this.context.causes, this.member, this.causes, causes);
    if (this.normal) this.recoveries++;
    for (const reader of this.context.ledger.to.lifecycle) reader.lifecycle(this.context.sim.now, this.member.index, from, to, this.causes);
    this.hooks.work(this.member, this.declaration.work ?? 'kept', this.causes);
    this.arm();
    this.graph.touchMember(this.member);
    this.graph.reconsider(this.member);
    this.hooks.entered(this.member, this.declaration);
  }

  /** A fault has ended while another still holds the component: it is to blame no more. */
  forgive(occurrence: number): void {
    this.early = this.context.causes.without(this.early, occurrence);
    this.causes = this.context.causes.without(this.causes, occurrence);
    this.graph.touchMember(this.member);
  }

  /** No fault holds the component any more. Where it stays as it is because something else is missing, that is to blame. */
  released(occurrence: number): void {
    if (this.absent) this.early = NO_CAUSE;
    const { causes, sim } = this.context;
    if (!this.normal && this.since !== sim.now && causes.without(behindMissing(causes, this.member), occurrence) !== NO_CAUSE) this.forgive(occurrence);
  }

  private arm(): void {
    const { kind, values } = this.member.component;
    kind.lifecycle.transitions.forEach((transition, index) => {
      const poll = pollOf(transition, this.state, this.member, this.context.sim.now);
      if (poll < Infinity) this.timers.push(this.context.sim.scheduleAt(poll, this.onTimer, index, Priority.state, this.graph.rankOf(this.member)));
      if (transition.after === undefined || valueAt(values, transition.after) === undefined || ![transition.from].flat().includes(this.state)) return;
      // What a setting forbids never comes, so nobody waits for it.
      if (transition.when !== undefined && 'parameter' in transition.when && !this.holds(transition.when)) return;
      const times = transition.times === undefined ? 1 : Number(valueAt(values, transition.times));
      const delay = this.draws.duration(valueAt(values, transition.after), `${this.state}:${transition.after}`, this.causes) * times;
      if (delay === 0) {
        this.due ??= transition;
        this.graph.reconsider(this.member);
        return;
      }
      this.timers.push(this.context.sim.schedule(delay, this.onTimer, index, Priority.state, this.graph.rankOf(this.member)));
    });
  }

  private act(action: LifeAction, causes: CauseSetId): void {
    const { component } = this.member;
    switch (action.do) {
      case 'take-over':
        if (component.role!.takeOver(causes)) this.graph.touchMember(this.member);
        return;
      case 'give-back':
        if (component.role!.giveBack(causes)) this.graph.touchMember(this.member);
        return;
      case 'count':
        this.count(action.trip);
        return;
      case 'reset':
        this.member.trip(action.trip).reset();
        return;
      case 'free-own-locks':
        this.hooks.freeOwnLocks(this.member);
        return;
      case 'forget':
        this.hooks.forget(this.member, causes);
        return;
      case 'tell':
        this.graph.tell(this.member, action.need, action.event, action.blames === true ? causes : NO_CAUSE);
        return;
      case 'tell-members':
        for (const other of component.members) if (other !== this.member) other.life.raise(action.event, causes);
        return;
      case 'keep':
      case 'lose':
        this.member.place.keep(action.place, action.do === 'keep');
        return;
      case 'relocate':
        this.member.place.relocated = true;
        this.hooks.relocated(this.member);
        this.graph.touchMember(this.member);
        return;
      case 'restore':
        component.shipping!.restore(causes);
        return;
      case 'discard-images':
        component.shipping!.discard();
    }
  }

  private count(name: string): void {
    const trip = this.member.trip(name);
    trip.count(this.context.sim.now);
    if (this.member.component.kind.trips![name].wakes !== true || trip.window === Infinity) return;
    this.context.sim.schedule(trip.window, () => {
      this.graph.reconsider(this.member);
      this.graph.settle();
    }, 0, Priority.state, this.graph.rankOf(this.member));
  }

  private holds(guard: Guard | undefined): boolean {
    return guard === undefined || holds(guard, this.member, this.context.sim.now);
  }
}
