/**
 * Brings faults: when, on what, for how long.
 *
 * A fault is only the cause. It holds its target down (or impairs its steps) and ends; detection, failover and recovery are the
 * target's own and stand in its life cycle. Not here: when random failures come (`renewal.ts`), who repairs (`crew.ts`), and who is
 * to blame for what.
 *
 * An occurrence can be left out, for the twin of a run: it is counted, what follows it by the clock follows, and nothing is hit. At
 * random, the next one counts from the end of the repair that would have been, without a wait for a crew. Operations that answer a
 * fault do not answer one that was left out.
 */
import { Priority } from '../../kernel/index.js';
import type { Context, Occurrence } from '../context.js';
import type { FaultDefinition, FaultKind, LeftOut, ReplayRow, TargetDefinition } from '../definition.js';
import { ModelError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import type { FaultDeclaration } from '../kind.js';
import { LifeDraws } from '../life/draws.js';
import type { Microseconds } from '../parameter.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, Member, World } from '../world.js';
import { Crew } from './crew.js';
import type { Job } from './crew.js';
import type { Budget, Impairments } from './impairments.js';
import { Renewal } from './renewal.js';
import { resolveTarget } from './target.js';

export interface InjectorHooks {
  /** The data of this member is gone. */
  wipe(member: Member, causes: number): void;
  impairments(component: Component): Impairments;
  /** Calls back immediately after the nth such step. */
  watchStep(where: Component | Member, step: string, nth: number, fire: () => void): void;
  /** The network between these is cut, or whole again. */
  cut(occurrence: number, one: readonly Member[], other: readonly Member[]): void;
  heal(occurrence: number): void;
  /** A fault began or ended: time to check what must always hold. */
  check(): void;
}

/** One coming of a fault, when it is not simply as the fault says. */
interface Coming {
  readonly kind: FaultKind;
  readonly members: readonly Member[];
  readonly targetText: string;
  /** How long it holds a member; undefined: as the kind of the component says. */
  readonly lasts: (member: Member) => Microseconds | undefined;
  readonly released?: (member: Member) => void;
}

interface Open {
  readonly occurrence: number;
  readonly coming: Coming;
  readonly waitingFor: Set<Member>;
  readonly held: Set<Member>;
  readonly budget: Budget;
  /** Repairs that wait for a crew, or are done by one. */
  readonly jobs: Map<Member, Job> | null;
}

export class Injector {
  private readonly numbers: number[];
  private readonly open: Open[] = [];
  /** Slow faults in force, per member: factor by occurrence. */
  private readonly factors = new Map<Member, Map<number, number>>();
  private readonly crews = new Map<Component, Crew>();
  /** Failures at random, by the place of their fault. */
  private readonly renewals = new Map<number, Renewal>();

  constructor(
    private readonly context: Context, private readonly world: World, private readonly graph: Graph,
    private readonly faults: readonly FaultDefinition[], private readonly hooks: InjectorHooks, private readonly end: Microseconds,
    private readonly without: LeftOut = [],
  ) {
    this.numbers = faults.map(() => 0);
    for (const component of world.components) if (component.kind.crew !== undefined) this.crews.set(component, new Crew(context, component));
    faults.forEach((fault, index) => { if (fault.moment.type === 'renewal') this.renewals.set(index, this.renewalOf(index, fault)); });
  }

  /** Plans the first coming of every fault. */
  start(): void {
    for (const crew of this.crews.values()) crew.start();
    this.faults.forEach((fault, index) => {
      const { moment } = fault;
      if (moment.type === 'at') this.planAt(index, this.draw(fault, 'at', 0, moment.at));
      if (moment.type === 'every') this.planAt(index, moment.first === undefined ? this.draw(fault, 'every', 0, moment.every) : this.draw(fault, 'first', 0, moment.first));
      if (moment.type === 'renewal') this.renewals.get(index)!.start();
      if (moment.type === 'replay') this.planRow(index, moment.rows, 0);
      if (moment.type === 'when') this.hooks.watchStep(this.world.find(moment.component)!, moment.step, moment.nth, () => this.come(index));
    });
  }

  /** A member works normally again: faults that end with its recovery may end now. */
  recovered(member: Member): void {
    for (const open of [...this.open]) {
      if (!open.waitingFor.delete(member) || open.waitingFor.size > 0 || open.held.size > 0) continue;
      this.finish(open);
    }
  }

  /** A member has left the place that faults held: they are over as far as it is concerned. */
  leave(member: Member): void {
    for (const open of [...this.open]) {
      if (open.coming.kind === 'network-partition' || !open.held.delete(member)) continue;
      if (declarationOf(open.coming.kind, member).event !== undefined) member.holds--;
      this.dismiss(open, member);
      if (open.held.size === 0 && open.waitingFor.size === 0) this.finish(open);
      open.coming.released?.(member);
    }
  }

  private planAt(index: number, delay: Microseconds): void {
    // What would come at the end of the run or later does not come.
    if (this.context.sim.now + delay < this.end) this.context.sim.schedule(delay, () => this.come(index), 0, Priority.fault, index);
  }

  private renewalOf(index: number, fault: FaultDefinition): Renewal {
    return new Renewal(this.context, this.world, fault, index, (members, lasts, released) => {
      this.come(index, { kind: fault.kind, members, targetText: members.length === 1 ? members[0].name : fault.targetText, lasts, released });
    }, this.end);
  }

  /** One row at a time: a long history fills no list of events. */
  private planRow(index: number, rows: readonly ReplayRow[], at: number): void {
    if (at >= rows.length || rows[at].at >= this.end) return;
    const row = rows[at];
    this.context.sim.scheduleAt(row.at, () => {
      this.come(index, { kind: row.kind, ...this.meant(row), lasts: () => row.for });
      this.planRow(index, rows, at + 1);
    }, 0, Priority.fault, index);
  }

  private meant({ targets, targetText }: { readonly targets: readonly TargetDefinition[]; readonly targetText: string }): Pick<Coming, 'members' | 'targetText'> {
    const members = [...new Set(targets.flatMap((target) => resolveTarget(this.world, target)))];
    return { members, targetText: members.length === 1 ? members[0].name : targetText };
  }

  private asWritten(fault: FaultDefinition, number: number): Coming {
    return { kind: fault.kind, ...this.meant(fault), lasts: () => (fault.for === undefined ? undefined : this.draw(fault, 'for', number, fault.for)) };
  }

  private come(index: number, other?: Coming): void {
    const fault = this.faults[index];
    const { sim, causes, ledger, occurrences } = this.context;
    const number = ++this.numbers[index];
    const coming = other ?? this.asWritten(fault, number);
    const { kind, members: targets, targetText } = coming;
    if (this.isLeftOut(fault.id, number)) {
      this.passOver(index, coming);
      this.follow(index, fault, number);
      return;
    }
    const occurrence: Occurrence = {
      fault: index, faultId: fault.id, kind, number, start: sim.now, targets: targets.map((member) => member.index),
      targetText, noticed: false, ended: false,
    };
    const id = occurrences.push(occurrence) - 1;
    const set = causes.single(id);
    const { sides } = fault;
    // A cut is one thing, however many it keeps apart.
    const plans = (sides === undefined ? targets : targets.slice(0, 1)).map((member) => ({ member, declaration: declarationOf(kind, member) }));
    const effective = plans.some(({ member, declaration }) => declaration.event === undefined || member.life.accepts(declaration.event));
    for (const reader of ledger.to.faultStarted) reader.faultStarted(sim.now, id, effective);

    const open: Open = {
      occurrence: id, coming, waitingFor: new Set(), held: new Set(), jobs: fault.crew === undefined ? null : new Map(),
      budget: { left: fault.count ?? Infinity, spent: () => this.spent(open) },
    };
    this.open.push(open);
    for (const { member, declaration } of plans) {
      const lasts = this.durationFor(coming, member, declaration, id);
      if (lasts === 'own') open.waitingFor.add(member);
      else {
        // A fault of steps holds nothing down; it only has an end.
        if (declaration.event !== undefined) member.holds++;
        open.held.add(member);
        if (lasts !== 'for ever') this.planEnd(open, fault, index, member, lasts);
      }
      if (sides !== undefined) this.hooks.cut(id, ...([0, 1] as const).map((side) => [...new Set(sides[side].flatMap((target) => resolveTarget(this.world, target)))]) as [Member[], Member[]]);
      else if (declaration.event === undefined) this.impair(fault, member, open, declaration);
      else member.life.raise(declaration.event, set);
    }
    this.graph.settle();
    for (const { member, declaration } of plans) if (declaration.wipes === true) this.hooks.wipe(member, set);
    this.graph.settle();
    this.hooks.check();
    // What was well all along has recovered already.
    for (const member of [...open.waitingFor]) if (member.life.normal) this.recovered(member);
    this.follow(index, fault, number);
  }

  private isLeftOut(fault: string, number: number): boolean {
    return this.without === 'all' || this.without.some((one) => one.fault === fault && one.number === number);
  }

  /** What counts from the end of its repair comes when it would have come. */
  private passOver(index: number, { members, lasts, released }: Coming): void {
    if (released === undefined) return;
    for (const member of members) this.context.sim.schedule(lasts(member) ?? 0, () => released(member), 0, Priority.fault, this.faults.length + index);
  }

  private follow(index: number, fault: FaultDefinition, number: number): void {
    if (fault.moment.type === 'every') this.planAt(index, this.draw(fault, 'every', number, fault.moment.every));
    this.faults.forEach((other, otherIndex) => {
      if (other.moment.type === 'after' && other.moment.fault === fault.id) this.planAt(otherIndex, this.draw(other, 'by', number, other.moment.by));
    });
  }

  /** The repair takes its time from now on, or from when a crew is free. */
  private planEnd(open: Open, fault: FaultDefinition, index: number, member: Member, lasts: Microseconds): void {
    const begin = (): void => { this.context.sim.schedule(lasts, () => this.release(open, member), 0, Priority.fault, this.faults.length + index); };
    if (open.jobs === null) {
      begin();
      return;
    }
    const job: Job = { priority: fault.priority ?? 0, member, fault: index, begin, underWay: false };
    open.jobs.set(member, job);
    this.crewOf(open).request(job);
  }

  /** Its crew, if it has one or waits for one, may do something else. */
  private dismiss(open: Open, member: Member): void {
    const job = open.jobs?.get(member);
    if (job !== undefined) this.crewOf(open).leave(job);
  }

  private crewOf(open: Open): Crew {
    return this.crews.get(this.world.component(this.faults[this.context.occurrences[open.occurrence].fault].crew!))!;
  }

  /** The last hit of an `error` with a count: the fault is over at once, but not in the middle of the step that was hit. */
  private spent(open: Open): void {
    this.context.sim.schedule(0, () => { for (const member of [...open.held]) this.release(open, member); }, 0, Priority.fault, 0);
  }

  private durationFor(coming: Coming, member: Member, declaration: FaultDeclaration, id: number): Microseconds | 'own' | 'for ever' {
    const lasts = coming.lasts(member);
    if (lasts !== undefined) return lasts;
    if (declaration.repair === 'own') return 'own';
    if (declaration.repair === undefined) return 'for ever';
    return new LifeDraws(this.context, member.name).duration(valueAt(member.component.values, declaration.repair), `repair:${declaration.repair}`, this.context.causes.single(id));
  }

  private impair(fault: FaultDefinition, member: Member, open: Open, declaration: FaultDeclaration): void {
    const { occurrence } = open;
    if (fault.kind === 'slow') {
      const factors = this.factors.get(member) ?? new Map<number, number>();
      factors.set(occurrence, fault.factor ?? 1);
      this.factors.set(member, factors);
      this.setSlow(member);
    }
    this.hooks.impairments(member.component).add({
      kind: fault.kind as 'slow' | 'ack-loss' | 'error', occurrence, faultId: fault.id, members: new Set([member]),
      step: fault.step ?? declaration.steps?.[0] ?? 'worked', probability: fault.probability ?? 1, budget: open.budget,
    });
  }

  private setSlow(member: Member): void {
    const factors = this.factors.get(member)!;
    member.slow = [...factors.values()].reduce((product, factor) => product * factor, 1);
    let set = 0;
    for (const occurrence of factors.keys()) set = this.context.causes.union(set, this.context.causes.single(occurrence));
    for (const reader of this.context.ledger.to.slowed) reader.slowed(this.context.sim.now, member.index, member.slow, set);
  }

  private release(open: Open, member: Member): void {
    if (!open.held.delete(member)) return;
    const { kind, released } = open.coming;
    this.dismiss(open, member);
    if (declarationOf(kind, member).event !== undefined) {
      member.holds--;
      if (member.holds > 0) member.life.forgive(open.occurrence);
      else member.life.raise('release', 0);
    }
    if (kind === 'network-partition') this.hooks.heal(open.occurrence);
    if (kind === 'slow') {
      this.factors.get(member)!.delete(open.occurrence);
      this.setSlow(member);
    }
    this.hooks.impairments(member.component).remove(open.occurrence);
    this.graph.reconsider(member);
    if (open.held.size === 0 && open.waitingFor.size === 0) this.finish(open);
    if (released !== undefined) for (const one of kind === 'network-partition' ? open.coming.members : [member]) released(one);
    this.graph.settle();
    if (member.holds === 0) {
      member.life.released(open.occurrence);
      this.graph.settle();
    }
    this.hooks.check();
  }

  private finish(open: Open): void {
    this.open.splice(this.open.indexOf(open), 1);
    this.context.occurrences[open.occurrence].ended = true;
    for (const reader of this.context.ledger.to.faultEnded) reader.faultEnded(this.context.sim.now, open.occurrence);
  }

  private draw(fault: FaultDefinition, purpose: string, number: number, value: FaultDefinition['for']): Microseconds {
    return durationOf(value, () => this.context.streams.keyed(fault.id, `fault:${purpose}`).uniform(number));
  }
}

/** Of the network, and of no kind of component. */
const CUT: FaultDeclaration = { meaning: 'the network between the two sides is cut', depth: 'host' };

function declarationOf(kind: FaultKind, member: Member): FaultDeclaration {
  if (kind === 'network-partition') return CUT;
  const declaration = member.component.kind.faults[kind];
  if (declaration === undefined) throw new ModelError(`${member.name} cannot suffer ${kind}`);
  return declaration;
}
