/**
 * Faults of steps at one component: `slow`, `ack-loss`, `error`. They change no state of a life cycle; hops ask at each step.
 *
 * A coin belongs to (fault, flow, message, leg, attempt), so it does not depend on when it is tossed.
 */
import type { Context } from '../context.js';
import { NO_CAUSE } from '../causes.js';
import type { Step } from '../definition.js';
import type { CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';

export interface Impairment {
  readonly kind: 'ack-loss' | 'error' | 'slow';
  readonly occurrence: number;
  readonly faultId: string;
  readonly members: ReadonlySet<Member>;
  readonly step: Step;
  readonly probability: number;
  /** `error` with a count: hits left, shared by all targets of the fault. */
  readonly budget: Budget;
}

export interface Budget {
  left: number;
  /** Called when nothing is left. */
  readonly spent: () => void;
}

export class Impairments {
  readonly list: Impairment[] = [];
  /** Called when the list changes, for what a flow would meet now. */
  readonly listeners: (() => void)[] = [];

  constructor(private readonly context: Context) {}

  add(impairment: Impairment): void {
    this.list.push(impairment);
    for (const listener of this.listeners) listener();
  }

  remove(occurrence: number): void {
    const kept = this.list.filter((one) => one.occurrence !== occurrence);
    this.list.splice(0, this.list.length, ...kept);
    for (const listener of this.listeners) listener();
  }

  /** Whether this step of this message is hit: the fault's cause set, or NO_CAUSE. */
  hit(kind: 'ack-loss' | 'error', member: Member, step: Step, flowName: string, n: number, leg: number, attempt: number): CauseSetId {
    if (this.list.length === 0) return NO_CAUSE;
    for (const one of this.list) {
      if (one.kind !== kind || one.step !== step || !one.members.has(member) || one.budget.left <= 0) continue;
      if (one.probability < 1 && this.context.streams.keyed(one.faultId, `coin:${flowName}`).uniform(n, leg, attempt) >= one.probability) continue;
      if (--one.budget.left <= 0) one.budget.spent();
      return this.context.causes.single(one.occurrence);
    }
    return NO_CAUSE;
  }

  /** Share of first attempts at this member that these faults make fail, and which faults they are. */
  outlook(member: Member): { readonly failing: number; readonly causes: CauseSetId } {
    let passing = 1;
    let causes: CauseSetId = NO_CAUSE;
    for (const one of this.list) {
      if (one.kind === 'slow' || !one.members.has(member) || one.budget.left <= 0) continue;
      passing *= 1 - one.probability;
      causes = this.context.causes.union(causes, this.context.causes.single(one.occurrence));
    }
    return { failing: 1 - passing, causes };
  }
}
