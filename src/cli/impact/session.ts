/**
 * One impact analysis on as many threads as there may be: has the scenario read, then collects what its runs bring, in the order of
 * their numbers, so that threads change no byte.
 *
 * Not here: what becomes of it, and who asks to stop.
 */
import type { ImpactOutcome, ImpactPlan } from '../../experiment/index.js';
import { UserError } from '../errors.js';
import { Board } from '../run/board.js';
import { Crew } from '../run/crew.js';
import type { Member } from '../run/crew.js';
import type { Failure, ScenarioFacts } from '../run/messages.js';
import type { Jobs, OnProgress } from '../run/session.js';
import type { FromImpactWorker, ImpactRequest, ReadImpactScenario, ToImpactWorker } from './messages.js';

/** A thread that was asked to stop and has not said anything for this long is ended, ms. */
const PATIENCE = 1200;
/** So few runs are not worth another thread, unless it was asked for. */
const FEW = 4;

export type ImpactEnd =
  /** Of the leading cases those with all their replications. */
  | { readonly type: 'outcomes'; readonly outcomes: readonly (readonly ImpactOutcome[])[]; readonly complete: boolean }
  | { readonly type: 'failure'; readonly number: number; readonly failure: Failure }
  | { readonly type: 'too-large' };

type Thread = Member<ToImpactWorker>;

export class ImpactSession {
  readonly #crew: Crew<ToImpactWorker, FromImpactWorker>;
  readonly #jobs: Jobs;
  readonly #brought = new Set<Thread>();
  #stop: (() => void) | null = null;
  #stopped = false;

  constructor(request: ImpactRequest, jobs: Jobs) {
    this.#crew = new Crew(request, new URL('./worker.js', import.meta.url));
    this.#jobs = jobs;
  }

  /** Rejects with an error that is a bug of ours. */
  read(): Promise<ReadImpactScenario> {
    return new Promise((resolve, reject) => {
      this.#crew.listener = {
        onMessage: (_, message) => {
          if (message.type === 'read') resolve(message.read);
        },
        onDeath: (_, error) => reject(error ?? new Error('the simulation thread ended while reading')),
      };
      this.#crew.start(false);
    });
  }

  /** Threads that took part. */
  get threads(): number {
    return this.#brought.size;
  }

  run({ hash }: ScenarioFacts, plan: ImpactPlan, onProgress: OnProgress): Promise<ImpactEnd> {
    const total = plan.cases.length * plan.replications;
    const board = Board.open(total);
    const found = new Map<number, ImpactOutcome>();
    let failed: { readonly number: number; readonly failure: Failure } | null = null;
    return new Promise<ImpactEnd>((resolve, reject) => {
      const end = (): void => {
        board.endAfter(0);
        resolve(failed === null ? { type: 'outcomes', ...leading(found, plan) } : { type: 'failure', ...failed });
      };
      const order = (thread: Thread): void => {
        thread.busy = true;
        thread.order({ hash, board: board.buffer });
      };
      const hear = (thread: Thread, message: FromImpactWorker): void => {
        switch (message.type) {
          case 'ready':
            order(thread);
            return;
          case 'outcome':
            this.#brought.add(thread);
            found.set(message.number, message.outcome);
            onProgress({ done: found.size, share: found.size / total });
            return;
          case 'failure':
            if (failed === null || message.number < failed.number) failed = message;
            return;
          case 'finished':
            thread.busy = false;
            if ([...this.#crew.members].some(({ busy, ready }) => busy || (!ready && found.size < total && !this.#stopped))) return;
            // A helper may have read another text; the first one never does.
            if (message.changed && found.size === 0 && !this.#stopped) reject(new UserError('the scenario has changed while it was run; run it again'));
            else end();
        }
      };
      this.#crew.listener = {
        onMessage: hear,
        onDeath: (_, error) => {
          if (error !== null && (error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') reject(error);
          else if (error === null) reject(new Error('a simulation thread ended without a word'));
          else resolve({ type: 'too-large' });
        },
      };
      this.#stop = () => {
        board.endAfter(0);
        setTimeout(end, PATIENCE).unref();
      };
      for (const thread of this.#crew.members) order(thread);
      const wanted = Math.min(this.#jobs.most, total);
      if (this.#jobs.asked || total > FEW) while (this.#crew.members.size < wanted) this.#crew.start(true);
    });
  }

  /** What is under way ends at its next look; what is complete is kept. */
  stop(): void {
    this.#stopped = true;
    this.#stop?.();
  }

  async close(): Promise<void> {
    await this.#crew.end();
  }
}

function leading(found: ReadonlyMap<number, ImpactOutcome>, { cases, replications }: ImpactPlan): { outcomes: ImpactOutcome[][]; complete: boolean } {
  const outcomes: ImpactOutcome[][] = [];
  for (const [index] of cases.entries()) {
    const those = Array.from({ length: replications }, (_, i) => found.get(index * replications + i + 1)).filter((one) => one !== undefined);
    if (those.length < replications) break;
    outcomes.push(those);
  }
  return { outcomes, complete: outcomes.length === cases.length };
}
