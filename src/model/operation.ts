/**
 * Scripted operations: tried at their moment, and done or failed with a reason.
 *
 * Not here: what people do by themselves (`operator.ts`), and what the actions lead to.
 */
import { Priority } from '../kernel/index.js';
import type { Context } from './context.js';
import type { OperationDefinition } from './definition.js';
import { resolveTarget } from './fault/injector.js';
import type { Graph } from './graph/graph.js';
import type { OperationDeclaration } from './kind.js';
import type { Microseconds } from './parameter.js';
import { durationOf } from './values.js';
import type { Component, Member, World } from './world.js';

/** Resumes what is suspended at a component: the reason why not, or null when done. */
export type Resume = (component: Component) => string | null;

export class Operations {
  constructor(
    private readonly context: Context, private readonly world: World, private readonly graph: Graph,
    private readonly operations: readonly OperationDefinition[], private readonly resume: Resume, private readonly faultIds: readonly string[],
  ) {}

  start(): void {
    this.operations.forEach((operation, index) => {
      const { moment } = operation;
      if (moment.type === 'at') this.plan(index, this.draw(operation, moment.at));
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
    const { now } = this.context.sim;
    const resumed = new Set<Component>();
    for (const member of new Set(operation.targets.flatMap((target) => resolveTarget(this.world, target)))) {
      // What is suspended belongs to the component, not to one of its members.
      const whole = this.declarationFor(operation, member)?.resumes === true;
      if (whole && resumed.has(member.component)) continue;
      resumed.add(member.component);
      const reason = this.perform(operation, member);
      this.graph.settle();
      for (const reader of this.context.ledger.of('operation')) {
        reader.operation(now, index, whole ? member.component.name : member.name, now, reason === null ? 'done' : 'failed', reason ?? '');
      }
    }
  }

  private perform(operation: OperationDefinition, member: Member): string | null {
    const declaration = this.declarationFor(operation, member);
    if (declaration === undefined) return `${member.component.kind.name} does not know ${operation.do}`;
    if (declaration.resumes === true) return this.resume(member.component);
    return member.life.raise(declaration.event!, 0) ? null : `not possible while ${member.life.state}`;
  }

  private declarationFor(operation: OperationDefinition, member: Member): OperationDeclaration | undefined {
    return member.component.kind.operations?.[operation.do];
  }

  private draw(operation: OperationDefinition, value: unknown): Microseconds {
    return durationOf(value, () => this.context.streams.keyed(operation.id, 'operation').uniform(0));
  }
}
