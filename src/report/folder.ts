/**
 * A result folder: checked before a simulation starts, filled all at once after it has ended.
 *
 * Every file is first written under a temporary name in the same folder; only when all are complete are they renamed, so that
 * nothing half-written ever stands under a final name and an earlier result survives a full disk. The rename of several files is
 * not one atomic step: the file named last (`run.json`, which carries the digest) goes last.
 */
import { closeSync, openSync, renameSync, rmSync, rmdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from './make-folder.js';
import { OutputError } from './errors.js';
import { isOwn } from './ownership.js';

/** `chunks` null: it stands under its temporary name already. */
export interface OutputFile { readonly name: string; readonly chunks: Iterable<string> | null }
export interface TextFile extends OutputFile { readonly chunks: Iterable<string> }

export interface ResultFolder {
  readonly path: string;
  /** Results of an earlier run were there when it was opened. */
  readonly holdsResults: boolean;
  /** Writes `files` together and removes those of `stale` that are there. */
  write(files: readonly OutputFile[], stale: readonly string[]): void;
  /** Nothing more will be written: takes away temporary files, and the folders that were made for it if they are empty. */
  abandon(): void;
}

/** Makes the folder and proves that files can be written into it under the names in `names`; else an OutputError. */
export function openFolder(path: string, names: readonly string[]): ResultFolder {
  const made = attempt(path, () => makeFolder(path));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) throw new OutputError(`cannot write results to ${path}: it is a file`);
  const folder: ResultFolder = {
    path,
    holdsResults: names.some((name) => statSync(join(path, name), { throwIfNoEntry: false }) !== undefined),
    write: (files, stale) => writeTogether(path, files, stale),
    abandon: () => {
      for (const name of names) rmSync(temporaryPath(path, name), { force: true });
      removeEmpty(path, made);
    },
  };
  try {
    attempt(path, () => {
      const probe = temporaryPath(path, 'probe');
      closeSync(openSync(probe, 'wx'));
      unlinkSync(probe);
    });
    for (const name of names) {
      if (statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory()) {
        throw new OutputError(`cannot write results to ${path}: ${name} is a folder there`);
      }
      refuseForeign(path, name);
    }
  } catch (error) {
    folder.abandon();
    throw error;
  }
  return folder;
}

/** What the user has put there is neither replaced nor removed. */
function refuseForeign(path: string, name: string): void {
  const file = join(path, name);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true || attempt(path, () => isOwn(file))) return;
  throw new OutputError(`cannot write results to ${path}: the ${name} there is not a result of hasim, and it is not overwritten; move it away, or choose another folder`);
}

/** Hidden, and of this process: two runs into one folder do not write into each other's files. */
export function temporaryPath(folder: string, name: string): string {
  return join(folder, `.${name}.${String(process.pid)}.tmp`);
}

function writeTogether(path: string, files: readonly OutputFile[], stale: readonly string[]): void {
  const written: string[] = [];
  try {
    attempt(path, () => {
      for (const file of files) {
        const temporary = temporaryPath(path, file.name);
        written.push(temporary);
        if (file.chunks !== null) writeChunks(temporary, file.chunks);
      }
      for (const file of files) renameSync(temporaryPath(path, file.name), join(path, file.name));
    });
  } catch (error) {
    for (const temporary of written) rmSync(temporary, { force: true });
    throw error;
  }
  const current = new Set(files.map((file) => file.name));
  for (const name of stale) if (!current.has(name)) rmSync(join(path, name), { force: true });
}

function writeChunks(file: string, chunks: Iterable<string>): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const chunk of chunks) writeWhole(descriptor, chunk);
  } finally {
    closeSync(descriptor);
  }
}

/** A short write is legal, so what is left is written again. */
export function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

/** From the folder upwards to the first one that was made, as long as they are empty. */
function removeEmpty(path: string, firstMade: string | undefined): void {
  if (firstMade === undefined) return;
  const top = resolve(firstMade);
  for (let folder = resolve(path); folder.length >= top.length; folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

/** Errors of the file system are the user's to mend; anything else is passed on as it is. */
export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new OutputError(`cannot write results to ${path}: ${reasonOf(code)}`);
  }
}

function reasonOf(code: string): string {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied', EPERM: 'not permitted', EROFS: 'the file system is read-only', ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file', EEXIST: 'a file of that name is in the way', ENOENT: 'it cannot be created',
    ENAMETOOLONG: 'the name is too long',
  };
  return reasons[code] ?? code;
}
