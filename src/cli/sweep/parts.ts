/**
 * What of a sweep is finished, a file for each variant, until all are there: so a sweep that was killed goes on where it stood, and
 * several shards can work into one folder.
 *
 * A part says what it is of; one of another scenario, version or question is refused. Not here: the tables that are made of them.
 */
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RNG_VERSION } from '../../kernel/index.js';
import type { VariantRecord } from '../../experiment/index.js';
import { openFolder } from '../../report/index.js';
import type { ResultFolder } from '../../report/index.js';
import { UserError } from '../errors.js';
import { VERSION } from '../version.js';
import type { SweepRequest } from './request.js';
import type { ReadSweep, ReadVariant } from './variants.js';

export const PARTS = 'parts';
const FORMAT = 1;
const NAME = /^(\d{6,})\.json$/;
/** What a process leaves behind that is killed while it writes. */
const LEFTOVER = /^\.(\d{6,}\.json|probe)\.\d+\.tmp$/;
/** Parts that do not fit which are named. */
const MOST_NAMED = 3;

/** What two runs of a variant must have in common to be the same, in words of the user. */
type Identity = Readonly<Record<string, unknown>>;
interface Part { readonly format: number; readonly of: Identity; readonly record: VariantRecord }

/** A part that was there is no longer: another shard has put all together and taken the parts away. */
export class PartGone extends Error {
  override readonly name = 'PartGone';
}

export class Parts {
  readonly path: string;
  readonly #sweep: ReadSweep;
  readonly #request: SweepRequest;
  #folder: ResultFolder | null = null;

  /** @param out folder of the results */
  constructor(out: string, sweep: ReadSweep, request: SweepRequest) {
    this.path = join(out, PARTS);
    this.#sweep = sweep;
    this.#request = request;
  }

  /** Proves that parts can be written; else an OutputError. */
  open(): void {
    this.#folder = openFolder(this.path, []);
  }

  /** Takes the folder away if nothing is in it. */
  abandon(): void {
    this.#folder?.abandon();
  }

  /** Numbers of the variants that have a part, in order; none of them has been looked at. */
  numbers(): number[] {
    return entriesOf(this.path).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []) || []).sort((a, b) => a - b);
  }

  write(record: VariantRecord): void {
    const part: Part = { format: FORMAT, of: this.#identityOf(this.#sweep.variants[record.number - 1]), record };
    this.#folder!.write([{ name: fileName(record.number), chunks: [`${JSON.stringify(part)}\n`] }], []);
  }

  /** What a part holds. Throws a UserError when it does not belong to this sweep, and PartGone. */
  read(number: number): VariantRecord {
    const found = this.#look(number);
    if (found === null) throw new PartGone(fileName(number));
    if (typeof found === 'string') throw this.#refusal([found]);
    return found;
  }

  /** Each of them in turn is given to `onRecord`; a UserError that names those that do not belong here. */
  readAll(onRecord: (record: VariantRecord) => void): void {
    const wrong: string[] = [];
    for (const number of this.numbers()) {
      const found = this.#look(number);
      if (typeof found === 'string') wrong.push(found);
      else if (found !== null && wrong.length === 0) onRecord(found);
    }
    if (wrong.length > 0) throw this.#refusal(wrong);
  }

  /** All parts and what killed processes left; other files stay. */
  remove(): void {
    for (const name of entriesOf(this.path)) if (NAME.test(name) || LEFTOVER.test(name)) rmSync(join(this.path, name), { force: true });
    try {
      rmdirSync(this.path);
    } catch {
      // Something else is in it, or another shard was quicker.
    }
  }

  /** The record, or what is wrong with the part; null: there is no such part any more. */
  #look(number: number): VariantRecord | string | null {
    const name = fileName(number);
    let part: unknown;
    try {
      part = JSON.parse(readFileSync(join(this.path, name), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      return `${name} ${error instanceof SyntaxError ? 'is not a part of a sweep' : `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`}`;
    }
    if (!isPart(part, number)) return `${name} is not a part of a sweep of this version`;
    const variant = this.#sweep.variants.at(number - 1);
    if (variant === undefined) return `${name} is of a larger sweep: this one has ${String(this.#sweep.variants.length)} variants`;
    const wanted = this.#identityOf(variant);
    const differs = Object.keys(wanted).find((key) => JSON.stringify(wanted[key]) !== JSON.stringify(part.of[key]));
    return differs === undefined ? part.record : `${name} is of another ${differs}: ${shown(part.of[differs])} there, ${shown(wanted[differs])} here`;
  }

  #identityOf({ values, hash, seed, replications }: ReadVariant): Identity {
    const { dimensions, find } = this.#request;
    return {
      version: VERSION, rng: RNG_VERSION, variant: Object.fromEntries(dimensions.map(({ name }, place) => [name, values[place]])), 'scenario (hash)': hash, seed,
      'number of replications': replications, question: (find?.conditions ?? []).map(({ text }) => text),
    };
  }

  #refusal(wrong: readonly string[]): UserError {
    const rest = wrong.length - MOST_NAMED;
    const lines = wrong.slice(0, MOST_NAMED).map((one) => `  ${one}`);
    return new UserError([
      `${this.path} holds parts that do not belong to this sweep:`, ...lines, ...(rest > 0 ? [`  … and ${String(rest)} more`] : []),
      `  help: ask for the sweep in the same words, name another folder with --out, or remove ${this.path}`,
    ].join('\n'));
  }
}

/** Of a file that somebody may have changed no more is believed than that it holds what this program reads of it. */
function isPart(part: unknown, number: number): part is Part {
  if (typeof part !== 'object' || part === null) return false;
  const { format, of, record } = part as Partial<Part>;
  return format === FORMAT && typeof of === 'object' && of !== null && typeof record === 'object' && record !== null && record.number === number
    && [record.values, record.summary, record.expectations, record.conditions, record.open].every(Array.isArray);
}

function fileName(number: number): string {
  return `${String(number).padStart(6, '0')}.json`;
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UserError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value).map(([name, one]) => `${name}=${String(one)}`).join(', ');
  return Array.isArray(value) ? `"${value.join(' and ')}"` : String(value);
}
