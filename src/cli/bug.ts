/** The text for a bug of ours: what broke, where in the simulation, and the line that shows it again. The stack is for developers. */
import { shellQuoted } from './reproduce.js';
import { VERSION } from './version.js';
import { duration } from '../report/index.js';

export interface Bug {
  readonly error: unknown;
  /** The words of the command that shows it again. */
  readonly command: readonly string[] | string;
  readonly seed?: number | string;
  readonly replication?: number;
  readonly simulatedSeconds?: number;
}

export function bugText({ error, command, seed, replication, simulatedSeconds }: Bug): string {
  const failure = error instanceof Error ? error : new Error(String(error));
  const where = [
    ...(seed === undefined ? [] : [`seed ${String(seed)}`]),
    ...(replication === undefined ? [] : [`replication ${String(replication)}`]),
    ...(simulatedSeconds === undefined ? [] : [`simulated time ${duration(simulatedSeconds)} (${String(simulatedSeconds)} s)`]),
  ];
  const lines = [
    `this is a bug of hasim ${VERSION}: ${failure.name}: ${failure.message}`,
    ...(where.length === 0 ? [] : [`  at ${where.join(', ')}`]),
    `  reproduce: ${typeof command === 'string' ? command : command.map(shellQuoted).join(' ')}`,
    process.env.HASIM_DEBUG === '1' ? (failure.stack ?? '') : '  HASIM_DEBUG=1 adds the stack',
  ];
  return `${lines.join('\n')}\n`;
}
