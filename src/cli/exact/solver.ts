/** Solves a scenario in a thread of its own: progress on stderr, SIGINT ends it. Not here: what is made of the outcome. */
import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../experiment/exact/solve.js';
import { plural } from '../../report/index.js';
import { UserError } from '../errors.js';
import { onInterrupt } from '../run/interrupt.js';
import type { Terminal } from '../terminal.js';
import type { FromSolver, SolverData } from './messages.js';

/** States that are found in no time. */
const WORTH_TELLING = 2000;

/** Null: interrupted. @throws what the solver threw */
export async function solveApart(data: SolverData, name: string, quiet: boolean, terminal: Terminal): Promise<Outcome | null> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: data });
  let forget = (): void => undefined;
  let told = WORTH_TELLING;
  try {
    return await new Promise<Outcome | null>((resolve, reject) => {
      forget = onInterrupt(() => resolve(null));
      worker.on('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new UserError(`${name} does not fit into memory; --max-states, or NODE_OPTIONS=--max-old-space-size=8192`) : error);
      });
      worker.on('message', (message: FromSolver) => {
        if (message.type === 'solved') resolve(message.outcome);
        else if (message.type === 'failure') reject(Object.assign(new Error(message.failure.message), message.failure));
        else if (!quiet && message.states >= told) {
          terminal.err(`${name}: ${plural(message.states, 'state')}\n`);
          told = message.states * 2;
        }
      });
    });
  } finally {
    forget();
    void worker.terminate();
  }
}
