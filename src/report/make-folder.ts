/**
 * Makes a folder and the folders it stands in, one by one.
 *
 * Not `mkdir` with `recursive`: on file systems that refuse new folders with "no such file" (`/proc`) that never returns.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The topmost folder that was made; undefined when all were there. Throws what the file system says. */
export function makeFolder(path: string): string | undefined {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const folder of missing) mkdirSync(folder);
  return missing[0];
}
