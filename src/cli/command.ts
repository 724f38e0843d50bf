/** What every command declares; `program.ts` makes it known to yargs. A command returns its exit code and throws UserError. */
import type { Argv, Options } from 'yargs';
import type { Arguments } from './arguments.js';
import type { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

export interface Command {
  readonly name: string;
  /** Name and positional arguments, as yargs reads them: `run <files..>`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Options>>;
  /** Command line and what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  readonly positionals?: (yargs: Argv) => Argv;
  /** Printed under the help of this command. */
  readonly epilogue?: string;
  run(args: Arguments, terminal: Terminal): Promise<Exit> | Exit;
}
