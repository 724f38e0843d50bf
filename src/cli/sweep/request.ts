/**
 * The options of `hasim sweep`, read and checked against each other: all that is wrong is told at once, before anything is read.
 *
 * Not here: whether paths, values and conditions fit the scenario; that is told when the variants are read.
 */
import { gridSize } from '../../experiment/index.js';
import type { Dimension } from '../../experiment/index.js';
import { amountsOf, parseFind, parseVary } from '../../scenario/index.js';
import type { FindQuery, Piece, Problem, Read } from '../../scenario/index.js';
import { flag, replications, seed, text, texts } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { UserError } from '../errors.js';

export interface SweepRequest {
  readonly dimensions: readonly Dimension[];
  /** The dimension of whole alternatives is this one, and their files by name; null: the scenario as it is. */
  readonly alternatives: ReadonlyMap<string, string | null>;
  /** Size of a sample; null: the whole grid. */
  readonly sample: number | null;
  readonly find: FindQuery | null;
  /** Place of the dimension that `find` asks about. */
  readonly asked: number;
  readonly show: readonly Piece[];
  readonly shard: { readonly part: number; readonly of: number } | null;
  readonly resume: boolean;
  readonly limit: number;
  readonly seed: number | string | undefined;
  readonly replications: number | undefined;
  readonly set: readonly string[];
  /** The options that decide what is run, as they were typed. */
  readonly words: readonly string[];
}

/** Column of the names of alternatives. */
export const ALTERNATIVE = 'alternative';
const LIMIT = 1000;
const MOST = 1_000_000;

export function sweepRequest(args: Arguments): SweepRequest {
  const problems: Problem[] = [];
  const take = <T>(result: Read<T>): T[] => {
    if (result.ok) return [result.value];
    problems.push(...result.problems);
    return [];
  };
  const tell = (message: string, remedy?: string): void => {
    problems.push({ message, ...(remedy === undefined ? {} : { remedy }) });
  };
  const limit = wholeNumber(args, 'limit', LIMIT, MOST);
  const sample = text(args, 'sample') === undefined ? null : wholeNumber(args, 'sample', 0, MOST);
  const varied = texts(args, 'vary');
  const alternatives = alternativesOf(texts(args, ALTERNATIVE), tell);
  const findText = text(args, 'find');
  const find = findText === undefined ? null : (take(parseFind(findText, limit))[0] ?? null);
  const dimensions: Dimension[] = [
    ...(alternatives.size === 0 ? [] : [{ name: ALTERNATIVE, levels: { count: alternatives.size, at: (place: number) => [...alternatives.keys()][place] } }]),
    ...varied.flatMap((option) => take(parseVary(option, limit))),
    ...(find?.among === undefined ? [] : [{ name: find.path, levels: find.among }]),
  ];
  const shard = shardOf(text(args, 'shard'), tell);
  const show = piecesOf(texts(args, 'show').join(','), tell);
  const request: SweepRequest = {
    dimensions, alternatives, sample, find, asked: find === null ? -1 : dimensions.findIndex(({ name }) => name === find.path), show, shard,
    resume: flag(args, 'resume'), limit, seed: seed(args), replications: replications(args), set: texts(args, 'set'), words: wordsOf(args),
  };
  if (problems.length === 0) {
    checkDimensions(request, tell);
    checkSize(request, tell);
    checkFind(request, tell);
  }
  if (problems.length > 0) throw new UserError(problems.map(({ message, remedy }) => (remedy === undefined ? message : `${message}\n  help: ${remedy}`)).join('\n'));
  return request;
}

type Tell = (message: string, remedy?: string) => void;

function wholeNumber(args: Arguments, name: string, otherwise: number, most: number): number {
  const written = text(args, name);
  if (written === undefined) return otherwise;
  const number = /^\d+$/.test(written) ? Number(written) : NaN;
  if (!(number >= 1 && number <= most)) throw new UserError(`--${name} ${written}: a whole number from 1 to ${String(most)} is expected`);
  return number;
}

function alternativesOf(options: readonly string[], tell: Tell): Map<string, string | null> {
  const files = new Map<string, string | null>();
  for (const option of options) {
    const [, name, file] = /^([^=]*)(?:=(.*))?$/s.exec(option)!;
    if (name.trim() === '' || file === '') tell(`--alternative ${option}: it is not name=file`, 'a name alone is the scenario as it is: --alternative as-is --alternative twice=more-servers.yaml');
    else if (files.has(name)) tell(`--alternative: the name "${name}" is given twice`);
    else files.set(name, file ?? null);
  }
  return files;
}

