/**
 * The thread of an exact solver: reads one scenario that is known to be sound, solves it, says so.
 *
 * A thread of its own because it is one long computation: that of the command line stays free for signals and progress.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { solve } from '../../experiment/exact/solve.js';
import { catalogue } from '../../kinds/index.js';
import { readScenario } from '../../scenario/index.js';
import { UserError } from '../errors.js';
import type { FromSolver, SolverData } from './messages.js';

const { source, overrides, at, maxStates } = workerData as SolverData;
const say = (message: FromSolver): void => parentPort!.postMessage(message);

try {
  const { scenario } = readScenario(source, overrides, catalogue);
  if (scenario === null) throw new UserError('the scenario has changed while it was read; try again');
  say({ type: 'solved', outcome: solve(scenario.definition, catalogue, { maxStates, at, onProgress: (states) => say({ type: 'progress', states }) }) });
} catch (error) {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  say({ type: 'failure', failure: { name, message, stack } });
}
