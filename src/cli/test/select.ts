/**
 * Which scenario files a test is about: files as they are named, of a folder all that are scenarios, in the order of their names.
 *
 * A file whose name starts with `_` is there to be extended: never run, however it was named (a glob of the shell names it, too).
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UserError } from '../errors.js';

export interface Selection {
  readonly files: readonly string[];
  /** Named by the user, but only there to be extended. */
  readonly passedOver: readonly string[];
}

export const isScenarioFile = (name: string): boolean => /\.(ya?ml|json)$/i.test(name);
const isBase = (file: string): boolean => basename(file).startsWith('_');

/** A file that is not there stays in the list: what reads it says so. */
export function selectFiles(named: readonly string[]): Selection {
  const seen = new Set<string>();
  const found = named.flatMap((one) => (isFolder(one) ? inside(one) : [one])).filter((file) => {
    const path = file === '-' ? file : resolve(file);
    return !seen.has(path) && seen.add(path);
  });
  const files = found.filter((file) => !isBase(file));
  const passedOver = found.filter(isBase);
  if (files.length === 0) {
    throw new UserError(`nothing to test: ${passedOver.join(', ')} can only be extended, for a name that starts with _ says so`);
  }
  return { files, passedOver };
}

function inside(folder: string): string[] {
  const files = namesIn(folder).filter((name) => isScenarioFile(name) && !isBase(name)).sort();
  if (files.length === 0) throw new UserError(`${folder} holds no scenario: no *.yaml, *.yml or *.json whose name does not start with _`);
  return files.map((name) => (folder === '.' ? name : join(folder, name)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    throw new UserError(`${folder} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

export function isFolder(path: string): boolean {
  try {
    return path !== '-' && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // Something on the way is no folder: no such file.
    return false;
  }
}
