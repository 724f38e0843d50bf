/**
 * One transaction between a stored message and the work of its destination, and what each of the two knows of its outcome.
 *
 * Two participants: the row (the copy in its store) and the work (the copy at the destination, whose effect waits). Both vote in one
 * instant; after that neither may go on without the outcome. Not here: what moves a transaction on (`transactions.ts`).
 */
import type { KeyedStream } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import { NONE } from '../hop/copies.js';
import type { Pool } from '../hop/pool.js';
import type { RouteNode } from '../hop/route.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { Coordinator } from './coordinator.js';

export const TxState = {
  free: 0,
  /** The destination works; nobody has asked for the outcome yet. */
  active: 1,
  /** The worker has asked to commit: both are to vote. */
  preparing: 2,
  /** Both have voted yes; the coordinator has not written its decision yet. */
  prepared: 3,
  /** The commit record is written: only the outcome is still to be told. */
  committed: 4,
  /** Decided against, and still to be told to a participant that had voted yes. */
  aborted: 5,
  /** The coordinator's log is gone: each participant is on its own. */
  unknown: 6,
} as const;
export type TxState = (typeof TxState)[keyof typeof TxState];

/** What is to become of one participant's part. */
export const Verdict = { open: 0, commit: 1, abort: 2 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Whose transactions a worker begins, and the draws of their durations. */
export interface TransactionTerms {
  /** Null: none is declared beside the worker; one that never fails and takes no time. */
  readonly coordinator: Coordinator | null;
  readonly prepare: KeyedStream;
  readonly commit: KeyedStream;
}

/** A sender's side: the terms of each of its workers, and what its store presumes when nobody can tell the outcome. */
export interface Sharing { readonly terms: readonly TransactionTerms[]; readonly presumes: Verdict }

/** A destination's side; `mean`: how long its workers are held beyond their work, µs. */
export interface Enlistment { readonly presumes: Verdict; readonly mean: number }

export class Transaction {
  state: TxState = TxState.free;
  /** Order of their beginnings; -1 while the object is free. */
  serial = -1;
  node!: RouteNode;
  place = 0;
  pool!: Pool;
  target: RouteNode | null = null;
  targetPlace = 0;
  coordinator: Coordinator | null = null;
  /** The copy in the store; NONE: it is done with. */
  row = NONE;
  /** The copy at the destination; NONE: not there yet, or done with. */
  work = NONE;
  rowVerdict: Verdict = Verdict.open;
  workVerdict: Verdict = Verdict.open;
  /** The instance that held the row when its process ended; null: it still holds it, or gave its lock back. */
  former: Pool | null = null;
  /** Event of the transaction's own timeout, and of the step in hand; 0: none. */
  timeout = 0;
  step = 0;
  /** The step in hand is over in time, but somebody could not be reached. */
  due = false;
  /** The process of the coordinator has ended since the transaction began: it knows only what it had written. */
  forgotten = false;
  /** Faults that keep it from going on, and what the last of them did. */
  causes: CauseSetId = NO_CAUSE;
  cause: CausePathId = 0;

  constructor(readonly index: number) {}

  begin(serial: number, node: RouteNode, place: number, row: number): void {
    this.state = TxState.active;
    this.serial = serial;
    this.node = node;
    this.place = place;
    this.pool = node.pools[place];
    this.target = null;
    this.coordinator = node.shares!.terms[place].coordinator;
    this.row = row;
    this.work = NONE;
    this.rowVerdict = this.workVerdict = Verdict.open;
    this.former = null;
    this.timeout = this.step = 0;
    this.due = this.forgotten = false;
    this.causes = NO_CAUSE;
    this.cause = 0;
  }

  /** Nobody has promised anything yet: any participant may still break off, and then all is undone. */
  get open(): boolean {
    return this.state === TxState.active || this.state === TxState.preparing;
  }

  /** The coordinator can be asked, and answers. */
  get coordinated(): boolean {
    return this.coordinator === null || this.coordinator.works.works;
  }
}
