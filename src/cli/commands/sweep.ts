/**
 * `hasim sweep <file|->`: one scenario with other values, all combinations or a sample of them, and which value is the first that is
 * good enough.
 */
import { availableParallelism } from 'node:os';
import type { Command } from '../command.js';
import { COMMON_OPTIONS, files, flag, jobs, text } from '../arguments.js';
import { UserError } from '../errors.js';
import { sourceOf } from '../source.js';

export const sweepCommand: Command = {
  name: 'sweep',
  usage: 'sweep <files..>',
  summary: 'vary values of a scenario: a table of all variants, and which value is good enough',
  options: {
    vary: { type: 'string', array: true, requiresArg: true, describe: 'path=values: a,b,c, a range 1..8 or 1..8..2, log:1s..100s:5 (repeatable)' },
    alternative: { type: 'string', array: true, requiresArg: true, describe: 'name=file laid over the scenario as if it extended it; a name alone: the scenario as it is (repeatable)' },
    sample: { type: 'string', requiresArg: true, describe: 'so many variants drawn from the ranges as a Latin hypercube, instead of the grid' },
    find: { type: 'string', requiresArg: true, describe: "'min PATH where EXPECTATION and EXPECTATION'; 'min PATH in 1..16 where …' searches" },
    show: { type: 'string', array: true, requiresArg: true, describe: 'metrics for the table, separated by commas: orders.delay.p99,faults.x.restore.max' },
    shard: { type: 'string', requiresArg: true, describe: 'i/n: run every n-th variant; all shards have one --out, the last one puts all together' },
    resume: { type: 'boolean', describe: 'go on with a sweep that was interrupted or killed' },
    limit: { type: 'string', requiresArg: true, describe: 'most variants that may be run; default 1000' },
    ...COMMON_OPTIONS,
    out: { type: 'string', requiresArg: true, describe: 'folder for the results; default results/<name>-sweep' },
    jobs: { type: 'string', requiresArg: true, describe: 'replications at a time; default: as many as there are cores. Results are the same for any number' },
  },
  examples: [
    ['hasim sweep my.yaml --vary topology.process.on.first=2,3,4', 'three variants'],
    ['hasim sweep my.yaml --vary topology.cluster.detection=5s..30s..5s --vary topology.sql.failover=30s,1m', 'a grid of 12'],
    ['hasim sweep my.yaml --alternative as-is --alternative mirrored=mirrored.yaml', 'whole alternatives'],
    ["hasim sweep my.yaml --find 'min topology.process.on.first in 1..16 where orders.delay.p99 < 30s'", 'a search'],
  ],
  epilogue: 'All variants have the same seed, so they differ only by what is varied. Expectations of the scenario are shown and change no exit code. --find ends with 0 found, 1 no value meets the conditions, 3 undecided.',
  positionals: (yargs) => yargs.positional('files', { type: 'string', default: undefined, describe: 'one scenario file, or - for stdin' }),
  async run(args, terminal) {
    const named = files(args);
    if (named.length > 1) throw new UserError(`sweep takes one scenario, and there are ${String(named.length)}: ${named.join(', ')}\n  help: whole alternatives are compared with --alternative name=file`);
    const wantedJobs = jobs(args);
    const [{ sweepRequest }, { runSweep }] = await Promise.all([import('../sweep/request.js'), import('../sweep/sweep.js')]);
    const request = sweepRequest(args);
    return runSweep({
      file: named[0], source: sourceOf(named[0]), request, out: text(args, 'out'), json: flag(args, 'json'), quiet: flag(args, 'quiet'),
      jobs: { most: wantedJobs ?? availableParallelism(), asked: wantedJobs !== undefined },
    }, terminal);
  },
};
