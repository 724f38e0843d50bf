/**
 * Variants run on all threads that there may be: one after the other while their replications keep the threads busy, several at a
 * time when there are fewer replications than threads.
 *
 * Not here: which variant is next, and what becomes of a result.
 */
import type { ExperimentResult } from '../../experiment/index.js';
import type { Failure, WorkerRequest } from '../run/messages.js';
import { Session } from '../run/session.js';
import type { Jobs } from '../run/session.js';
import type { Agenda } from './agenda.js';
import type { ReadVariant } from './variants.js';

/** So many replications in all are worth all threads from the start. */
const WORTH_THREADS = 40;

export interface VariantFailure { readonly variant: ReadVariant; readonly failure: Failure | 'too-large' }
export type LanesOutcome = { readonly type: 'done' } | { readonly type: 'stopped' } | { readonly type: 'failure'; readonly failed: VariantFailure };

export interface Hearing {
  /** A variant is complete; the verdict on it must be put on the agenda by then. */
  readonly onResult: (variant: ReadVariant, result: ExperimentResult) => void;
  /** Variants that were run, and the share of those under way, in variants. */
  readonly onProgress: (done: number, underWay: number) => void;
}

export class Lanes {
  readonly #sessions: readonly Session[];
  readonly #variants: readonly ReadVariant[];
  readonly #shares: number[];
  /** Threads that were at work in each lane. */
  readonly #threads: number[];
  #done = 0;
  #stopped = false;
  #failed: VariantFailure | null = null;

  /** @param script what the threads run; another one in tests */
  constructor(request: WorkerRequest, variants: readonly ReadVariant[], jobs: Jobs, todo: number, script?: URL) {
    const replications = Math.min(...variants.map((variant) => variant.replications));
    const count = Math.max(1, Math.min(todo, Math.ceil(jobs.most / replications)));
    const asked = jobs.asked || todo * replications >= WORTH_THREADS;
    this.#variants = variants;
    this.#shares = Array.from({ length: count }, () => 0);
    this.#threads = Array.from({ length: count }, () => 0);
    this.#sessions = this.#shares.map((_, lane) => new Session(request, { most: Math.floor(jobs.most / count) + (lane < jobs.most % count ? 1 : 0), asked }, script));
  }

  async run(agenda: Agenda, hearing: Hearing): Promise<LanesOutcome> {
    await Promise.all(this.#sessions.map((session, lane) => this.#work(session, lane, agenda, hearing)));
    if (this.#failed !== null) return { type: 'failure', failed: this.#failed };
    return { type: this.#stopped ? 'stopped' : 'done' };
  }

  /** What is complete is kept, what is under way is given up. */
  stop(): void {
    this.#stopped = true;
    for (const session of this.#sessions) session.stop();
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()));
  }

  get threads(): number {
    return this.#threads.reduce((sum, one) => sum + one, 0);
  }

  async #work(session: Session, lane: number, agenda: Agenda, { onResult, onProgress }: Hearing): Promise<void> {
    while (!this.#stopped) {
      const number = agenda.take();
      if (number === null) return;
      if (number === 'later') {
        await agenda.change();
        continue;
      }
      const variant = this.#variants[number - 1];
      const outcome = await session.run(number - 1, variant, variant.plan, ({ share }) => {
        this.#shares[lane] = share;
        onProgress(this.#done, this.#shares.reduce((sum, one) => sum + one, 0));
      });
      this.#shares[lane] = 0;
      if (outcome.type === 'result') {
        if (!outcome.result.complete) return;
        this.#threads[lane] = Math.max(this.#threads[lane], outcome.effort.jobs);
        onResult(variant, outcome.result);
        this.#done += 1;
        onProgress(this.#done, this.#shares.reduce((sum, one) => sum + one, 0));
        continue;
      }
      this.#failed ??= { variant, failure: outcome.type === 'failure' ? outcome.failure : 'too-large' };
      this.stop();
      return;
    }
  }
}
