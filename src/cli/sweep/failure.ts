/** A variant that could not be run to its end: whose mistake that is, how it is shown again, and what is kept of the others. */
import { bugText } from '../bug.js';
import { Exit } from '../exit.js';
import { reproduceCommand } from '../reproduce.js';
import type { Terminal } from '../terminal.js';
import { writeJson } from '../terminal.js';
import type { VariantFailure } from './lanes.js';
import { reproduce } from './report.js';
import type { SweepRequest } from './request.js';
import type { ReadVariant } from './variants.js';
import { variantLabel } from './variants.js';

export interface FailureContext {
  readonly file: string;
  readonly request: SweepRequest;
  readonly json: boolean;
  /** What is kept, and how to go on; empty: nothing. */
  readonly goOn: string;
}

export function tellFailure({ variant, failure }: VariantFailure, { file, request, json, goOn }: FailureContext, terminal: Terminal): Exit {
  const label = variantLabel(variant, request);
  const command = commandOf(variant, file, request);
  const end = (exit: Exit, message: string): Exit => {
    if (goOn !== '') terminal.err(goOn);
    if (json) writeJson(terminal, { exit_code: exit, variant: label, error: message, reproduce: command });
    return exit;
  };
  if (failure === 'too-large') {
    terminal.err(`hasim: ${label}: it does not fit into memory; fewer messages, a shorter horizon, or NODE_OPTIONS=--max-old-space-size=8192\n`);
    return end(Exit.undecided, 'it does not fit into memory');
  }
  // A definition that cannot be built is the user's to mend.
  if (failure.name === 'ModelError') {
    terminal.err(`hasim: ${label}: ${failure.message}\n`);
    return end(Exit.user, failure.message);
  }
  const error = Object.assign(new Error(failure.message), { name: failure.name, stack: failure.stack });
  terminal.err(bugText({ error, command, seed: variant.seed, replication: failure.replication, simulatedSeconds: failure.simulatedSeconds }));
  return end(Exit.bug, failure.message);
}

/** As a run of its own where it can be one: `run` knows no alternatives. */
function commandOf({ seed, replications, values }: ReadVariant, file: string, request: SweepRequest): string {
  if (request.alternatives.size > 0) return reproduce(request, file, seed);
  return reproduceCommand({ file, seed, replications, set: [...request.set, ...request.dimensions.map(({ name }, place) => `${name}=${values[place]}`)] });
}
