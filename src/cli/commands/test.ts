/** `hasim test <files or folders…>`: runs scenarios, judges what they expect, compares with committed results, reports. */
import { availableParallelism } from 'node:os';
import type { Command } from '../command.js';
import { COMMON_OPTIONS, files, flag, jobs, replications, seed, text, texts, WATCH_OPTION, watchedFiles } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { UserError } from '../errors.js';
import { sourceOf } from '../source.js';
import type { Terminal } from '../terminal.js';
import { readOnly } from '../test/only.js';
import type { TestOptions } from '../test/options.js';
import { FORMATS, hasDocument, readReporters } from '../test/reporters.js';
import { testScenarios } from '../test/scenarios.js';
import { isFolder, isScenarioFile, selectFiles } from '../test/select.js';
import { watching } from '../watch.js';
import { runCommand } from './run.js';

export const testCommand: Command = {
  name: 'test',
  usage: 'test <files..>',
  summary: 'run scenarios and judge what they expect',
  options: {
    ...COMMON_OPTIONS,
    reporter: { type: 'string', array: true, requiresArg: true, completes: FORMATS, describe: `${FORMATS.join(', ')}; with a file: --reporter junit=out.xml (repeatable); default: spec` },
    baseline: { type: 'string', requiresArg: true, completes: 'folders', describe: 'compare with the tables in DIR/<name>: what moved is a failure' },
    update: { type: 'boolean', describe: 'write what moved to the baseline, and say what it was' },
    only: { type: 'string', requiresArg: true, describe: 'only scenarios whose name matches: --only "sizing-*"' },
    out: { type: 'string', requiresArg: true, completes: 'folders', describe: 'write the tables of each scenario to DIR/<name>; default: they are not written' },
    'pass-without-expectations': { type: 'boolean', describe: 'a scenario that expects nothing passes' },
    jobs: runCommand.options.jobs,
    watch: WATCH_OPTION,
  },
  examples: [
    ['hasim test scenarios/', 'all scenarios of a folder'],
    ['hasim test scenarios/ --reporter junit=out/junit.xml', 'and a report for a build server'],
    ['hasim test scenarios/ --baseline results', 'and no figure has moved'],
  ],
  epilogue: 'A folder stands for its *.yaml, *.yml and *.json; a file whose name starts with _ is only extended. Where GITHUB_ACTIONS is true, what is not met is annotated.',
  completes: 'scenarios',
  positionals: (yargs) => yargs.positional('files', { type: 'string', default: undefined, describe: 'scenario files, folders, or - for stdin' }),
  async run(args: Arguments, terminal) {
    if (!flag(args, 'watch')) return testScenarios(readOptions(args, terminal), terminal);
    const named = watchedFiles(args);
    return watching({
      // A folder may hold other files by then.
      once: async (onRead) => testScenarios({ ...readOptions(args, terminal), onRead }, terminal),
      files: named.filter((one) => !isFolder(one)), folders: named.filter(isFolder), isOfInterest: isScenarioFile,
    }, terminal);
  },
};

function readOptions(args: Arguments, terminal: Terminal): TestOptions {
  const baseline = text(args, 'baseline');
  const update = flag(args, 'update');
  if (update && baseline === undefined) throw new UserError('--update needs --baseline DIR: the folder to be updated');
  if (baseline !== undefined && !update && !isFolder(baseline)) throw new UserError(`the baseline ${baseline} is no folder; --update makes it`);
  const { files: selected, passedOver } = selectFiles(files(args));
  const reporters = readReporters(texts(args, 'reporter'), flag(args, 'json'), [...selected, ...passedOver]);
  if (flag(args, 'watch') && hasDocument(reporters)) throw new UserError('--watch goes on until it is ended, and stdout would hold more than one document: give the report a file');
  const wantedSeed = seed(args);
  const wantedJobs = jobs(args);
  const wantedReplications = replications(args);
  const quiet = flag(args, 'quiet');
  if (!quiet) for (const file of passedOver) terminal.err(`${file}: only there to be extended, not tested\n`);
  return {
    files: selected,
    only: readOnly(text(args, 'only')),
    reporters,
    out: text(args, 'out'),
    baseline,
    update,
    passWithoutExpectations: flag(args, 'pass-without-expectations'),
    quiet,
    jobs: { most: wantedJobs ?? availableParallelism(), asked: wantedJobs !== undefined },
    request: {
      sources: selected.map(sourceOf),
      overrides: {
        set: texts(args, 'set'),
        ...(wantedSeed === undefined ? {} : { seed: wantedSeed }),
        ...(wantedReplications === undefined ? {} : { replications: wantedReplications }),
      },
      trace: false,
      colour: false,
    },
  };
}
