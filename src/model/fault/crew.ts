/**
 * Repair crews of one component: so many repairs at a time, the others wait for their turn.
 *
 * A repair that has begun is not interrupted by a more urgent one, nor when the crews go off duty. Not here: how long a repair takes.
 */
import type { Context } from '../context.js';
import type { Component, Member } from '../world.js';

/** One repair, waiting or under way. */
export interface Job {
  readonly priority: number;
  readonly member: Member;
  /** Place of the fault among all faults. */
  readonly fault: number;
  /** A crew is free. */
  readonly begin: () => void;
  underWay: boolean;
}

export class Crew {
  private readonly waiting: Job[] = [];
  private busy = 0;
  private readonly capacity: number;
  private readonly byPriority: boolean;
  private readonly member: Member;

  constructor(private readonly context: Context, component: Component) {
    const declaration = component.kind.crew!;
    const [member] = component.members;
    this.member = member;
    this.capacity = declaration.capacity(component.values);
    this.byPriority = declaration.order(component.values) === 'priority';
    this.works = member.functions.get(declaration.function)!;
    this.works.listeners.push(() => this.serve());
  }

  private readonly works: NonNullable<ReturnType<Member['functions']['get']>>;

  /** Tells the ledger how many crews there are. */
  start(): void {
    this.tellBusy();
  }

  /** Asks for a repair: it begins now or when its turn comes. */
  request(job: Job): void {
    // First come among equals: behind all that are as urgent.
    let place = this.waiting.length;
    if (this.byPriority) while (place > 0 && this.waiting[place - 1].priority > job.priority) place--;
    this.waiting.splice(place, 0, job);
    this.serve();
    if (!job.underWay) this.tellWaiting();
  }

  /** The repair is done, or no longer wanted. */
  leave(job: Job): void {
    if (!job.underWay) {
      this.waiting.splice(this.waiting.indexOf(job), 1);
      this.tellWaiting();
      return;
    }
    this.busy--;
    for (const reader of this.context.ledger.to.worked) reader.worked(this.context.sim.now, this.member.index, false);
    this.serve();
    this.tellBusy();
  }

  private serve(): void {
    const before = this.waiting.length;
    while (this.busy < this.capacity && this.waiting.length > 0 && this.works.works) {
      const job = this.waiting.shift()!;
      this.busy++;
      job.underWay = true;
      job.begin();
    }
    if (this.waiting.length === before) return;
    this.tellBusy();
    this.tellWaiting();
  }

  private tellBusy(): void {
    for (const reader of this.context.ledger.to.busy) reader.busy(this.context.sim.now, this.member.index, this.busy, this.capacity);
  }

  private tellWaiting(): void {
    for (const reader of this.context.ledger.to.waiting) reader.waiting(this.context.sim.now, this.member.index, this.waiting.length);
  }
}
