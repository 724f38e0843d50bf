/** The parts of transactions wired together, and what the rest of the model tells them. Nothing is decided here. */
import type { Context } from '../context.js';
import { DataLoss } from '../fault/data-loss.js';
import type { Carriers } from '../fault/data-loss.js';
import type { SharingBuilder } from '../build/sharing.js';
import type { Breakage } from '../hop/breakage.js';
import type { Calls } from '../hop/calls.js';
import { NONE } from '../hop/copies.js';
import type { Copies } from '../hop/copies.js';
import type { Fates } from '../hop/fates.js';
import type { Ladders } from '../hop/ladder.js';
import type { Pool } from '../hop/pool.js';
import type { Work } from '../hop/work.js';
import type { Component, Member } from '../world.js';
import type { Coordinator } from './coordinator.js';
import { TransactionFailures } from './failures.js';
import { Outcomes } from './outcomes.js';
import { Transactions } from './transactions.js';

interface Hops { readonly copies: Copies; readonly fates: Fates; readonly calls: Calls; readonly work: Work; readonly ladders: Ladders; readonly breakage: Breakage; readonly pools: readonly Pool[] }

export class TransactionParts {
  private readonly failures: TransactionFailures;
  private readonly workers: DataLoss<Pool>;
  private readonly logs: DataLoss<Coordinator>;
  private readonly copies: Copies;

  constructor(
    context: Context, { copies, fates, calls, work, ladders, breakage, pools }: Hops, private readonly sharing: SharingBuilder,
    carriers: Carriers, callOperator: (component: Component, action: () => void) => void,
  ) {
    this.copies = copies;
    const outcomes = new Outcomes(context, copies, fates, calls, work, ladders, breakage, pools);
    const transactions = new Transactions(context, copies, fates, calls, work, ladders, outcomes);
    const failures = new TransactionFailures(context, copies, fates, calls, ladders, transactions);
    calls.transactions = ladders.transactions = transactions;
    breakage.transactions = this.failures = failures;
    failures.onUnknown = (coordinator) => callOperator(coordinator.component, () => failures.resolve(coordinator));
    this.workers = new DataLoss(pools, carriers);
    this.logs = new DataLoss(sharing.coordinators, carriers);
  }

  /** Listens to all that a transaction may wait for. */
  connect(): void {
    const { coordinators, senders } = this.sharing;
    const participants = senders.flatMap(({ lanes, ladder }) => [...lanes.flatMap(({ queue, store }) => [queue.works, store.works]), ...ladder!.rungs.flatMap((rung) => rung.node.workable.flat())]);
    for (const fn of new Set(participants)) fn.listeners.push(() => this.failures.look());
    for (const one of coordinators) one.works.listeners.push(() => this.failures.coordinatorChanged(one));
  }

  /** The process of a member ended, in order (`clean`) or not. */
  processEnded(member: Member, clean: boolean, causes: number): void {
    for (const one of this.sharing.coordinators) if (one.member === member) this.failures.coordinatorEnded(one, clean, causes);
  }

  /** The data of this member is gone, and with it all copies of these components. */
  wipe(member: Member, causes: number, gone: ReadonlySet<Component>): void {
    for (const pool of this.workers.on(member, gone)) this.failures.workWiped(pool, causes);
    for (const coordinator of this.logs.on(member, gone)) this.failures.logLost(coordinator, causes);
  }

  /** Whether the copy waits for an outcome that nobody can tell now. */
  stranded(copy: number): boolean {
    return this.copies.transaction.get(copy) !== NONE && this.failures.stranded(copy);
  }
}
