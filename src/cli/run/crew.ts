/**
 * The threads of the simulation: starts them, hears them, says when one is ready or has died.
 *
 * Not here: what they are asked to do, and what becomes of their results.
 */
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerData, WorkerRequest } from './messages.js';

export interface Member {
  /** It has read the scenarios and can be asked to run one. */
  ready: boolean;
  /** It has been asked, and has not said yet that nothing is left. */
  busy: boolean;
  /** Share of the replication under way that is over. */
  fraction: number;
  readonly order: (order: ToWorker) => void;
}

export interface Listener {
  readonly onMessage: (member: Member, message: FromWorker) => void;
  /** A thread is gone; null: it ended by itself. */
  readonly onDeath: (member: Member, error: Error | null) => void;
}

export class Crew {
  readonly members = new Set<Member>();
  readonly #request: WorkerRequest;
  readonly #script: URL;
  readonly #workers: Worker[] = [];
  listener: Listener = { onMessage: () => undefined, onDeath: () => undefined };

  /** @param script what the threads run */
  constructor(request: WorkerRequest, script: URL) {
    this.#request = request;
    this.#script = script;
  }

  /** Starts one more thread. */
  start(helper: boolean): void {
    const worker = new Worker(this.#script, { workerData: { ...this.#request, helper } satisfies WorkerData });
    const member: Member = { ready: false, busy: false, fraction: 0, order: (order) => worker.postMessage(order) };
    this.members.add(member);
    this.#workers.push(worker);
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'read' || message.type === 'ready') member.ready = true;
      this.listener.onMessage(member, message);
    });
    const gone = (error: Error | null): void => {
      if (this.members.delete(member)) this.listener.onDeath(member, error);
    };
    worker.on('error', (error) => gone(error as Error));
    worker.on('exit', () => gone(null));
  }

  /** Ends all threads, whatever they are at. */
  async end(): Promise<void> {
    this.members.clear();
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }
}
