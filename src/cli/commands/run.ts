/**
 * `hasim run <file…|->`: simulates scenarios, prints what happened, writes the tables.
 *
 * Everything that can be wrong with the input is found before anything runs: all scenarios are read, names and folders are
 * checked. The order of a call with several scenarios is that of the command line.
 */
import { availableParallelism } from 'node:os';
import type { Command } from '../command.js';
import { COMMON_OPTIONS, files, flag, jobs, maxStates, replications, seed, text, texts, twins, WATCH_OPTION, watchedFiles } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Exit } from '../exit.js';
import type { RunOptions } from '../run/options.js';
import { runScenarios } from '../run/scenarios.js';
import { sourceOf } from '../source.js';
import { watching } from '../watch.js';
import { EXACT_OPTIONS } from './exact.js';

export const runCommand: Command = {
  name: 'run',
  usage: 'run <files..>',
  summary: 'simulate scenarios: summary on the terminal, tables in a folder',
  options: {
    ...COMMON_OPTIONS,
    out: { type: 'string', requiresArg: true, completes: 'folders', describe: 'folder for the results; default results/<name>' },
    jobs: { type: 'string', requiresArg: true, describe: 'replications at a time; default: as many as there are cores. Results are the same for any number' },
    exact: { type: 'boolean', describe: 'solve the availability exactly, too, and compare (see hasim exact)' },
    'max-states': EXACT_OPTIONS['max-states'],
    trace: { type: 'boolean', describe: 'write events.csv and gauges.csv of replication 1 too' },
    watch: WATCH_OPTION,
    attribute: { type: 'boolean', describe: 'run a twin without each occurrence of a fault: what is lost, late … in faults.csv is what the run has more than its twin; attribution.csv lists the messages' },
    twins: { type: 'string', requiresArg: true, describe: 'with --attribute: occurrences with a twin, the first so many in each replication; default 50. The others are counted by cause path' },
  },
  examples: [
    ['hasim run scenarios/biztalk-sql-failover.yaml', 'simulate one scenario'],
    ['hasim run my.yaml --set topology.cluster.detection=5s', 'what if …'],
    ['hasim run - --json < my.yaml', 'read stdin, print one JSON document'],
  ],
  epilogue: 'Several scenarios must have different names; with --out DIR each gets DIR/<name>. --json prints an object for one scenario, a list for several.',
  completes: 'scenarios',
  positionals: (yargs) => yargs.positional('files', { type: 'string', default: undefined, describe: 'scenario files, or - for stdin' }),
  async run(args: Arguments, terminal): Promise<Exit> {
    const named = flag(args, 'watch') ? watchedFiles(args) : files(args);
    const wantedSeed = seed(args);
    const wantedJobs = jobs(args);
    const wantedReplications = replications(args);
    const options: RunOptions = {
      files: named,
      out: text(args, 'out'),
      json: flag(args, 'json'),
      quiet: flag(args, 'quiet'),
      exact: flag(args, 'exact') ? maxStates(args) : null,
      jobs: { most: wantedJobs ?? availableParallelism(), asked: wantedJobs !== undefined },
      request: {
        sources: named.map(sourceOf),
        overrides: {
          set: texts(args, 'set'),
          ...(wantedSeed === undefined ? {} : { seed: wantedSeed }),
          ...(wantedReplications === undefined ? {} : { replications: wantedReplications }),
        },
        trace: flag(args, 'trace'),
        attribute: twins(args),
        colour: terminal.colourErr,
      },
    };
    if (!flag(args, 'watch')) return runScenarios(options, terminal);
    return watching({ once: (onRead) => runScenarios({ ...options, onRead }, terminal), files: named, folders: [], isOfInterest: () => false }, terminal);
  },
};
