/**
 * The command line as a whole: finds the command, reads its options, runs it, and turns whatever happens into an exit code.
 *
 * Not here: what a command does (`commands/`), and the life of the process (`main.ts`).
 */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import { NO_COLOR_OPTION, protectDashes } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { Command } from './command.js';
import { commands } from './commands/index.js';
import { isUserError, UserError } from './errors.js';
import { Exit } from './exit.js';
import { commandFirst, misreading, refuseFlagValues, refuseUnknownCommand } from './misreading.js';
import { openTerminal, writeJson } from './terminal.js';
import type { Terminal } from './terminal.js';
import { bugText } from './bug.js';
import { VERSION } from './version.js';

const EXIT_CODES =
  'Exit codes: 0 done, expectations met; 1 an expectation missed, or something worse; 2 wrong input; 3 undecided or no data; 4 a bug of hasim; 130 interrupted.';

/** Every option that takes no value. */
const FLAGS = ['no-color', ...commands.flatMap(({ options }) => Object.keys(options).filter((name) => options[name].type === 'boolean'))];

/** Runs one command line and returns its exit code. Never throws. */
export async function runProgram(argv: readonly string[]): Promise<Exit> {
  const terminal = openTerminal(argv.includes('--no-color'));
  // Whoever asked for a document gets one, whatever happens.
  const document = (exit: Exit, error: unknown): void => {
    if (wantsDocument(argv)) writeJson(terminal, { exit_code: exit, error: error instanceof Error ? error.message : String(error) });
  };
  try {
    const names = commands.map((command) => command.name);
    refuseUnknownCommand(argv, names);
    refuseFlagValues(argv, FLAGS);
    return await dispatch(commandFirst(argv, names), terminal);
  } catch (error) {
    if (isUserError(error)) {
      terminal.err(`${terminal.paintErr.bad('hasim:')} ${error.message}\n`);
      document(Exit.user, error);
      return Exit.user;
    }
    terminal.err(bugText({ error, command: ['npx', 'hasim', ...argv] }));
    document(Exit.bug, error);
    return Exit.bug;
  }
}

/** Looked up in the words as they are, for they may be what cannot be read. */
function wantsDocument(argv: readonly string[]): boolean {
  return ['--json', '--json=true', '--reporter=json'].some((word) => argv.includes(word)) || argv.some((word, at) => word === '--reporter' && argv[at + 1] === 'json');
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<Exit> {
  let exit: Exit = Exit.done;
  const parser = configured(yargs(protectDashes(argv)));
  for (const command of commands) {
    parser.command({
      command: command.usage,
      describe: command.summary,
      builder: (sub) => describe(sub, command),
      handler: async (args) => {
        exit = await command.run(args as Arguments, terminal);
      },
    });
  }
  if (argv.length === 0) {
    terminal.out(`${await parser.getHelp()}\n`);
    return exit;
  }
  await parser.parseAsync();
  return exit;
}

function configured(parser: Argv): Argv {
  return parser
    .scriptName('hasim')
    .usage('hasim <command>\n\nSimulates high-availability topologies: what stops, what is lost, what is processed twice, how long until it is back.')
    .example('hasim init my.yaml', 'write a small scenario that runs as it is')
    .example('hasim run my.yaml', 'simulate it; figures on the terminal, tables in results/')
    .example('hasim kinds', 'what a topology can be built of')
    .epilogue(`${EXIT_CODES}\nhasim <command> --help explains a command.`)
    .option('no-color', NO_COLOR_OPTION)
    .version(VERSION)
    .help()
    .alias('help', 'h')
    // The answer must not depend on the language of the machine.
    .locale('en')
    .detectLocale(false)
    .wrap(100)
    .strict()
    .demandCommand(1, 'no command is given')
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration({
      'boolean-negation': false, 'camel-case-expansion': false, 'dot-notation': false, 'greedy-arrays': false,
      'parse-numbers': false, 'parse-positional-numbers': false,
    })
    .fail((message: string | null, error: Error | undefined) => {
      throw thrown(error) ?? new UserError(message ?? error?.message ?? 'the command line cannot be read');
    });
}

/** What a command threw. An error of yargs itself (an option without its value) is a mistake in the command line, not a bug. */
function thrown(error: Error | undefined): Error | undefined {
  return error?.name === 'YError' ? undefined : error;
}

function describe(sub: Argv, command: Command): Argv {
  const known = [...Object.keys(command.options), 'no-color', 'help', 'version'];
  let described = sub
    .usage(`hasim ${command.usage}\n\n${command.summary[0].toUpperCase()}${command.summary.slice(1)}.`)
    .options({ ...command.options })
    .fail((message: string | null, error: Error | undefined) => {
      throw thrown(error) ?? new UserError(misreading(message ?? error?.message ?? '', command, known));
    });
  if (command.positionals !== undefined) described = command.positionals(described);
  for (const [line, does] of command.examples) described = described.example(line, does);
  return described.epilogue([command.epilogue, EXIT_CODES].filter((part) => part !== undefined).join('\n\n'));
}

