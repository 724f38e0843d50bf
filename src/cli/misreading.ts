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

/** A message of yargs about the arguments of `command`, whose options are `known`. */
export function misreading(message: string, command: Command, known: readonly string[]): string {
  const hint = `\nhasim ${command.name} --help lists what it takes`;
  const unknown = /^Unknown arguments?: (.+)$/s.exec(message)?.[1];
  if (unknown !== undefined) return unknown.split(', ').map((word) => unknownOption(word, known)).join('\n') + hint;
  if (message.startsWith('Not enough non-option arguments')) return `something is missing: hasim ${command.usage}${hint}`;
  return message + hint;
}

function unknownOption(word: string, known: readonly string[]): string {
  const suggestion = didYouMean(word, known).replaceAll('"', '').replace(/(mean| or) /g, '$1 --');
  return `unknown option or argument "${word}"${suggestion}`;
}
