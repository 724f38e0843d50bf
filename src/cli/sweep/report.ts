/** Records of variants, wherever they come from → what a report of the sweep is made of. */
import { createHash } from 'node:crypto';
import { answer, digestOf, figureIn, questionsOf, verdictOfAll } from '../../experiment/index.js';
import type { Question, Truth, VariantRecord } from '../../experiment/index.js';
import { RNG_VERSION } from '../../kernel/index.js';
import type { Effort, SweepReport, VariantLine } from '../../report/index.js';
import { amountsOf } from '../../scenario/index.js';
import { shellQuoted } from '../reproduce.js';
import { VERSION } from '../version.js';
import type { SweepRequest } from './request.js';
import type { ReadSweep } from './variants.js';

/** The questions that `--find` asks; none without it. */
export function questions(sweep: ReadSweep, { find, asked }: SweepRequest): Question[] {
  if (find === null) return [];
  return questionsOf(sweep.variants, asked, find.direction, (value) => amountsOf([value])?.[0] ?? 0);
}

/** What stays in memory of a record. */
export function lineOf(record: VariantRecord, sweep: ReadSweep, { find }: SweepRequest): VariantLine {
  const { number, values, scenarioHash: hash, seed, replications, digest, expectations, conditions, precise } = record;
  const judged = find === null ? [] : find.conditions.length > 0 ? conditions : expectations;
  return {
    number, values, hash, seed, replications, digest, expectations, judged, precise,
    figures: sweep.figures.map((one) => figureIn(one, record)), verdict: find === null ? null : verdictOfAll(judged),
  };
}

/** @param lines in the order of their numbers; `file` as the user named it */
export function sweepReport(sweep: ReadSweep, request: SweepRequest, lines: readonly VariantLine[], file: string, effort: Effort): SweepReport {
  const { variants } = sweep;
  const same = <T>(values: readonly T[]): T | null => (new Set(values).size === 1 ? values[0] : null);
  const verdicts = new Map(lines.flatMap(({ number, verdict }) => (verdict === null ? [] : [[number, verdict] as [number, Truth]])));
  const all = questions(sweep, request);
  const answered = all.length > 0 && lines.length > 0;
  const seed = same(variants.map((variant) => variant.seed));
  return {
    about: {
      version: VERSION, rng: RNG_VERSION, file, files: sweep.files, name: sweep.name, ...(sweep.description === undefined ? {} : { description: sweep.description }),
      seed, hash: hashOf(sweep), total: variants.length, replications: same(lines.map(({ replications }) => replications)),
      horizonSeconds: sweep.horizonSeconds, set: request.set, sample: request.sample, alternatives: Object.fromEntries(request.alternatives),
      assumptions: sweep.assumptions, reproduce: reproduce(request, file, seed),
      dimensions: request.dimensions.map(({ name }, place) => {
        const values = [...new Set(variants.map((variant) => variant.values[place]))];
        return { name, values, amounts: amountsOf(values) };
      }),
    },
    figures: sweep.figures, lines, digest: digestOf(lines.map(({ digest }) => digest)), effort,
    find: request.find === null || !answered ? null : {
      text: request.find.text, direction: request.find.direction, path: request.find.path, search: request.find.among !== undefined,
      answers: all.map((question) => ({ question, answer: answer(question, verdicts) })),
    },
  };
}

/** What identifies a sweep: its scenarios in their order. */
function hashOf({ variants }: ReadSweep): string {
  return createHash('sha256').update(variants.map(({ hash, seed, replications }) => `${hash} ${String(seed)} ${String(replications)}`).join('\n')).digest('hex').slice(0, 16);
}

export function reproduce({ words, replications }: SweepRequest, file: string, seed: number | string | null): string {
  const fixed = [...(seed === null ? [] : ['--seed', String(seed)]), ...(replications === undefined ? [] : ['--replications', String(replications)])];
  return ['npx', 'hasim', 'sweep', file, ...words, ...fixed].map(shellQuoted).join(' ');
}
