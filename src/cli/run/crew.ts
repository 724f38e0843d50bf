/**
 * The threads of the simulation: starts them, hears them, says when one is ready or has died.
 *
 * Not here: what they are asked to do, and what becomes of their results.
 */
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './messages.js';

/** What every thread says, whatever else: it has read its input, as the first or as a helper. */
export interface Said { readonly type: string }

export interface Member<Order = ToWorker> {
  /** It has read the scenarios and can be asked to run one. */
  ready: boolean;
  /** It has been asked, and has not said yet that nothing is left. */
  busy: boolean;
  /** Share of the replication under way that is over. */
  fraction: number;
  readonly order: (order: Order) => void;
}

export interface Listener<Order = ToWorker, Message extends Said = FromWorker> {
  readonly onMessage: (member: Member<Order>, message: Message) => void;
  /** A thread is gone; null: it ended by itself. */
  readonly onDeath: (member: Member<Order>, error: Error | null) => void;
}

export class Crew<Order = ToWorker, Message extends Said = FromWorker> {
  readonly members = new Set<Member<Order>>();
  readonly #request: object;
  readonly #script: URL;
  readonly #workers: Worker[] = [];
  listener: Listener<Order, Message> = { onMessage: () => undefined, onDeath: () => undefined };

  /**
   * @param request what every thread is started with
   * @param script what the threads run
   */
  constructor(request: object, script: URL) {
    this.#request = request;
    this.#script = script;
  }

  /** Starts one more thread. */
  start(helper: boolean): void {
    const worker = new Worker(this.#script, { workerData: { ...this.#request, helper } });
    const member: Member<Order> = { ready: false, busy: false, fraction: 0, order: (order) => worker.postMessage(order) };
    this.members.add(member);
    this.#workers.push(worker);
    worker.on('message', (message: Message) => {
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