function shardOf(written: string | undefined, tell: Tell): SweepRequest['shard'] {
  if (written === undefined) return null;
  const [, part, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(written) ?? []).map(Number);
  if (part >= 1 && part <= of) return { part, of };
  tell(`--shard ${written}: it is not one of so many parts`, 'the second of three is written --shard 2/3');
  return null;
}

function piecesOf(written: string, tell: Tell): Piece[] {
  if (written === '') return [];
  const pieces: Piece[] = [];
  for (const { 0: part, index } of written.matchAll(/[^,]+|(?<=^|,)(?=,|$)/g)) pieces.push({ text: part.trim(), start: index + part.length - part.trimStart().length });
  if (pieces.some((piece) => piece.text === '')) tell(`--show ${written}: a metric is empty`, 'for example --show orders.delay.p99,faults.sql1-dies.restore.max');
  return pieces;
}

function checkDimensions({ dimensions, sample, seed: wantedSeed, replications: wantedReplications }: SweepRequest, tell: Tell): void {
  if (dimensions.length === 0) tell('nothing is varied', 'for example --vary topology.process.on.first=2,3,4');
  for (const [place, { name, levels }] of dimensions.entries()) {
    for (const { name: other } of dimensions.slice(0, place)) {
      if (other === name) tell(`${name} is varied twice`, 'write all its values into one option');
      else if (name.startsWith(`${other}.`) || other.startsWith(`${name}.`)) tell(`${name} and ${other} are varied, and one lies inside the other`);
    }
    if (levels.count === null && sample === null) tell(`the range of ${name} has no step`, 'give it one, like 10s..1m..10s, or a number of points, like log:1s..100s:5, or draw from it with --sample');
  }
  const fixed = [['seed', wantedSeed, '--seed'], ['run.replications', wantedReplications, '--replications']] as const;
  for (const [path, value, option] of fixed) {
    if (value !== undefined && dimensions.some(({ name }) => name === path)) tell(`${path} is varied, and ${option} fixes it`, `leave out ${option}`);
  }
}

function checkSize({ dimensions, sample, limit }: SweepRequest, tell: Tell): void {
  const size = sample ?? gridSize(dimensions);
  if (size === null || size <= limit) return;
  const product = sample === null && dimensions.length > 1 ? ` (${dimensions.map(({ levels }) => String(levels.count)).join(' × ')})` : '';
  tell(`${String(size)} variants${product} are too many: at most ${String(limit)} are run`, `--limit ${String(size)} allows them; --sample 100 draws 100 of them`);
}

function checkFind({ find, asked, dimensions, sample, shard }: SweepRequest, tell: Tell): void {
  if (find === null) return;
  if (sample !== null) tell('--find needs all values, and --sample draws some', 'leave out one of them');
  if (find.among !== undefined && shard !== null) tell('a search goes where its answers send it: it cannot be run in shards', 'vary the path with --vary instead of "in"');
  if (asked < 0) {
    tell(`--find asks about ${find.path}, which is not varied`, `add --vary ${find.path}=…, or name the values in the question: ${find.direction} ${find.path} in 1..16 where …`);
    return;
  }
  const { levels } = dimensions[asked];
  if (levels.count === null) return;
  const values = Array.from({ length: levels.count }, (_, place) => levels.at(place));
  if (amountsOf(values) === null) tell(`--find: the values of ${find.path} have no order: ${values.slice(0, 5).join(', ')}`, 'numbers, durations, rates, sizes or shares have one');
}

/** As typed, so that the same sweep can be asked for again. */
function wordsOf(args: Arguments): string[] {
  const several = ['alternative', 'vary', 'set'].flatMap((name) => texts(args, name).flatMap((value) => [`--${name}`, value]));
  const single = ['sample', 'find', 'limit'].flatMap((name) => {
    const value = text(args, name);
    return value === undefined ? [] : [`--${name}`, value];
  });
  return [...several, ...single, ...(texts(args, 'show').length === 0 ? [] : ['--show', texts(args, 'show').join(',')])];
}
