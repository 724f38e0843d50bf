/** Where the results of each scenario go, and that no two go to one place. Checked before anything runs. */
import { join } from 'node:path';
import { openFolder, RESULT_FILES, type ResultFolder } from '../../report/index.js';
import { UserError } from '../errors.js';

/** A scenario and the file it came from. */
export interface Named { readonly name: string; readonly file: string }

/** `--out` names the folder of a single scenario; of several, each gets a folder of its name inside it. */
export function folderPaths(scenarios: readonly Named[], out: string | undefined): readonly string[] {
  refuseSameName(scenarios);
  return scenarios.map(({ name, file }) => {
    if (out !== undefined && scenarios.length === 1) return out;
    return folderInside(out ?? 'results', { name, file });
  });
}

/** The folder of a scenario in a folder of several. */
export function folderInside(folder: string, { name, file }: Named): string {
  if (name === '.' || name === '..' || /[/\\\0]/.test(name)) {
    throw new UserError(`${file}: the name "${name}" cannot be the name of a folder; use --out`);
  }
  return join(folder, name);
}

export function refuseSameName(scenarios: readonly Named[]): void {
  const first = new Map<string, string>();
  for (const { name, file } of scenarios) {
    const other = first.get(name);
    if (other !== undefined) {
      throw new UserError(`two scenarios are named "${name}": ${other} and ${file}; one would overwrite the results of the other`);
    }
    first.set(name, file);
  }
}

/** Opens all folders, or none. */
export function openFolders(paths: readonly string[]): readonly ResultFolder[] {
  const opened: ResultFolder[] = [];
  try {
    for (const path of paths) opened.push(openFolder(path, RESULT_FILES));
    return opened;
  } catch (error) {
    for (const folder of opened) folder.abandon();
    throw error;
  }
}
