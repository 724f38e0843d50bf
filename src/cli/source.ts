/** Where the text of a scenario comes from: a file, or stdin for `-`. */
import { readFileSync, readSync } from 'node:fs';
import { isatty } from 'node:tty';
import { STDIN } from '../scenario/text/file.js';
import { UserError } from './errors.js';

/** Between two looks at a pipe that has nothing yet, ms. */
const PATIENCE = 20;

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
  // Not `process.stdin`: to touch it makes a pipe non-blocking, and a slow writer would then look like an error.
  if (isatty(0)) process.stderr.write('reading a scenario from the terminal; end it with Ctrl-D\n');
  const bytes = bytesOfStdin();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError('stdin is not UTF-8 text');
  }
}

function bytesOfStdin(): Buffer {
  try {
    return patientBytes();
  } catch (error) {
    throw new UserError(`stdin cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

/** Piece by piece: a pipe that somebody made non-blocking has gaps, and at a gap `readFileSync` loses what it has read. */
function patientBytes(): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    try {
      const count = readSync(0, chunk);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // How the end of a pipe is told on Windows.
      if (code === 'EOF') return Buffer.concat(chunks);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
    }
  }
}
