/** What every command declares; `program.ts` makes it known to yargs. A command returns its exit code and throws UserError. */
import type { Argv, Options } from 'yargs';
import type { Arguments } from './arguments.js';
import type { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

export interface CommandOption extends Options {
  /** What the shell may complete its value to, for what is not one of `choices`. */
  readonly completes?: 'folders' | 'files' | readonly string[];
}

export interface Command {
  readonly name: string;
  /** Name and positional arguments, as yargs reads them: `run <files..>`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Command line and what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  readonly positionals?: (yargs: Argv) => Argv;
  /** Printed under the help of this command. */
  readonly epilogue?: string;
  /** What the shell may complete its positional arguments to; absent: nothing is known. */
  readonly completes?: 'scenarios' | (() => Promise<readonly string[]>);
  run(args: Arguments, terminal: Terminal): Promise<Exit> | Exit;
}
