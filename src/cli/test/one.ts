/** One scenario of a test, from its simulation to what is known of it then. Prints nothing. */
import { compareWithBaseline, gravestStatus, writeBaseline, writeResults } from '../../report/index.js';
import type { BaselineOutcome, Finding, ResultFolder, ScenarioOutcome, Status } from '../../report/index.js';
import type { ExperimentResult, Verdict } from '../../experiment/result.js';
import { isUserError } from '../errors.js';
import { shellQuoted } from '../reproduce.js';
import { aboutRun } from '../run/facts.js';
import type { Plan, ReadScenario, ScenarioFacts } from '../run/messages.js';
import type { OnProgress, Session } from '../run/session.js';
import { baselineFindings, diagnosticFindings, failureFinding, interruptedFinding, NOTHING_TO_JUDGE, resultFindings, TOO_LARGE } from './findings.js';
import type { TestOptions } from './options.js';

export interface Chosen {
  /** Among the sources. */
  readonly index: number;
  /** As the user named it. */
  readonly file: string;
  readonly read: ReadScenario;
  /** For `--out`. */
  readonly folder: ResultFolder | null;
  /** For `--baseline`. */
  readonly baseline: string | null;
}

const OF_VERDICT: Readonly<Record<Verdict, Status>> = { met: 'passed', missed: 'failed', undecided: 'undecided', 'no-data': 'undecided' };

export async function testOne(chosen: Chosen, session: Session, options: TestOptions, onProgress: OnProgress): Promise<ScenarioOutcome> {
  const { facts, plan } = chosen.read;
  if (facts === null || plan === null) return unreadable(chosen);
  try {
    return await simulated(chosen, facts, plan, session, options, onProgress);
  } catch (error) {
    // A full disk, a file that changed: the others may fare better.
    if (!isUserError(error)) throw error;
    return outcomeOf(chosen, { findings: [{ status: 'wrong', title: 'cannot be tested', message: error.message }] });
  }
}

async function simulated(
  chosen: Chosen, facts: ScenarioFacts, plan: Plan, session: Session, options: TestOptions, onProgress: OnProgress,
): Promise<ScenarioOutcome> {
  const about = aboutRun(chosen.file, facts, options.request);
  const run = await session.run(chosen.index, facts, plan, onProgress);
  const known = { seconds: run.type === 'result' ? run.effort.seconds : 0, reproduce: about.reproduce };
  if (run.type === 'too-large') return outcomeOf(chosen, { ...known, findings: [TOO_LARGE] });
  if (run.type === 'failure') return outcomeOf(chosen, { ...known, findings: [failureFinding(run.failure, facts, about.reproduce)] });

  const { result } = run;
  const identity = { name: facts.name, seed: facts.seed, hash: facts.hash, replications: result.replications.length, digest: result.digest };
  if (chosen.folder !== null && result.replications.length > 0) writeResults(chosen.folder, result, about, run.effort);
  if (!result.complete) return outcomeOf(chosen, { ...known, identity, findings: [interruptedFinding(result.replications.length, facts.replications)] });

  const baseline = chosen.baseline === null ? null : against(chosen.baseline, result, options.update);
  const judged = result.expectations.length > 0 || options.passWithoutExpectations || (baseline !== null && baseline.state !== 'written');
  return outcomeOf(chosen, {
    ...known, identity, baseline, expectations: result.expectations,
    findings: [...resultFindings(result, facts), ...(baseline === null ? [] : baselineFindings(baseline)), ...(judged ? [] : [NOTHING_TO_JUDGE])],
  });
}

/** Written only when something has moved, so that an update touches nothing that is as it was. */
function against(folder: string, result: ExperimentResult, update: boolean): BaselineOutcome {
  const compared = compareWithBaseline(folder, result);
  const moved = compared.type === 'none' ? [] : compared.moved;
  if (compared.type === 'compared' && moved.length === 0) return { folder, state: 'kept', moved };
  if (!update) return { folder, state: compared.type === 'none' ? 'none' : 'moved', moved };
  writeBaseline(folder, result);
  return { folder, state: 'written', moved };
}

function unreadable(chosen: Chosen): ScenarioOutcome {
  return outcomeOf(chosen, { reproduce: chosen.file === '-' ? null : `npx hasim validate ${shellQuoted(chosen.file)}` });
}

/** What was said while reading comes first. The gravest decides. */
function outcomeOf(
  { file, read }: Chosen, known: Partial<Omit<ScenarioOutcome, 'file' | 'status'>> & { readonly findings?: readonly Finding[] },
): ScenarioOutcome {
  const { expectations = [], identity = null, baseline = null, reproduce = null, seconds = 0 } = known;
  const findings = [...diagnosticFindings(read), ...(known.findings ?? [])];
  const status = gravestStatus([...expectations.map(({ verdict }) => OF_VERDICT[verdict]), ...findings.map((one) => one.status)]);
  return { file, identity, status, expectations, findings, baseline, reproduce, seconds };
}
