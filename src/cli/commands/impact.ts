/** `hasim impact <file|->`: fails every component in turn and says what each failure does: the failure-impact table. */
import { availableParallelism } from 'node:os';
import type { Command } from '../command.js';
import { COMMON_OPTIONS, files, flag, jobs, replications, seed, text, texts } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { UserError } from '../errors.js';
import type { Exit } from '../exit.js';
import { analyseImpact } from '../impact/analysis.js';
import { sourceOf } from '../source.js';

/** Options with one value that choose what is run. */
const SINGLE = ['order', 'during', 'at', 'for', 'gap', 'horizon'] as const;

export const impactCommand: Command = {
  name: 'impact',
  usage: 'impact <files..>',
  summary: 'fail every component in turn: what each failure takes down, stops, loses; single points of failure',
  options: {
    ...COMMON_OPTIONS,
    replications: { ...COMMON_OPTIONS.replications, describe: 'replications of every fault; default 1' },
    only: { type: 'string', array: true, requiresArg: true, describe: "fail only these components or members: --only 'bts*' (repeatable, or joined by commas)" },
    faults: { type: 'string', array: true, requiresArg: true, describe: 'only these kinds of faults: --faults crash,disk-loss' },
    order: { type: 'string', requiresArg: true, describe: '1: one fault at a time (default); 2: also all pairs of single members, the plainest fault of each unless --faults says otherwise' },
    gap: { type: 'string', requiresArg: true, describe: 'with --order 2: time from the first fault to the second; default 0' },
    during: { type: 'string', requiresArg: true, describe: "what is stopped in order meanwhile: --during 'maintenance of bts2'" },
    at: { type: 'string', requiresArg: true, describe: 'when the fault comes; default 1m after the warm-up' },
    for: { type: 'string', requiresArg: true, describe: "how long it lasts; default: until the component's own recovery, or 10m where it has none" },
    horizon: { type: 'string', requiresArg: true, describe: "end of arrivals; default 10m after the fault, but not after the scenario's own" },
    steps: { type: 'boolean', describe: 'also faults that hit steps: slow (10 times), error and ack-loss (every message), for 1m' },
    'with-faults': { type: 'boolean', describe: "keep the scenario's own faults, in every run and its twin" },
    out: { type: 'string', requiresArg: true, describe: 'folder for impact.csv and run.json; default results/<name>-impact' },
    jobs: { type: 'string', requiresArg: true, describe: 'runs at a time; default: as many as there are cores. Results are the same for any number' },
  },
  examples: [
    ['hasim impact scenarios/biztalk-sql-failover.yaml', 'the table, and the single points of failure'],
    ["hasim impact my.yaml --only 'sql*' --faults disk-loss --for 1h", 'what if a disk is lost'],
    ["hasim impact my.yaml --during 'maintenance of bts2'", 'what must not fail meanwhile'],
    ["hasim impact my.yaml --order 2 --only 'bts*,sql*'", 'pairs that are worse than their parts'],
  ],
  epilogue: 'Every run is compared with its twin, the same draws without the fault. A single point of failure is one member whose failure alone stops a flow for as long as it lasts.',
  positionals: (yargs) => yargs.positional('files', { type: 'string', default: undefined, describe: 'a scenario file, or - for stdin' }),
  async run(args: Arguments, terminal): Promise<Exit> {
    const [file, ...others] = files(args);
    if (others.length > 0) throw new UserError(`impact takes one scenario; ${others.join(', ')} would be a second`);
    const [wantedSeed, wantedJobs, wantedReplications] = [seed(args), jobs(args), replications(args)];
    const single = SINGLE.flatMap((name) => { const value = text(args, name); return value === undefined ? [] : [[name, value] as const]; });
    const [only, faults, steps, withFaults] = [texts(args, 'only'), texts(args, 'faults'), flag(args, 'steps'), flag(args, 'with-faults')];
    return analyseImpact(
      {
        file, out: text(args, 'out'), json: flag(args, 'json'), quiet: flag(args, 'quiet'),
        jobs: { most: wantedJobs ?? availableParallelism(), asked: wantedJobs !== undefined },
        request: {
          source: sourceOf(file),
          overrides: { set: texts(args, 'set'), replications: wantedReplications ?? 1, ...(wantedSeed === undefined ? {} : { seed: wantedSeed }) },
          text: { only, faults, steps, withFaults, ...Object.fromEntries(single) },
          colour: terminal.colourErr,
        },
        words: [
          ...only.flatMap((one) => ['--only', one]), ...faults.flatMap((one) => ['--faults', one]), ...single.flatMap(([name, value]) => [`--${name}`, value]),
          ...(steps ? ['--steps'] : []), ...(withFaults ? ['--with-faults'] : []),
        ],
      },
      terminal,
    );
  },
};
