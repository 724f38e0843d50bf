/**
 * Arguments of a command, checked: what yargs leaves open (a single option given twice, a number that is none) is refused here.
 *
 * Everything comes as text: `--seed 0x7` must not silently become something else.
 */
import type { Options } from 'yargs';
import { parseDuration } from '../scenario/quantities/duration.js';
import { UserError } from './errors.js';

export type Arguments = Readonly<Record<string, unknown>>;

/** Options that mean the same wherever they occur. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', describe: 'print exactly one JSON document on stdout' },
  quiet: { type: 'boolean', describe: 'no progress, no warnings, only what matters' },
  seed: { type: 'string', requiresArg: true, describe: 'seed of all draws, instead of the one in the scenario' },
  replications: { type: 'string', requiresArg: true, describe: 'number of replications, instead of the one in the scenario' },
  set: { type: 'string', array: true, requiresArg: true, describe: 'override any value: --set topology.x.y=5s (repeatable)' },
} as const satisfies Readonly<Record<string, Options>>;

export const NO_COLOR_OPTION: Options = { type: 'boolean', describe: 'no colour, as with the environment variable NO_COLOR' };

export const WATCH_OPTION: Options = { type: 'boolean', describe: 'again whenever a file that was read changes, until Ctrl-C' };

export function flag(args: Arguments, name: string): boolean {
  const value = args[name];
  return Array.isArray(value) ? value.at(-1) === true : value === true;
}

export function text(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (Array.isArray(value)) throw new UserError(`--${name} is given twice`);
  if (value === undefined) return undefined;
  if (value === '') throw new UserError(`--${name} needs a value`);
  return String(value);
}

export function texts(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  return value === undefined ? [] : [value].flat().map(String);
}

/** yargs loses a bare `-` among positional arguments, so it travels under a name that no file has. */
const DASH = '\u0000stdin';
export const protectDashes = (argv: readonly string[]): string[] => argv.map((word) => (word === '-' ? DASH : word));

/** As in the scenario language. */
const MOST_REPLICATIONS = 1_000_000;
/** Each is a thread with a memory of its own. */
const MOST_JOBS = 256;

/** Twins a run is compared with, in each replication. */
const MOST_TWINS = 10_000;
const USUAL_TWINS = 50;

/** Files as named by the user, at least one; stdin (`-`) at most once. */
export function files(args: Arguments): readonly string[] {
  const named = texts(args, 'files').map((file) => (file === DASH ? '-' : file));
  if (named.length === 0) throw new UserError('no scenario file is named');
  if (named.includes('')) throw new UserError('the name of a scenario file is empty');
  if (named.filter((file) => file === '-').length > 1) throw new UserError('stdin (-) can be read only once');
  return named;
}

/** One file as named by the user; `-` is stdin. */
export function file(args: Arguments, name: string): string {
  const value = text(args, name) ?? '';
  return value === DASH ? '-' : value;
}

/** For `--watch`: files only, and nothing that stands for one document. */
export function watchedFiles(args: Arguments): readonly string[] {
  const named = files(args);
  if (named.includes('-')) throw new UserError('--watch needs files: stdin (-) does not change');
  if (flag(args, 'json')) throw new UserError('--watch goes on until it is ended, and --json prints exactly one document');
  return named;
}

/** A whole number stays a number; any other text is a seed as it is. */
export function seed(args: Arguments): number | string | undefined {
  const value = text(args, 'seed');
  if (value === undefined || !/^-?\d+$/.test(value)) return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new UserError(`--seed ${value}: at most 15 digits`);
  return number;
}

export function replications(args: Arguments): number | undefined {
  const value = text(args, 'replications');
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= 1 && number <= MOST_REPLICATIONS)) throw new UserError(`--replications ${value}: a whole number from 1 to ${String(MOST_REPLICATIONS)} is expected`);
  return number;
}

/** Threads for replications; undefined: as the machine has cores. */
export function jobs(args: Arguments): number | undefined {
  const value = text(args, 'jobs');
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= 1 && number <= MOST_JOBS)) throw new UserError(`--jobs ${value}: a whole number from 1 to ${String(MOST_JOBS)} is expected`);
  return number;
}

/** Twins in a replication; null: none, for nobody asked. */
export function twins(args: Arguments): number | null {
  const value = text(args, 'twins');
  if (!flag(args, 'attribute')) {
    if (value !== undefined) throw new UserError('--twins says how many twins --attribute may run; it needs --attribute');
    return null;
  }
  if (value === undefined) return USUAL_TWINS;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= 1 && number <= MOST_TWINS)) throw new UserError(`--twins ${value}: a whole number from 1 to ${String(MOST_TWINS)} is expected`);
  return number;
}

/** Instants as durations from time 0, µs. */
export function atTimes(args: Arguments): readonly number[] {
  return texts(args, 'at').map((value) => {
    const parsed = parseDuration(value);
    if (!parsed.ok) throw new UserError(`--at ${value}: ${parsed.message}`);
    return parsed.value;
  });
}

/** Far above what fits into memory. */
const MOST_STATES = 10_000_000;
const DEFAULT_STATES = 100_000;

export function maxStates(args: Arguments): number {
  const value = text(args, 'max-states');
  if (value === undefined) return DEFAULT_STATES;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= 1 && number <= MOST_STATES)) throw new UserError(`--max-states ${value}: a whole number from 1 to ${String(MOST_STATES)} is expected`);
  return number;
}
