/**
 * Scripted operations: tried at their moment, and done or failed with a reason.
 *
 * What an operation needs must be there when it is tried. One that takes its time is done at the end of it.
 * Not here: what people do by themselves (`operator.ts`), and what the actions lead to.
 */
import { Priority } from '../kernel/index.js';
import type { Context } from './context.js';
import type { OperationDefinition, SuspendedChoice } from './definition.js';
import { resolveTarget } from './fault/target.js';
import { awayText } from './graph/away.js';
import type { Graph } from './graph/graph.js';
import { resolveNeed } from './graph/resolve.js';
import type { OperationDeclaration } from './kind.js';
import type { Microseconds } from './parameter.js';
import { durationOf, valueAt } from './values.js';
import type { Component, Member, World } from './world.js';

/** Resumes or terminates what is suspended at a component: the reason why not, or null when done. */
export type Attend = (component: Component, how: SuspendedChoice) => string | null;

/** Who does it: the member itself, or one of the component that it is a matter of. */
interface Performer { readonly member: Member; readonly declaration: OperationDeclaration | undefined }

export class Operations {
  /** How often each was tried. */
  private readonly tries: number[];

  constructor(
    private readonly context: Context, private readonly world: World, private readonly graph: Graph,
    private readonly operations: readonly OperationDefinition[], private readonly attend: Attend, private readonly faultIds: readonly string[],
  ) {
    this.tries = operations.map(() => 0);
  }

  start(): void {
    this.operations.forEach((operation, index) => {
      const { moment } = operation;
      if (moment.type === 'at') this.plan(index, this.draw(operation, moment.at));
      if (moment.type === 'every') this.plan(index, this.draw(operation, moment.first ?? moment.every));
    });
    // After a fault: planned when the fault comes.
    this.context.ledger.add({
      faultStarted: (_time, occurrence) => {
        const { faultId } = this.context.occurrences[occurrence];
        this.operations.forEach((operation, index) => {
          if (operation.moment.type === 'after' && operation.moment.fault === faultId) this.plan(index, this.draw(operation, operation.moment.by));
        });
      },
    });
  }

  private plan(index: number, delay: Microseconds): void {
    this.context.sim.schedule(delay, () => this.attempt(index), 0, Priority.state, this.faultIds.length + index);
  }

  private attempt(index: number): void {
    const operation = this.operations[index];
    const number = ++this.tries[index];
    if (operation.moment.type === 'every') this.plan(index, this.draw(operation, operation.moment.every, number));
    const seen = new Set<Component>();
    for (const member of new Set(operation.targets.flatMap((target) => resolveTarget(this.world, target)))) {
      const performer = this.performerOf(operation, member);
      const whole = isOfTheWhole(performer, member);
      if (whole && seen.has(member.component)) continue;
      seen.add(member.component);
      this.begin(index, number, performer, whole ? member.component.name : member.name);
    }
  }

  private begin(index: number, number: number, { member, declaration }: Performer, target: string): void {
    const operation = this.operations[index];
    const { sim, streams } = this.context;
    const started = sim.now;
    const end = (reason: string | null): void => {
      this.graph.settle();
      for (const reader of this.context.ledger.to.operation) reader.operation(sim.now, index, target, started, reason === null ? 'done' : 'failed', reason ?? '');
    };
    if (declaration === undefined) {
      end(`${member.component.kind.name} does not know ${operation.do}`);
      return;
    }
    const missing = this.missingFor(member, declaration);
    const takes = declaration.takes === undefined ? 0
      : durationOf(valueAt(member.component.values, declaration.takes), () => streams.keyed(operation.id, 'takes').uniform(member.index, number - 1));
    if (missing !== null || takes === 0) end(missing ?? this.perform(member, declaration));
    else sim.schedule(takes, () => { end(this.perform(member, declaration)); }, 0, Priority.state, this.faultIds.length + index);
  }

  private perform(member: Member, declaration: OperationDeclaration): string | null {
    const { suspended, event, announces } = declaration;
    if (suspended !== undefined) return this.attend(member.component, suspended);
    if (announces !== undefined) this.graph.announce(member.functions.get(announces.function)!, announces.event);
    if (event === undefined) return null;
    return member.life.raise(event, 0) ? null : `not possible while ${member.life.state}`;
  }

  /** What is away that the operation needs now; null when all is there. */
  private missingFor(member: Member, { needs }: OperationDeclaration): string | null {
    for (const declaration of needs ?? []) {
      // Only looked at: nothing waits for it, so nothing is to be woken.
      const { need } = resolveNeed(this.world, this.context, member, declaration, () => undefined);
      need.evaluate(this.context.sim.now);
      if (!need.met) return awayText(need);
    }
    return null;
  }

  private performerOf(operation: OperationDefinition, member: Member): Performer {
    const declaration = member.component.kind.operations?.[operation.do];
    if (declaration?.by === undefined) return { member, declaration };
    const component = declaration.by.reduce((one, step) => this.world.component(String(step === 'in' ? one.definition.in : valueAt(one.values, step))), member.component);
    return { member: component.members[0], declaration: component.kind.operations?.[operation.do] };
  }

  private draw(operation: OperationDefinition, value: unknown, number = 0): Microseconds {
    return durationOf(value, () => this.context.streams.keyed(operation.id, 'operation').uniform(number));
  }
}

/** What is suspended, and configuration, belong to the component and not to one of its members. */
function isOfTheWhole({ member, declaration }: Performer, target: Member): boolean {
  return declaration?.suspended !== undefined || declaration?.changes === true || member.component !== target.component;
}
