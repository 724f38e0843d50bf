/**
 * What the word under the cursor may become, read off the declarations of the commands.
 *
 * Not here: how a shell asks, and how it shows the answer.
 */
import { readdirSync } from 'node:fs';
import type { Command, CommandOption } from '../command.js';
import { isFolder, isScenarioFile } from '../test/select.js';

/** @param words what stands after `hasim`; the last one, maybe empty, is being typed */
export async function candidates(words: readonly string[], commands: readonly Command[]): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = commands.find(({ name }) => before.includes(name));
  // As bash gives it, `--reporter=junit` is three words; the other shells keep it together.
  if (typed === '=' || before.at(-1) === '=') {
    const option = optionOf(command, before.at(before.at(-1) === '=' ? -2 : -1));
    return option === undefined ? [] : fitting(valuesOf(option, typed === '=' ? '' : typed), typed === '=' ? '' : typed);
  }
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(typed) ?? [];
  if (name !== undefined) {
    const option = optionOf(command, name);
    return option === undefined ? [] : fitting(valuesOf(option, value), value).map((one) => `${name}=${one}`);
  }
  if (command === undefined) {
    return fitting(typed.startsWith('-') ? ['--help', '--version', '--no-color'] : commands.map((one) => one.name), typed);
  }
  const wanting = optionOf(command, before.at(-1));
  if (wanting !== undefined && wanting.type !== 'boolean') return fitting(valuesOf(wanting, typed), typed);
  if (typed.startsWith('-')) return fitting(openOptions(command, before), typed);
  return fitting(await positionals(command, typed), typed);
}

function optionOf(command: Command | undefined, word: string | undefined): CommandOption | undefined {
  const [, name] = /^--(.+)$/.exec(word ?? '') ?? [];
  return name !== undefined && command !== undefined && Object.hasOwn(command.options, name) ? command.options[name] : undefined;
}

/** Those that are not given yet, or may be given again. */
function openOptions({ options }: Command, before: readonly string[]): string[] {
  const all = Object.entries(options).filter(([name, { array }]) => array === true || !before.includes(`--${name}`)).map(([name]) => `--${name}`);
  return [...all, '--help', '--no-color'];
}

function valuesOf({ choices, completes }: CommandOption, typed: string): readonly string[] {
  if (completes === 'folders') return paths(typed, () => false);
  if (completes === 'files') return paths(typed, () => true);
  return completes ?? (choices ?? []).map(String);
}

async function positionals({ completes }: Command, typed: string): Promise<readonly string[]> {
  if (completes === undefined) return [];
  return completes === 'scenarios' ? paths(typed, isScenarioFile) : completes();
}

/** Folders, which end in a slash, and those files that are wanted, in the folder that is typed already. */
function paths(typed: string, wanted: (name: string) => boolean): string[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const hidden = typed.slice(folder.length).startsWith('.');
  try {
    return readdirSync(folder === '' ? '.' : folder).sort().flatMap((name) => {
      if (name.startsWith('.') && !hidden) return [];
      if (isFolder(folder + name)) return [`${folder}${name}/`];
      return wanted(name) ? [folder + name] : [];
    });
  } catch {
    // What is typed is no folder: nothing is in it.
    return [];
  }
}

const fitting = (all: readonly string[], typed: string): string[] => all.filter((one) => one.startsWith(typed));
