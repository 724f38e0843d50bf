/**
 * One call of the simulation: has the scenarios read, then runs them on as many threads as there may be, and adds up what they bring,
 * in the order of the replications.
 *
 * Several scenarios may be under way: a thread that finds no more replications of the first one goes on with the next one.
 *
 * Not here: what becomes of a result, and who asks to stop.
 */
import { getHeapStatistics } from 'node:v8';
import { assemble } from '../../experiment/assemble.js';
import { Gathering } from '../../experiment/gathering.js';
import { unpackReplication } from '../../experiment/packing.js';
import { StoppingRule } from '../../experiment/precision.js';
import type { ExperimentResult } from '../../experiment/result.js';
import type { Effort } from '../../report/index.js';
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
  | { readonly type: 'result'; readonly result: ExperimentResult; readonly effort: Effort }
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
  readonly trace: string | null;
  /** Who has brought a replication. */
  readonly brought: Set<Member>;
  /** When the first thread was asked to run it; null: none was yet. */
  began: number | null;
  /** Who has nothing left to do here: the board is empty, or it read another text. */
  readonly done: Set<Member>;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export class Session {
  readonly #crew: Crew;
  readonly #jobs: Jobs;
  #rounds = 0;
  /** Those under way, the oldest first. */
  readonly #open: Round[] = [];
  /** What each busy thread was asked to run; it may be over by now. */
  readonly #at = new Map<Member, Round>();
  #stopped = false;
  #rehearse = false;
  /** So many there are at least; how many of each scenario nobody knows before it was read, unless they were asked for. */
  readonly #replications: number;

  /** @param script what the threads run; another one in tests */
  constructor(request: WorkerRequest, jobs: Jobs, script = new URL('./worker.js', import.meta.url)) {
    this.#crew = new Crew(request, script);
    this.#jobs = jobs;
    this.#replications = (request.variants ?? request.sources).length * (request.overrides.replications ?? 1);
  }

  /** What was read, in the order of the sources. Rejects with an error that is a bug of ours. */
  read(): Promise<readonly ReadScenario[]> {
    return new Promise((resolve, reject) => {
      this.#crew.listener = {
        onMessage: (_, message) => {
          if (message.type !== 'read') return;
          this.#rehearse = message.rehearse;
          resolve(message.scenarios);
        },
        onDeath: (_, error) => reject(error ?? new Error('the simulation thread ended while reading')),
      };
      this.#crew.start(false);
      // A thread takes half a second to start; while the first one reads, it costs nothing.
      if (this.#jobs.asked) while (this.#crew.members.size < Math.min(this.#jobs.most, this.#replications)) this.#crew.start(true);
    });
  }

  /**
   * All replications of the scenario with this index. It may be asked for another one before this one is over.
   * @param trace folder into which replication 1 writes its trace
   */
  run(index: number, facts: RunFacts, plan: Plan, onProgress: OnProgress, trace: string | null = null): Promise<Outcome> {
    const rule = plan.precision === null ? null : new StoppingRule(plan.precision, plan.expectations);
    const limit = facts.replications;
    return new Promise<Outcome>((resolve, reject) => {
      const round: Round = {
        number: (this.#rounds += 1), index, facts, plan, onProgress, trace, rule, resolve, reject, brought: new Set(), done: new Set(), began: null,
        board: Board.open(limit), gathering: new Gathering<Failure>(limit, rule),
      };
      this.#open.push(round);
      this.#crew.listener = {
        onMessage: (member, message) => this.#hear(member, message),
        onDeath: (member, error) => this.#lose(member, error),
      };
      this.#guarded(round, () => (this.#stopped ? this.#finish(round) : this.#employ(round)));
    });
  }

  /** The runs in progress end at their next look: complete replications are kept. */
  stop(): void {
    this.#stopped = true;
    for (const round of [...this.#open]) {
      round.board.endAfter(0);
      // Nobody is at it, so nobody would say that it is over.
      if (!this.#isUnderWay(round)) this.#guarded(round, () => this.#finish(round));
    }
    setTimeout(() => {
      // Whatever hangs is given up; what came before is here already.
      void this.#crew.end();
      for (const round of [...this.#open]) this.#guarded(round, () => this.#finish(round));
    }, PATIENCE).unref();
  }

  async close(): Promise<void> {
    await this.#crew.end();
  }

  /** Work for those who have none, and more of them where that is worth it. */
  #employ(round: Round): void {
    for (const member of this.#crew.members) this.#order(member);
    const grow = (): void => {
      if (!this.#open.includes(round) || this.#stopped) return;
      const wanted = Math.min(this.#jobs.most, this.#open.reduce((sum, { facts }) => sum + facts.replications, 0));
      while (this.#crew.members.size < wanted) this.#crew.start(true);
    };
    // The first thread dies of a scenario that is too large; the next scenario needs another one.
    if (this.#jobs.asked || this.#rehearse || this.#crew.members.size === 0) grow();
    else if (this.#crew.members.size < this.#jobs.most) setTimeout(grow, WORTH_A_THREAD).unref();
  }

  /** The oldest run that still wants somebody. */
  #order(member: Member): void {
    if (!member.ready || member.busy || this.#stopped) return;
    const round = this.#open.find(({ board, done }) => board.hasMore && !done.has(member));
    if (round === undefined) return;
    member.busy = true;
    member.fraction = 0;
    this.#at.set(member, round);
    round.began ??= performance.now();
    member.order({ round: round.number, index: round.index, hash: round.facts.hash, board: round.board.buffer, trace: round.trace, rehearse: this.#rehearse });
  }

  #hear(member: Member, message: FromWorker): void {
    if (message.type === 'read') return;
    if (message.type === 'ready') {
      this.#order(member);
      return;
    }
    const round = this.#at.get(member);
    if (message.type === 'finished') {
      member.busy = false;
      this.#at.delete(member);
      round?.done.add(member);
      this.#order(member);
    }
    // From a run that is over: a replication that was no longer wanted.
    if (round === undefined || !this.#open.includes(round)) return;
    this.#guarded(round, () => {
      this.#note(member, round, message);
      this.#proceed(round);
    });
  }

  #note(member: Member, { brought, gathering }: Round, message: FromWorker): void {
    switch (message.type) {
      case 'progress':
        member.fraction = message.fraction;
        break;
      case 'replication':
        member.fraction = 0;
        brought.add(member);
        gathering.put(unpackReplication(message.packed));
        break;
      case 'failure':
        gathering.fail(message.failure.replication, message.failure);
    }
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
    if (!this.#isUnderWay(round) && (this.#stopped || members.every((member) => round.done.has(member)))) {
      if (!this.#stopped) throw new UserError('the scenario has changed while it was run; run it again');
      this.#finish(round);
      return;
    }
    const under = members.reduce((sum, member) => sum + (this.#at.get(member) === round ? member.fraction : 0), 0);
    round.onProgress({ done: gathering.arrived, share: Math.min(1, (gathering.arrived + under) / round.facts.replications) });
  }

  #isUnderWay(round: Round): boolean {
    return [...this.#at.values()].includes(round);
  }

  #finish(round: Round): void {
    const { gathering, plan, rule, facts } = round;
    if (gathering.failure !== null) {
      this.#settle(round, { type: 'failure', failure: gathering.failure });
      return;
    }
    const precision = rule?.outcome(gathering.done, facts.replications) ?? null;
    const result = assemble(plan.subject, plan.expectations, gathering.done, gathering.complete, precision);
    const seconds = round.began === null ? 0 : (performance.now() - round.began) / 1000;
    this.#settle(round, { type: 'result', result, effort: { seconds, jobs: round.brought.size } });
  }

  /** Whoever is still at it gives up at the next look. */
  #settle(round: Round, outcome: Outcome): void {
    this.#leave(round);
    round.resolve(outcome);
  }

  #leave(round: Round): void {
    round.board.endAfter(0);
    const place = this.#open.indexOf(round);
    if (place >= 0) this.#open.splice(place, 1);
  }

  /** A thread is gone. What it was at ends with it; the others go on, with another thread if it was the last one. */
  #lose(member: Member, error: Error | null): void {
    const at = this.#at.get(member);
    this.#at.delete(member);
    const tooLarge = (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const concerned = tooLarge && at !== undefined ? this.#open.filter((round) => round === at) : [...this.#open];
    for (const round of concerned) {
      this.#guarded(round, () => {
        if (error === null) throw new Error('a simulation thread ended without a word');
        if (!tooLarge) throw error;
        this.#settle(round, { type: 'too-large' });
      });
    }
    if (this.#open.length > 0) this.#employ(this.#open[0]);
  }

  /** An error in what a thread said must end its run, not the process. */
  #guarded(round: Round, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#leave(round);
      round.reject(error);
    }
  }
}

/** Before V8 ends the process: it does so without a word that a user could use. */
function memoryIsShort(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > limit * MOST_MEMORY;
}
