/** Where the text of a scenario comes from: a file, or stdin for `-`. */
import { readFileSync } from 'node:fs';
import { STDIN } from '../scenario/text/file.js';
import { UserError } from './errors.js';

export type ScenarioSource = { readonly file: string } | { readonly text: string; readonly file: string };

export function sourceOf(file: string): ScenarioSource {
  return file === '-' ? { text: readStdin(), file: STDIN } : { file };
}

/** The lines that diagnostics show: the text of a source by its name, of other files (extended ones) as they are on disk. */
export function textsOf(sources: readonly ScenarioSource[]): (file: string) => string | undefined {
  const given = new Map(sources.flatMap((source) => ('text' in source ? [[source.file, source.text] as const] : [])));
  return (file) => given.get(file) ?? textOnDisk(file);
}

function textOnDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A name that is no file (`--set`), or a file that cannot be read: then that is what the diagnostic says.
    return undefined;
  }
}

function readStdin(): string {
  if (process.stdin.isTTY) process.stderr.write('reading a scenario from the terminal; end it with Ctrl-D\n');
  const bytes = bytesOfStdin();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError('stdin is not UTF-8 text');
  }
}

function bytesOfStdin(): Buffer {
  try {
    return readFileSync(0);
  } catch (error) {
    throw new UserError(`stdin cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}
