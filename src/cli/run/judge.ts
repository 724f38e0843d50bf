/** The exit code that the verdicts of one run amount to. A run without expectations has nothing to miss, but it may be too imprecise. */
import type { ExperimentResult } from '../../experiment/result.js';
import { Exit, gravest } from '../exit.js';

export function exitOf(result: ExperimentResult): Exit {
  const codes: Exit[] = result.expectations.map(({ verdict }) => {
    if (verdict === 'met') return Exit.done;
    return verdict === 'missed' ? Exit.missed : Exit.undecided;
  });
  return gravest(result.precision?.reached === false ? [...codes, Exit.undecided] : codes);
}
