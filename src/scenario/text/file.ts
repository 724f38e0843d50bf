/** Reading files a scenario consists of: limits, encodings, and how a path is shown. It does not look inside. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

const MEBIBYTE = 1024 * 1024;
/** A scenario is written by people; what is larger is a mistake (a result file, a log). */
export const MAX_SCENARIO_BYTES = 5 * MEBIBYTE;
export const MAX_DATA_BYTES = 256 * MEBIBYTE;

/** Names of texts that are not files. */
export const STDIN = '<stdin>';
export const SET = '--set';
export const VARY = '--vary';
export const FIND = '--find';
export const SHOW = '--show';

export type ReadResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'missing' | 'large' | 'encoding'; readonly message: string };

/** The size is checked before anything is read. */
export function readLimited(path: string, limit: number): ReadResult {
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    const about = fstatSync(handle);
    if (about.isDirectory()) return { ok: false, reason: 'missing', message: 'it is a directory' };
    if (about.size > limit) return { ok: false, reason: 'large', message: tooLarge(about.size, limit) };
    const bytes = readFileSync(handle);
    if (bytes.length > limit) return { ok: false, reason: 'large', message: tooLarge(bytes.length, limit) };
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, reason: 'encoding', message: 'it is not UTF-8 text' };
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const message = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : `it cannot be read (${code})`;
    return { ok: false, reason: 'missing', message };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

export function tooLarge(size: number, limit: number): string {
  return `it has ${(size / MEBIBYTE).toFixed(1)} MiB, and the limit is ${String(limit / MEBIBYTE)} MiB`;
}

/** Relative to the working directory when inside it. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return resolve(path);
  return inside.split(sep).join('/');
}

/** A path written in a text: relative to the file it is written in; on the command line, to the working directory. */
export function besideFile(file: string, written: string): string {
  return file === STDIN || file === SET || file === VARY ? resolve(written) : resolve(dirname(file), written);
}
