/**
 * `hasim compare <base> <candidate>`: two results, or two scenarios that are run with the same seed, compared measure by measure.
 *
 * Exit code: 1 if a measure became worse; 3 if there was nothing to compare, or with `--strict` if a measure is undecided; else 0.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../command.js';
import { COMMON_OPTIONS, file, flag, jobs, replications, seed, text, texts } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { UserError } from '../errors.js';
import { Exit } from '../exit.js';
import { writeJson } from '../terminal.js';
import { VERSION } from '../version.js';

export const compareCommand: Command = {
  name: 'compare',
  usage: 'compare <base> <candidate>',
  summary: 'compare two results, or two scenarios run with the same draws: what is better, what is worse',
  options: {
    ...COMMON_OPTIONS,
    set: { ...COMMON_OPTIONS.set, describe: 'override any value in the scenarios: --set topology.x.y=5s (repeatable)' },
    'candidate-set': { ...COMMON_OPTIONS.set, describe: 'the same in the candidate only: what if … (repeatable)' },
    metric: { type: 'string', array: true, requiresArg: true, describe: 'compare only these measures: orders.delay.p95, availability, "orders.*" (repeatable)' },
    margin: { type: 'string', array: true, requiresArg: true, describe: 'how much may differ: orders.delay.p95=1s, availability=0.01%, "*.lost=2" (repeatable; the last that fits counts)' },
    'relative-margin': { type: 'string', requiresArg: true, describe: 'how much all other measures may differ, as a share of the mean of the base: 1%' },
    strict: { type: 'boolean', describe: 'undecided measures count, too: exit code 3' },
    out: { type: 'string', requiresArg: true, describe: 'folder for compare.csv; without it nothing is written' },
    jobs: { type: 'string', requiresArg: true, describe: 'replications at a time; default: as many as there are cores' },
  },
  examples: [
    ['hasim compare results/before results/after', 'two folders of results'],
    ['hasim compare results/orders orders.yaml --margin orders.delay.p95=1s', 'run a scenario as an earlier one was'],
    ['hasim compare my.yaml my.yaml --candidate-set topology.cluster.detection=5s', 'what if …'],
  ],
  epilogue:
    'Runs of one seed draw the same numbers and are compared replication by replication. A measure is better or worse when the 95 % interval of its difference '
    + 'lies beyond the margin, the same when it lies within it, else undecided; the margin is 0 unless one is given. Exit code 1: something is worse.',
  positionals: (yargs) => yargs
    .positional('base', { type: 'string', demandOption: true, describe: 'folder of results, or scenario; - for stdin' })
    .positional('candidate', { type: 'string', demandOption: true, describe: 'the same' }),
  async run(args: Arguments, terminal): Promise<Exit> {
    const [{ comparisonOptions }, { readSides }, { compareRuns, countOf }, report] = await Promise.all([
      import('../compare/margins.js'), import('../compare/sides.js'), import('../../experiment/index.js'), import('../../report/index.js'),
    ]);
    const wished = comparisonOptions({ metrics: texts(args, 'metric'), margins: texts(args, 'margin'), relative: text(args, 'relative-margin') });
    const [base, candidate] = [file(args, 'base'), file(args, 'candidate')];
    if (base === '-' && candidate === '-') throw new UserError('stdin (-) can be read only once');
    const [wantedSeed, wantedReplications, wantedJobs] = [seed(args), replications(args), jobs(args)];
    const [quiet, json, out] = [flag(args, 'quiet'), flag(args, 'json'), text(args, 'out')];
    const folder = out === undefined ? null : report.openFolder(out, [report.COMPARE_FILE]);
    try {
      const sides = await readSides({
        base, candidate, quiet, set: texts(args, 'set'), candidateSet: texts(args, 'candidate-set'),
        ...(wantedSeed === undefined ? {} : { seed: wantedSeed }), ...(wantedReplications === undefined ? {} : { replications: wantedReplications }),
        jobs: { most: wantedJobs ?? availableParallelism(), asked: wantedJobs !== undefined },
      }, terminal);
      if (sides.type === 'ended') {
        if (json) writeJson(terminal, sides.document);
        return sides.exit;
      }
      const comparison = compareRuns(sides.base, sides.candidate, wished);
      if (comparison.problems.length > 0) throw new UserError(comparison.problems.join('\n'));
      folder?.write([report.comparisonFile(comparison)], []);
      const exit = exitOf({ worse: countOf(comparison.rows, 'worse'), undecided: countOf(comparison.rows, 'undecided'), all: comparison.rows.length }, flag(args, 'strict'));
      const compared = { ...sides, comparison, notes: report.comparisonNotes(sides.base, sides.candidate), file: folder === null ? null : join(folder.path, report.COMPARE_FILE), version: VERSION };
      if (json) writeJson(terminal, report.comparisonDocument(compared, exit));
      else terminal.out(quiet ? report.quietComparison(compared, terminal.paintOut) : report.comparisonText(compared, terminal.paintOut));
      return exit;
    } finally {
      folder?.abandon();
    }
  },
};

/** Without `--strict` undecided measures do not count: without a margin, every one that the change touched at random is. */
export function exitOf({ worse, undecided, all }: { readonly worse: number; readonly undecided: number; readonly all: number }, strict: boolean): Exit {
  if (worse > 0) return Exit.missed;
  return all === 0 || (strict && undecided > 0) ? Exit.undecided : Exit.done;
}
