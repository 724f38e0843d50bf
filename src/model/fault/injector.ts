/**
 * Brings scripted faults: when, on what, for how long.
 *
 * A fault is only the cause. It holds its target down (or impairs its steps) and ends; detection, failover and recovery are the
 * target's own and stand in its life cycle. Not here: random faults, and who is to blame for what.
 */
import { Priority } from '../../kernel/index.js';
import type { Context, Occurrence } from '../context.js';
import type { FaultDefinition, TargetDefinition } from '../definition.js';
import { ModelError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import type { FaultDeclaration } from '../kind.js';
import { LifeDraws } from '../life/draws.js';
import type { Microseconds } from '../parameter.js';
import { durationOf, valueAt } from '../values.js';
import { Member } from '../world.js';
import type { Component, World } from '../world.js';
import type { Budget, Impairments } from './impairments.js';

export interface InjectorHooks {
  /** The data of this member is gone. */
  wipe(member: Member, causes: number): void;
  impairments(component: Component): Impairments;
  /** Calls back immediately after the nth such step. */
  watchStep(where: Component | Member, step: string, nth: number, fire: () => void): void;
  /** A fault began or ended: time to check what must always hold. */
  check(): void;
}

interface Open { readonly occurrence: number; readonly waitingFor: Set<Member>; readonly held: Set<Member>; readonly budget: Budget }

export class Injector {
  private readonly numbers: number[];
  private readonly open: Open[] = [];
  /** Slow faults in force, per member: factor by occurrence. */
  private readonly factors = new Map<Member, Map<number, number>>();

  constructor(
    private readonly context: Context, private readonly world: World, private readonly graph: Graph,
    private readonly faults: readonly FaultDefinition[], private readonly hooks: InjectorHooks, private readonly end: Microseconds,
  ) {
    this.numbers = faults.map(() => 0);
  }

  /** Plans the first coming of every fault. */
  start(): void {
    this.faults.forEach((fault, index) => {
      const { moment } = fault;
      if (moment.type === 'at') this.planAt(index, this.draw(fault, 'at', 0, moment.at));
      if (moment.type === 'every') this.planAt(index, this.draw(fault, 'every', 0, moment.every));
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
      if (!open.held.delete(member)) continue;
      if (declarationOf(this.faults[this.context.occurrences[open.occurrence].fault], member).event !== undefined) member.holds--;
      if (open.held.size === 0 && open.waitingFor.size === 0) this.finish(open);
    }
  }

  private planAt(index: number, delay: Microseconds): void {
    // What would come at the end of the run or later does not come.
    if (this.context.sim.now + delay < this.end) this.context.sim.schedule(delay, () => this.come(index), 0, Priority.fault, index);
  }

  private come(index: number): void {
    const fault = this.faults[index];
    const { sim, causes, ledger, occurrences } = this.context;
    const number = ++this.numbers[index];
    const targets = [...new Set(fault.targets.flatMap((target) => resolveTarget(this.world, target)))];
    const occurrence: Occurrence = {
      fault: index, faultId: fault.id, number, start: sim.now, targets: targets.map((member) => member.index),
      targetText: targets.length === 1 ? targets[0].name : fault.targetText, noticed: false, ended: false,
    };
    const id = occurrences.push(occurrence) - 1;
    const set = causes.single(id);
    const plans = targets.map((member) => ({ member, declaration: declarationOf(fault, member) }));
    const effective = plans.some(({ member, declaration }) => declaration.event === undefined || member.life.accepts(declaration.event));
    for (const reader of ledger.of('faultStarted')) reader.faultStarted(sim.now, id, effective);

    const open: Open = {
      occurrence: id, waitingFor: new Set(), held: new Set(),
      budget: { left: fault.count ?? Infinity, spent: () => this.spent(open, fault) },
    };
    this.open.push(open);
    for (const { member, declaration } of plans) {
      const lasts = this.durationFor(fault, number, member, declaration, id);
      if (lasts === 'own') open.waitingFor.add(member);
      else {
        // A fault of steps holds nothing down; it only has an end.
        if (declaration.event !== undefined) member.holds++;
        open.held.add(member);
        if (lasts !== 'for ever') sim.schedule(lasts, () => this.release(open, fault, member), 0, Priority.fault, this.faults.length + index);
      }
      if (declaration.event === undefined) this.impair(fault, member, open, declaration);
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

  private follow(index: number, fault: FaultDefinition, number: number): void {
    if (fault.moment.type === 'every') this.planAt(index, this.draw(fault, 'every', number, fault.moment.every));
    this.faults.forEach((other, otherIndex) => {
      if (other.moment.type === 'after' && other.moment.fault === fault.id) this.planAt(otherIndex, this.draw(other, 'by', number, other.moment.by));
    });
  }

  /** The last hit of an `error` with a count: the fault is over at once, but not in the middle of the step that was hit. */
  private spent(open: Open, fault: FaultDefinition): void {
    this.context.sim.schedule(0, () => { for (const member of [...open.held]) this.release(open, fault, member); }, 0, Priority.fault, 0);
  }

  private durationFor(fault: FaultDefinition, number: number, member: Member, declaration: FaultDeclaration, id: number): Microseconds | 'own' | 'for ever' {
    if (fault.for !== undefined) return this.draw(fault, 'for', number, fault.for);
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
    for (const reader of this.context.ledger.of('slowed')) reader.slowed(this.context.sim.now, member.index, member.slow, set);
  }

  private release(open: Open, fault: FaultDefinition, member: Member): void {
    if (!open.held.delete(member)) return;
    if (declarationOf(fault, member).event !== undefined) {
      member.holds--;
      if (member.holds > 0) member.life.forgive(open.occurrence);
      else member.life.raise('release', 0);
    }
    if (fault.kind === 'slow') {
      this.factors.get(member)!.delete(open.occurrence);
      this.setSlow(member);
    }
    this.hooks.impairments(member.component).remove(open.occurrence);
    this.graph.reconsider(member);
    if (open.held.size === 0 && open.waitingFor.size === 0) this.finish(open);
    this.graph.settle();
    this.hooks.check();
  }

  private finish(open: Open): void {
    this.open.splice(this.open.indexOf(open), 1);
    this.context.occurrences[open.occurrence].ended = true;
    for (const reader of this.context.ledger.of('faultEnded')) reader.faultEnded(this.context.sim.now, open.occurrence);
  }

  private draw(fault: FaultDefinition, purpose: string, number: number, value: FaultDefinition['for']): Microseconds {
    return durationOf(value, () => this.context.streams.keyed(fault.id, `fault:${purpose}`).uniform(number));
  }
}

/** The members that a target means now. */
export function resolveTarget(world: World, target: TargetDefinition): readonly Member[] {
  if (target.type === 'name') {
    const found = world.find(target.name);
    if (found === null) throw new ModelError(`no component or member ${target.name}`);
    return found instanceof Member ? [found] : found.members;
  }
  const { role } = world.component(target.cluster);
  if (role === null) throw new ModelError(`${target.cluster} has no active server`);
  return target.type === 'active' ? [role.holder.member] : role.candidates.filter((node) => node !== role.holder).map((node) => node.member);
}

function declarationOf(fault: FaultDefinition, member: Member): FaultDeclaration {
  const declaration = member.component.kind.faults[fault.kind];
  if (declaration === undefined) throw new ModelError(`${member.name} cannot suffer ${fault.kind}`);
  return declaration;
}
