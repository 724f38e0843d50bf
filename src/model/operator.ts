/**
 * People: who acts by himself on what only a person can move, and when he gets to it.
 *
 * An operator acts after his reaction and within his hours; where no operator is declared nobody acts.
 * Not here: operations that a scenario scripts (`operation.ts`).
 */
import { Priority } from '../kernel/index.js';
import type { EventId } from '../kernel/index.js';
import type { Context } from './context.js';
import type { OperatorDefinition, SuspendedChoice } from './definition.js';
import type { Lane } from './hop/lane.js';
import type { WorkQueue } from './hop/queue.js';
import type { Ladders } from './hop/ladder.js';
import type { Microseconds } from './parameter.js';
import { durationOf } from './values.js';
import type { Component, Member } from './world.js';

const DAY: Microseconds = 86_400_000_000;

class Operator {
  private calls = 0;

  constructor(private readonly context: Context, private readonly definition: OperatorDefinition, private readonly owner: string) {}

  get suspended(): SuspendedChoice {
    return this.definition.suspended ?? 'resume';
  }

  /** Does it after the reaction, at the next instant within the hours. */
  call(action: () => void): EventId {
    const { sim, streams } = this.context;
    const reaction = durationOf(this.definition.reaction, () => streams.keyed(this.owner, 'operator').uniform(this.calls));
    this.calls++;
    return sim.scheduleAt(this.atWork(sim.now + reaction), action, 0, Priority.state, 0);
  }

  /** The first instant at or after `time` within the hours; time 0 is midnight of a Monday. */
  private atWork(time: Microseconds): Microseconds {
    const { hours } = this.definition;
    if (hours === undefined) return time;
    for (let day = Math.floor(time / DAY); ; day++) {
      if (hours.days !== undefined && hours.days.length > 0 && !hours.days.includes(day % 7)) continue;
      const from = day * DAY + hours.from;
      const until = day * DAY + hours.until;
      if (time < until) return Math.max(time, from);
    }
  }
}

/** The operators of all components, and what they do about suspended messages. */
export class Operators {
  private readonly known = new Map<Component, Operator | null>();
  /** Members that somebody is on the way to, and the recoveries that they had when he was called. */
  private readonly expected = new Map<Member, number>();
  /** The last call for a member. */
  private readonly calls = new Map<Member, EventId>();

  constructor(
    private readonly context: Context, private readonly general: OperatorDefinition | undefined,
    private readonly queues: () => Iterable<WorkQueue>, private readonly ladders: () => Ladders,
  ) {}

  exists(component: Component): boolean {
    return this.of(component) !== null;
  }

  /** Somebody will do it, if there is anybody. */
  call(component: Component, action: () => void): EventId | undefined {
    return this.of(component)?.call(action);
  }

  /** A member is in a state that only a person can lead out of: one call, worth nothing if the member recovers by itself in the meantime. */
  needed(member: Member, act: () => void): void {
    const { recoveries } = member.life;
    if (this.expected.get(member) === recoveries) return;
    this.expected.set(member, recoveries);
    // Whoever is on the way for nothing is told to turn back.
    const before = this.calls.get(member);
    if (before !== undefined) this.context.sim.cancel(before);
    const call = this.call(member.component, () => {
      this.calls.delete(member);
      if (this.expected.get(member) === recoveries) this.expected.delete(member);
      if (member.life.recoveries === recoveries) act();
    });
    if (call !== undefined) this.calls.set(member, call);
  }

  /** Members that somebody is on the way to; for an exact solver. */
  awaited(): readonly Member[] {
    return [...this.expected].filter(([member, recoveries]) => member.life.recoveries === recoveries).map(([member]) => member);
  }

  /** A message came under an operator's hold: one call brings him for all that is suspended there by the time he comes. */
  suspended(lane: Lane): void {
    if (lane.suspended.length > 1) return;
    if (lane.sequence?.stops === false && (this.of(lane.owner)?.suspended ?? 'resume') === 'resume') return;
    const act = (): void => {
      if (this.attend(lane.owner, this.of(lane.owner)?.suspended ?? 'resume') !== null) this.call(lane.owner, act);
    };
    this.call(lane.owner, act);
  }

  /** All that is suspended at a component goes on or is given up; the reason why not, or null when done. */
  attend(component: Component, how: SuspendedChoice): string | null {
    const lanes = [...this.queues()].flatMap((queue) => queue.lanes).filter((lane) => lane.owner === component);
    const away = lanes.find((lane) => !lane.works);
    if (away !== undefined) return `${away.store.component.name} is away`;
    if (how === 'resume' && lanes.some(({ sequence, suspended }) => sequence?.stops === false && suspended.length > 0)) return 'what failed here is out of its turn: it can only be terminated';
    for (const lane of lanes) for (const copy of lane.suspended.toArray()) this.ladders()[how](copy);
    return null;
  }

  private of(component: Component): Operator | null {
    let operator = this.known.get(component);
    if (operator === undefined) {
      const definition = component.definition.operator ?? this.general;
      operator = definition === undefined ? null : new Operator(this.context, definition, component.name);
      this.known.set(component, operator);
    }
    return operator;
  }
}
