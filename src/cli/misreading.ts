/** What is wrong with a command line, in words that help: yargs says that something is unknown, this says what was probably meant. */
import type { Command } from './command.js';
import { UserError } from './errors.js';
import { didYouMean } from './suggest.js';

/** The first word must be a command that exists; options may stand before it. */
export function refuseUnknownCommand(argv: readonly string[], names: readonly string[]): void {
  const first = argv.find((word) => word !== '--no-color');
  if (first === undefined || first.startsWith('-') || names.includes(first)) return;
  throw new UserError(`unknown command "${first}"${didYouMean(first, names)}\ncommands: ${names.join(', ')}`);
}

/**
 * Options may stand before the command, but yargs would take the command for the value of a flag: `--quiet run x.yaml`.
 * So the command goes first, unless what stands before it is more than options.
 */
export function commandFirst(argv: readonly string[], names: readonly string[]): readonly string[] {
  const at = argv.findIndex((word) => !word.startsWith('-'));
  return at > 0 && names.includes(argv[at]) ? [argv[at], ...argv.slice(0, at), ...argv.slice(at + 1)] : argv;
}

/** `--json=5`: yargs would take it for `--json=false`, and nobody would notice. */
export function refuseFlagValues(argv: readonly string[], flags: readonly string[]): void {
  for (const word of argv) {
    const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined && flags.includes(name) && value !== 'true' && value !== 'false') throw new UserError(`--${name} takes no value: "${value}" is not read`);
  }
}

/** A message of yargs about the arguments of `command`, whose options are `known`. */
export function misreading(message: string, command: Command, known: readonly string[]): string {
  const hint = `\nhasim ${command.name} --help lists what it takes`;
  const unknown = /^Unknown arguments?: (.+)$/s.exec(message)?.[1];
  if (unknown !== undefined) return unknown.split(', ').map((word) => unknownOption(word, known)).join('\n') + hint;
  const bare = /^Not enough arguments following: (.+)$/s.exec(message)?.[1];
  if (bare !== undefined) return `--${bare} needs a value${hint}`;
  if (message.startsWith('Not enough non-option arguments')) return `something is missing: hasim ${command.usage}${hint}`;
  return message + hint;
}

function unknownOption(word: string, known: readonly string[]): string {
  const suggestion = didYouMean(word, known).replaceAll('"', '').replace(/(mean| or) /g, '$1 --');
  return `unknown option or argument "${word}"${suggestion}`;
}
