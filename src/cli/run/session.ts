/**
 * One call of the simulation: has the scenarios read, then runs one at a time on as many threads as there may be, and adds up what
 * they bring, in the order of the replications.
 *
 * Not here: what becomes of a result, and who asks to stop.
 */
import { getHeapStatistics } from 'node:v8';
import { assemble } from '../../experiment/assemble.js';
import { Gathering } from '../../experiment/gathering.js';
import { unpackReplication } from '../../experiment/packing.js';
import { StoppingRule } from '../../experiment/precision.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { UserError } from '../errors.js';
import { Board } from './board.js';
import { Crew } from './crew.js';
import type { Member } from './crew.js';
import type { Failure, FromWorker, Plan, ReadScenario, ScenarioFacts, WorkerRequest } from './messages.js';

/** A simulation that was asked to stop and has not said anything for this long is ended, ms. */
const PATIENCE = 1200;
/** A run that takes less than this is not worth another thread, ms; unless their number was asked for. */
const WORTH_A_THREAD = 150;
/** Share of the heap of this thread that results may fill; the rest is for the report. */
const MOST_MEMORY = 0.85;

export type Outcome =
  | { readonly type: 'result'; readonly result: ExperimentResult }
  | { readonly type: 'failure'; readonly failure: Failure }
  /** The machine has no memory left for it. */
  | { readonly type: 'too-large' };

/** How far a run is: replications that are there, and the share of all that may be. */
export interface Standing { readonly done: number; readonly share: number }
export type OnProgress = (standing: Standing) => void;

/** What a run must know of a scenario. */
export type RunFacts = Pick<ScenarioFacts, 'hash' | 'replications'>;

export interface Jobs {
  /** Most replications at a time. */
  readonly most: number;
  /** It was asked for, so that it is worth it. */
  readonly asked: boolean;
}

interface Round {
  readonly number: number;
  readonly index: number;
  readonly facts: RunFacts;
  readonly plan: Plan;
  readonly board: Board;
  readonly gathering: Gathering<Failure>;
  readonly rule: StoppingRule | null;
  readonly onProgress: OnProgress;
  /** Who has brought a replication. */
  readonly brought: Set<Member>;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export class Session {
  readonly #crew: Crew;
  readonly #jobs: Jobs;
  #rounds = 0;
  #round: Round | null = null;
  #stopped = false;
  #threads = 0;

  /** @param script what the threads run; another one in tests */
  constructor(request: WorkerRequest, jobs: Jobs, script = new URL('./worker.js', import.meta.url)) {
    this.#crew = new Crew(request, script);
    this.#jobs = jobs;
  }

  /** What was read, in the order of the sources. Rejects with an error that is a bug of ours. */
  read(): Promise<readonly ReadScenario[]> {
    return new Promise((resolve, reject) => {
      this.#crew.listener = {
        onMessage: (_, message) => {
          if (message.type === 'read') resolve(message.scenarios);
        },
        onDeath: (_, error) => reject(error ?? new Error('the simulation thread ended while reading')),
      };
      this.#crew.start(false);
    });
  }

