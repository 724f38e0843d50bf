/** What the thread of the command line and the threads of an impact analysis say to each other: plain data. */
import type { ImpactOutcome, ImpactPlan } from '../../experiment/index.js';
import type { ImpactText } from '../../scenario/index.js';
import type { Failure, ScenarioFacts, WorkerRequest } from '../run/messages.js';

export interface ImpactRequest extends Pick<WorkerRequest, 'overrides' | 'colour'> {
  readonly source: WorkerRequest['sources'][number];
  readonly text: ImpactText;
}
/** What a thread is started with. The first one tells what it read; the others were only started to help. */
export interface ImpactData extends ImpactRequest { readonly helper: boolean }

export interface ReadImpactScenario {
  /** Null: there are errors. */
  readonly facts: ScenarioFacts | null;
  readonly plan: ImpactPlan | null;
  /** As for a run: all when it cannot be run, otherwise warnings. */
  readonly diagnosticsText: string;
  readonly diagnosticsJson: readonly unknown[];
}

/** Runs are numbered from 1: all replications of the first case, then those of the next. */
export interface RunNumber { readonly number: number }
export type FromImpactWorker =
  | { readonly type: 'read'; readonly read: ReadImpactScenario }
  | { readonly type: 'ready' }
  | ({ readonly type: 'outcome'; readonly outcome: ImpactOutcome } & RunNumber)
  | ({ readonly type: 'failure'; readonly failure: Failure } & RunNumber)
  /** Nothing is left on the board; or this thread has read another text, and took nothing from it. */
  | { readonly type: 'finished'; readonly changed: boolean };

export interface ToImpactWorker { readonly hash: string; readonly board: SharedArrayBuffer }

/** Which replication of which case a run is. */
export function runOf({ cases, replications }: ImpactPlan, number: number): { readonly one: ImpactPlan['cases'][number]; readonly replication: number } {
  return { one: cases[Math.floor((number - 1) / replications)], replication: ((number - 1) % replications) + 1 };
}
