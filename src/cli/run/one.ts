/** One scenario from its start to its report: simulate, write, print, judge. */
import { shortBatches, shortBatchText } from '../../experiment/batch-intervals.js';
import { idleFaults, idleFaultText } from '../../experiment/idle-faults.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { quietText, runDocument, summaryText, writeResults } from '../../report/index.js';
import type { Effort, ResultFolder, RunAbout, Written } from '../../report/index.js';
import { bugText } from '../bug.js';
import { isUserError } from '../errors.js';
import { Exit, gravest } from '../exit.js';
import { exactly } from '../exact/beside.js';
import type { Exactly } from '../exact/beside.js';
import type { Terminal } from '../terminal.js';
import { exitOf } from './judge.js';
import type { Failure, Plan, ScenarioFacts } from './messages.js';
import { openProgress } from './progress.js';
import type { RunOptions } from './options.js';
import type { Session } from './session.js';

export interface OneRun {
  readonly session: Session;
  readonly index: number;
  readonly facts: ScenarioFacts;
  readonly plan: Plan;
  readonly about: RunAbout;
  readonly folder: ResultFolder;
  readonly options: RunOptions;
  readonly terminal: Terminal;
}

export interface OneOutcome { readonly exit: Exit; /** For `--json`. */ readonly document: object | null }

export async function runOne(run: OneRun): Promise<OneOutcome> {
  const { session, index, facts, plan, terminal, options } = run;
  const progress = openProgress(facts, terminal, options.quiet);
  const outcome = await session.run(index, facts, plan, progress.update, run.about.trace ? run.folder.path : null).finally(() => progress.stop());
  switch (outcome.type) {
    case 'result': return report(run, outcome.result, outcome.effort, await exactly(run, outcome.result));
    case 'failure': return reportFailure(run, outcome.failure);
    case 'too-large':
      tellTooLarge(facts, terminal);
      return { exit: Exit.undecided, document: null };
  }
}

export function tellTooLarge(facts: ScenarioFacts, terminal: Terminal): void {
  terminal.err(`hasim: ${facts.name} does not fit into memory; fewer messages, a shorter horizon, or NODE_OPTIONS=--max-old-space-size=8192\n`);
}

/** A fault that never came, or changed nothing, must not pass for one that did no harm: said even with `--quiet`. */
export function tellIdleFaults({ facts, terminal }: Pick<OneRun, 'facts' | 'terminal'>, result: ExperimentResult): void {
  if (!result.complete) return;
  for (const idle of idleFaults(facts.faults, result.replications)) terminal.err(`${facts.name}: ${idleFaultText(idle)}\n`);
}

/** Where not every occurrence has a twin, the figures rest on two ways of counting: said even with `--quiet`. */
function tellLimitOfTwins({ facts, terminal }: OneRun, { replications }: ExperimentResult): void {
  const reports = replications.flatMap(({ attribution }) => attribution ?? []);
  const [twinned, all] = [reports.reduce((sum, one) => sum + one.twinned, 0), reports.reduce((sum, one) => sum + one.occurrences, 0)];
  if (twinned === all) return;
  terminal.err(`${facts.name}: ${String(twinned)} of ${String(all)} occurrences of faults were compared with a twin; the others are counted by cause path (${twinned === 0 ? 'too many messages went wrong to compare them' : '--twins raises the limit'})\n`);
}

/** Batches that go together make an interval that is too narrow: said even with `--quiet`. */
function tellShortBatches({ facts, terminal }: OneRun, { replications }: ExperimentResult): void {
  const [worst, ...others] = shortBatches(replications);
  if (worst === undefined) return;
  terminal.err(`${facts.name}: ${shortBatchText(worst, others.length)}\n`);
}

function report(run: OneRun, result: ExperimentResult, effort: Effort, exact: Exactly | null): OneOutcome {
  const { about, folder, options, terminal } = run;
  // A run of which nothing is complete must not take the place of an earlier one that has something to tell.
  const empty = result.replications.length === 0;
  const written = empty && folder.holdsResults ? null : attempt(() => writeResults(folder, result, about, effort));
  if (written instanceof Error) {
    terminal.err(`hasim: ${written.message}\n`);
    return { exit: Exit.user, document: null };
  }
  if (written === null) terminal.err(`hasim: nothing was complete; the earlier results in ${folder.path} stay as they are\n`);
  tellIdleFaults(run, result);
  tellLimitOfTwins(run, result);
  tellShortBatches(run, result);
  const exit = result.complete ? gravest([exitOf(result), exact?.exit ?? Exit.done]) : Exit.interrupted;
  const where: Written | null = written === null ? null : { out: folder.path, files: written };
  if (options.json) return { exit, document: { ...runDocument(result, about, where, exit), ...(exact === null ? {} : { exact: exact.document }) } };
  const more = exact === null ? [] : exact.lines(terminal.paintOut);
  terminal.out(options.quiet ? quietText(result, about, terminal.paintOut, more) : summaryText(result, about, where, terminal.paintOut, more));
  return { exit, document: null };
}

function attempt<T>(write: () => T): T | Error {
  try {
    return write();
  } catch (error) {
    if (isUserError(error)) return error;
    throw error;
  }
}

/** A definition that cannot be built, or a full disk, is the user's to mend; whatever else was thrown is a bug. */
export function reportFailure(
  { about, facts, terminal, options }: Pick<OneRun, 'about' | 'facts' | 'terminal'> & { readonly options: Pick<RunOptions, 'files'> }, failure: Failure,
): OneOutcome {
  const document = (exit: Exit): object => ({ name: facts.name, exit_code: exit, error: failure.message, reproduce: about.reproduce });
  if (failure.name === 'ModelError' || failure.name === 'OutputError') {
    terminal.err(`hasim: ${options.files.length > 1 ? `${about.file}: ` : ''}${failure.message}\n`);
    return { exit: Exit.user, document: document(Exit.user) };
  }
  const error = Object.assign(new Error(failure.message), { name: failure.name, stack: failure.stack });
  const { replication, simulatedSeconds } = failure;
  terminal.err(bugText({ error, command: about.reproduce, seed: facts.seed, replication, simulatedSeconds }));
  return { exit: Exit.bug, document: document(Exit.bug) };
}