  /** All replications of the scenario with this index. */
  run(index: number, facts: RunFacts, plan: Plan, onProgress: OnProgress): Promise<Outcome> {
    const rule = plan.precision === null ? null : new StoppingRule(plan.precision, plan.expectations);
    const limit = facts.replications;
    return new Promise<Outcome>((resolve, reject) => {
      this.#round = {
        number: (this.#rounds += 1), index, facts, plan, onProgress, rule, resolve, reject, brought: new Set(),
        board: Board.open(limit), gathering: new Gathering<Failure>(limit, rule),
      };
      this.#crew.listener = {
        onMessage: (member, message) => this.#guarded(() => this.#hear(member, message)),
        onDeath: (_, error) => this.#guarded(() => this.#lose(error)),
      };
      this.#guarded(() => (this.#stopped ? this.#finish(this.#round!) : this.#orderAll()));
    });
  }

  /** Threads that took part in the last run. */
  get threads(): number {
    return this.#threads;
  }

  /** The run in progress ends at its next look: complete replications are kept. */
  stop(): void {
    this.#stopped = true;
    this.#round?.board.endAfter(0);
    setTimeout(() => {
      // Whatever hangs is given up; what came before is here already.
      const round = this.#round;
      void this.#crew.end();
      if (round !== null) this.#guarded(() => this.#finish(round));
    }, PATIENCE).unref();
  }

  async close(): Promise<void> {
    await this.#crew.end();
  }

  #orderAll(): void {
    const round = this.#round!;
    for (const member of this.#crew.members) if (member.ready) this.#order(member, round);
    const wanted = Math.min(this.#jobs.most, round.facts.replications);
    const grow = (): void => {
      if (this.#round !== round || this.#stopped) return;
      while (this.#crew.members.size < wanted) this.#crew.start(true);
    };
    // The first thread dies of a scenario that is too large; the next scenario needs another one.
    if (this.#jobs.asked || this.#crew.members.size === 0) grow();
    else if (wanted > this.#crew.members.size) setTimeout(grow, WORTH_A_THREAD).unref();
  }

  #order(member: Member, { number, index, facts, board }: Round): void {
    member.busy = true;
    member.fraction = 0;
    member.order({ round: number, index, hash: facts.hash, board: board.buffer });
  }

  #hear(member: Member, message: FromWorker): void {
    const round = this.#round;
    if (round === null) return;
    if (message.type === 'ready') this.#order(member, round);
    // From a round that is over: a replication that was no longer wanted.
    if (message.type === 'read' || message.type === 'ready' || message.round !== round.number) return;
    switch (message.type) {
      case 'progress':
        member.fraction = message.fraction;
        break;
      case 'replication':
        member.fraction = 0;
        round.brought.add(member);
        round.gathering.put(unpackReplication(message.packed));
        break;
      case 'failure':
        round.gathering.fail(message.failure.replication, message.failure);
        break;
      case 'finished':
        member.busy = false;
    }
    this.#proceed(round);
  }

  #proceed(round: Round): void {
    const { gathering } = round;
    if (!gathering.over && memoryIsShort()) {
      this.#settle(round, { type: 'too-large' });
      return;
    }
    if (gathering.over) {
      this.#finish(round);
      return;
    }
    const members = [...this.#crew.members];
    if (!members.some(({ busy }) => busy) && (this.#stopped || members.every(({ ready }) => ready))) {
      if (!this.#stopped) throw new UserError('the scenario has changed while it was run; run it again');
      this.#finish(round);
      return;
    }
    const under = members.reduce((sum, { fraction }) => sum + fraction, 0);
    round.onProgress({ done: gathering.arrived, share: Math.min(1, (gathering.arrived + under) / round.facts.replications) });
  }

  #finish(round: Round): void {
    const { gathering, plan, rule, facts } = round;
    if (gathering.failure !== null) {
      this.#settle(round, { type: 'failure', failure: gathering.failure });
      return;
    }
    const precision = rule?.outcome(gathering.done, facts.replications) ?? null;
    const result = assemble(plan.subject, plan.expectations, gathering.done, gathering.complete, precision);
    this.#settle(round, { type: 'result', result });
  }

  /** Whoever is still at it gives up at the next look. */
  #settle({ board, brought, resolve }: Round, outcome: Outcome): void {
    board.endAfter(0);
    this.#round = null;
    this.#threads = brought.size;
    resolve(outcome);
  }

  #lose(error: Error | null): void {
    const round = this.#round;
    if (round === null) return;
    if (error === null) throw new Error('a simulation thread ended without a word');
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    this.#settle(round, { type: 'too-large' });
  }

  /** An error in what a thread said must end the run, not the process. */
  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      const round = this.#round;
      this.#round = null;
      round?.board.endAfter(0);
      round?.reject(error);
    }
  }
}

/** Before V8 ends the process: it does so without a word that a user could use. */
function memoryIsShort(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > limit * MOST_MEMORY;
}
