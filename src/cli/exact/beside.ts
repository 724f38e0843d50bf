/** `run --exact`: the exact solution of a scenario that was simulated, beside what the simulation found. Null where it is not wanted. */
import { compareWith } from '../../experiment/exact/compare.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { comparisonRecords, comparisonSection, outcomeRecord, unsolvedText } from '../../report/index.js';
import type { Paint } from '../../report/index.js';
import { Exit } from '../exit.js';
import type { OneRun } from '../run/one.js';
import { solveApart } from './solver.js';

export interface Exactly {
  /** Missed: simulation and solution disagree by more than chance; undecided: there is no solution. */
  readonly exit: Exit;
  readonly lines: (paint: Paint) => readonly string[];
  readonly document: object;
}

export async function exactly({ options, index, facts, terminal }: Pick<OneRun, 'options' | 'index' | 'facts' | 'terminal'>, result: ExperimentResult): Promise<Exactly | null> {
  if (options.exact === null || !result.complete) return null;
  const { sources, overrides } = options.request;
  const outcome = await solveApart({ source: sources[index], overrides, at: [], maxStates: options.exact }, facts.name, options.quiet, terminal);
  if (outcome === null) return { exit: Exit.interrupted, lines: () => [], document: {} };
  if (outcome.type !== 'solution') {
    terminal.err(`hasim: ${unsolvedText(outcome, facts.name)}`);
    return { exit: Exit.undecided, lines: () => [], document: outcomeRecord(outcome) };
  }
  const compared = compareWith(outcome.solution, result);
  const wrong = compared.filter(({ agreement }) => agreement === 'no');
  return {
    exit: wrong.length > 0 ? Exit.missed : Exit.done,
    lines: (paint) => (options.quiet && wrong.length === 0 ? [] : comparisonSection(options.quiet ? wrong : compared, paint)),
    document: { ...outcomeRecord(outcome), comparison: comparisonRecords(compared) },
  };
}
