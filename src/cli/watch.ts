/**
 * `--watch`: does something again whenever a file that it read changes, until Ctrl-C.
 *
 * Folders are watched and not files: editors put a new file in the place of the old one. Several changes at once, as when a version
 * is checked out, are one. A mistake of the user is told and waited out; a bug ends it.
 *
 * Not here: what is done, and what an interrupt does to it.
 */
import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { shownPath } from '../scenario/text/file.js';
import { isUserError, UserError } from './errors.js';
import { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

/** Changes that are no further apart are one, ms. */
const TOGETHER = 150;

export interface Watched {
  /** Does it once. `read` is to be told what was read, as soon as that is known. */
  readonly once: (read: (files: readonly string[]) => void) => Promise<Exit>;
  /** What is watched whatever was read. */
  readonly files: readonly string[];
  /** Folders in which a new file of interest may turn up. */
  readonly folders: readonly string[];
  readonly isOfInterest: (name: string) => boolean;
}

/** Ends only with an interrupt, or a bug. */
export async function watching(watched: Watched, terminal: Terminal): Promise<Exit> {
  let files = new Set(watched.files.map((file) => resolve(file)));
  for (;;) {
    const began = Date.now();
    const exit = await onceTold(watched, terminal, (read) => {
      files = new Set([...watched.files, ...read].map((file) => resolve(file)));
    });
    if (exit === Exit.interrupted || exit === Exit.bug) return exit;
    terminal.err('watching; Ctrl-C ends\n');
    terminal.err(`\n${shownPath(await nextChange(files, watched, began))} has changed\n`);
  }
}

async function onceTold({ once }: Watched, terminal: Terminal, read: (files: readonly string[]) => void): Promise<Exit> {
  try {
    return await once(read);
  } catch (error) {
    if (!isUserError(error)) throw error;
    terminal.err(`${terminal.paintErr.bad('hasim:')} ${error.message}\n`);
    return Exit.user;
  }
}

/** The name of the first file that changes, or that has changed since `began`. */
async function nextChange(files: ReadonlySet<string>, { folders, isOfInterest }: Watched, began: number): Promise<string> {
  const watchers: FSWatcher[] = [];
  try {
    return await new Promise<string>((found, failed) => {
      const told = (file: string): void => void setTimeout(() => found(file), TOGETHER);
      const open = new Set(folders.map((folder) => resolve(folder)));
      for (const folder of new Set([...open, ...[...files].map((file) => dirname(file))])) {
        try {
          watchers.push(watch(folder, (_, name) => {
            if (name === null || files.has(join(folder, name)) || (open.has(folder) && isOfInterest(name))) told(name === null ? folder : join(folder, name));
          }).on('error', () => undefined));
        } catch {
          // A folder that is not there cannot change; the others may.
        }
      }
      if (watchers.length === 0) failed(new UserError('nothing can be watched: none of the folders is there'));
      // While it was read, or before the watchers stood.
      const late = [...files].find((file) => changedSince(file, began));
      if (late !== undefined) told(late);
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

function changedSince(file: string, began: number): boolean {
  try {
    return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > began;
  } catch {
    return false;
  }
}
