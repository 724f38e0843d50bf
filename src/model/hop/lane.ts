/** Messages for one handler in one store, and who may take them. Not here: who takes the next one, and when (`queue.ts`). */
import type { KeyedStream } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Between } from '../fault/partitions.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member } from '../world.js';
import type { CauseSetId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { Chain } from './copies.js';
import type { Copies } from './copies.js';
import type { Pool } from './pool.js';
import type { RouteNode } from './route.js';
import type { TokenBook } from './access.js';
import type { Buffer } from './buffer.js';
import type { Name } from './name.js';
import type { Sequence } from './sequence.js';
import type { Session } from './session.js';
import { SharedLine } from './shared-line.js';
import type { Store } from './store.js';
import { WaitingLine } from './waiting-line.js';
import type { DayWindow } from './window.js';
import type { WorkQueue } from './queue.js';

/** Messages for one handler in one store. */
export class Lane {
  readonly ready: WaitingLine;
  /** The same, where what is taken stays there for others; else null. */
  readonly shared: SharedLine | null;
  readonly due: Chain;
  readonly suspended: Chain;
  /** Rows of transactions that go on without their worker. */
  readonly held: Chain;
  /** Messages locked by those who took them. */
  readonly locked: Chain;
  /** Nodes that lead here; they share component and pools, so one stands for all. */
  node!: RouteNode;
  /** Who owns it; null: whoever comes may take. */
  session: Session | null = null;
  /** One message at a time, in their order; null: as many as there are workers. */
  sequence: Sequence | null = null;
  /** Messages are taken only within it; null: at any time. */
  window: DayWindow | null = null;
  /** Null: the network never fails. */
  network: Between | null = null;

  constructor(
    readonly queue: WorkQueue, readonly component: Component, readonly store: Store, copies: Copies,
    /** 1 is taken first. */
    readonly priority: number,
    /** Where it belongs, if that is not the store alone. */
    readonly buffer: Buffer | null = null,
    /** Only this member takes from it; null: any. */
    readonly taker: Pool | null = null,
    /** Tokens of the members that take from it, in their order; null: they need none. */
    readonly book: TokenBook | null = null,
    /** The only name under which it is known to those who take. */
    readonly name: Name | null = null,
    /** What is taken stays there for others. */
    readonly unlocked = false,
    /** Who is handed a message is drawn; null: who holds least. */
    readonly draws: KeyedStream | null = null,
  ) {
    this.shared = unlocked ? new SharedLine(copies) : null;
    this.ready = this.shared ?? new WaitingLine(copies);
    this.due = new Chain(copies);
    this.suspended = new Chain(copies);
    this.held = new Chain(copies);
    this.locked = new Chain(copies);
  }

  /** Whose messages these are for an operator. */
  get owner(): Component {
    return this.buffer === null ? this.component : this.buffer.component;
  }

  /** Messages can be put, taken and settled while this works, as far as the store allows. */
  get gate(): FunctionNode {
    return this.buffer === null ? this.queue.works : this.buffer.gate;
  }

  /** The member may take from it, and settle. */
  admits(pool: Pool, place: number): boolean {
    return (this.taker === null || this.taker === pool) && (this.session === null || this.session.admits(pool)) && (this.book === null || this.book.valid(place)) && this.cutFrom(pool.member) === NO_CAUSE;
  }

  /** Faults of the network between somebody and what lies here. */
  cutFrom(member: Member | null): CauseSetId {
    if (this.network === null || this.buffer === null || this.taker !== null) return NO_CAUSE;
    const cut = this.network(member, this.store.works.member);
    return cut === NO_CAUSE ? this.network(member, this.buffer.gate.member) : cut;
  }

  /** What the member has in hand of it can be settled, as far as it belongs to somebody. */
  admitsResult(pool: Pool): boolean {
    return this.session === null || this.session.allows(pool);
  }

  /** Faults behind its not working. */
  get causes(): CauseSetId {
    return this.gate.works ? this.store.works.causes : this.gate.causes;
  }

  /** Messages can be put here and, by those who know it, taken and settled. */
  get works(): boolean {
    return this.gate.works && this.store.works.works;
  }

  /** Those who take reach it. */
  get reached(): boolean {
    return this.works && (this.name === null || this.name.means(this.buffer!.component));
  }

  /** They reach it at this hour. */
  isOpen(now: Microseconds): boolean {
    return this.reached && (this.window === null || this.window.isOpen(now));
  }
}
