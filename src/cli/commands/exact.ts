/**
 * `hasim exact <file…|->`: the availability part of scenarios, solved as Markov chains: no draws, no intervals.
 *
 * Where a scenario is no Markov chain, or has too many states, a limit is reached and no mistake made: exit code 3 and the reason.
 */
import type { Command } from '../command.js';
import { COMMON_OPTIONS, atTimes, files, flag, maxStates, texts } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { Exit, gravest } from '../exit.js';
import { exactDocument, exactText, unsolvedText } from '../../report/index.js';
import type { ExactAbout } from '../../report/index.js';
import { solveApart } from '../exact/solver.js';
import { sourceOf, textsOf } from '../source.js';
import { writeJson } from '../terminal.js';
import { VERSION } from '../version.js';

export const EXACT_OPTIONS = {
  'max-states': { type: 'string', requiresArg: true, describe: 'most states of an exact solution; default 100000' },
} as const;

export const exactCommand: Command = {
  name: 'exact',
  usage: 'exact <files..>',
  summary: 'solve the availability of scenarios exactly, where it is a Markov chain',
  options: {
    json: COMMON_OPTIONS.json, quiet: COMMON_OPTIONS.quiet, set: COMMON_OPTIONS.set,
    at: { type: 'string', array: true, requiresArg: true, describe: 'instant for which availability and reliability are wanted: --at 8h (repeatable); default the horizon' },
    ...EXACT_OPTIONS,
  },
  examples: [
    ['hasim exact scenarios/theory/repairable-unit.yaml', 'availability, outages and downtime of a year, mean times'],
    ['hasim exact my.yaml --at 8h --at 30d', 'also: up at that time, never down until then'],
  ],
  epilogue: 'Times to failure, repairs and other durations must be exponential, erlang, hyperexponential or 0s; what is not is named. hasim run --exact compares with a simulation.',
  positionals: (yargs) => yargs.positional('files', { type: 'string', default: undefined, describe: 'scenario files, or - for stdin' }),
  async run(args: Arguments, terminal): Promise<Exit> {
    const [{ readScenario, formatDiagnostics, diagnosticsJson, formatWarnings }, { catalogue }] = await Promise.all([import('../../scenario/index.js'), import('../../kinds/index.js')]);
    const [json, quiet] = [flag(args, 'json'), flag(args, 'quiet')];
    const options = { at: atTimes(args), maxStates: maxStates(args) };
    const overrides = { set: texts(args, 'set') };
    const sources = files(args).map(sourceOf);
    const read = sources.map((source) => ({ source, ...readScenario(source, overrides, catalogue) }));
    const wrong = read.some(({ scenario }) => scenario === null);
    for (const { scenario, diagnostics } of read) {
      if (scenario === null) terminal.err(formatDiagnostics(diagnostics, { color: terminal.colourErr, texts: textsOf(sources) }));
      else if (!quiet && !wrong) terminal.err(formatWarnings(diagnostics, { color: terminal.colourErr }));
    }
    if (wrong) {
      if (json) writeJson(terminal, { exit_code: Exit.user, valid: false, diagnostics: read.flatMap(({ diagnostics }) => diagnosticsJson(diagnostics).diagnostics) });
      return Exit.user;
    }
    const codes: Exit[] = [];
    const documents: object[] = [];
    for (const { source, scenario } of read) {
      const { definition: { name }, hash, description = null } = scenario!;
      const about: ExactAbout = { version: VERSION, name, scenarioHash: hash, description };
      const outcome = await solveApart({ source, overrides, ...options }, name, quiet, terminal);
      if (outcome === null) return Exit.interrupted;
      const code = outcome.type === 'solution' ? Exit.done : Exit.undecided;
      codes.push(code);
      if (json) documents.push(exactDocument(about, outcome, code));
      else if (outcome.type === 'solution') terminal.out(exactText(outcome.solution, about, terminal.paintOut));
      else terminal.err(`hasim: ${unsolvedText(outcome, name)}`);
    }
    if (json) writeJson(terminal, documents.length === 1 ? documents[0] : documents);
    return gravest(codes);
  },
};
