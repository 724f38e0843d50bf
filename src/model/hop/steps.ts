/**
 * The steps of a hop as they happen: taken, worked, put, prepared, committed, settled.
 *
 * Each is traced if wanted, and counted for faults that come "immediately after the nth such step". Not here: what a step does.
 */
import type { Context } from '../context.js';
import type { Step } from '../definition.js';
import type { Component, Member } from '../world.js';

interface Trigger { readonly where: Component | Member; readonly step: Step; readonly nth: number; seen: number; readonly fire: () => void }

export class Steps {
  private readonly triggers: Trigger[] = [];
  /** False as long as nobody wants to know: then a step costs one test. */
  wanted: boolean;

  constructor(private readonly context: Context) {
    this.wanted = context.traceSteps;
  }

  /** `fire` is called once, immediately after the nth such step at the component or member. */
  watch(where: Component | Member, step: Step, nth: number, fire: () => void): void {
    this.triggers.push({ where, step, nth, seen: 0, fire });
    this.wanted = true;
  }

  happened(step: Step, member: Member, flow: number, n: number, leg: number, detail: string): void {
    for (const reader of this.context.ledger.to.step) reader.step(this.context.sim.now, member.index, step, flow, n, leg, detail);
    for (const trigger of this.triggers) {
      if ((trigger.where !== member && trigger.where !== member.component) || trigger.step !== step) continue;
      if (++trigger.seen === trigger.nth) trigger.fire();
    }
  }
}
