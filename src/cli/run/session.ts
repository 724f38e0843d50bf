/**
 * One call of the simulation thread: starts it, waits for what it read, has it run one scenario at a time, stops it when asked.
 *
 * Not here: what becomes of a result, and who asks to stop.
 */
import { Worker } from 'node:worker_threads';
import type { ExperimentResult } from '../../experiment/result.js';
import type { Failure, FromWorker, ReadScenario, ToWorker, WorkerRequest } from './messages.js';

/** A simulation that was asked to stop and has not said anything for this long is ended, ms. */
const PATIENCE = 1200;

export type Outcome =
  | { readonly type: 'result'; readonly result: ExperimentResult }
  | { readonly type: 'failure'; readonly failure: Failure }
  /** The machine has no memory left for it. */
  | { readonly type: 'too-large' }
  /** Ended without a result, because it was asked to stop and did not. */
  | { readonly type: 'ended' };

export type OnProgress = (replication: number, replications: number, fraction: number) => void;

export class Session {
  readonly #worker: Worker;
  readonly #stop: Int32Array;
  #onMessage: (message: FromWorker) => void = () => undefined;
  #onEnd: (error: Error | null) => void = () => undefined;

  constructor(request: WorkerRequest) {
    this.#stop = new Int32Array(request.stop);
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: request });
    this.#worker.on('message', (message: FromWorker) => this.#onMessage(message));
    this.#worker.on('error', (error) => this.#onEnd(error as Error));
    this.#worker.on('exit', () => this.#onEnd(null));
  }

  /** What was read, in the order of the sources. Rejects with an error that is a bug of ours. */
  read(): Promise<readonly ReadScenario[]> {
    return new Promise((resolve, reject) => {
      this.#onMessage = (message) => {
        if (message.type === 'read') resolve(message.scenarios);
      };
      this.#onEnd = (error) => reject(error ?? new Error('the simulation thread ended while reading'));
    });
  }

  run(index: number, onProgress: OnProgress): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#onMessage = (message) => {
        if (message.type === 'progress') onProgress(message.replication, message.replications, message.fraction);
        if (message.type === 'result' || message.type === 'failure') resolve(message);
      };
      this.#onEnd = (error) => {
        if (error === null && this.stopped) resolve({ type: 'ended' });
        else if (error === null) reject(new Error('the simulation thread ended without a word'));
        else if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ type: 'too-large' });
        else reject(error);
      };
      this.#worker.postMessage({ run: index } satisfies ToWorker);
    });
  }

  /** The run in progress ends at its next look: complete replications are kept. */
  stop(): void {
    Atomics.store(this.#stop, 0, 1);
    setTimeout(() => void this.#worker.terminate(), PATIENCE).unref();
  }

  get stopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
