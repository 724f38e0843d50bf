/** One impact analysis from its options to its report: read, check, run, write, print. */
import { RNG_VERSION } from '../../kernel/index.js';
import { impactsOf } from '../../experiment/index.js';
import { IMPACT_FILES, impactDocument, impactQuietText, impactText, openFolder, writeImpact } from '../../report/index.js';
import type { ImpactAbout, ResultFolder } from '../../report/index.js';
import { bugText } from '../bug.js';
import { Exit } from '../exit.js';
import { folderPaths } from '../run/destination.js';
import { onInterrupt } from '../run/interrupt.js';
import type { Failure, ScenarioFacts } from '../run/messages.js';
import { openProgress } from '../run/progress.js';
import type { Jobs } from '../run/session.js';
import { shellQuoted } from '../reproduce.js';
import { writeJson } from '../terminal.js';
import type { Terminal } from '../terminal.js';
import { VERSION } from '../version.js';
import { runOf } from './messages.js';
import type { ImpactRequest, ReadImpactScenario } from './messages.js';
import { ImpactSession } from './session.js';

export interface ImpactOptions {
  /** As the user named it. */
  readonly file: string;
  readonly out: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly jobs: Jobs;
  readonly request: ImpactRequest;
  /** Options that choose what is run, as words of a command line. */
  readonly words: readonly string[];
}
type Plan = NonNullable<ReadImpactScenario['plan']>;

export async function analyseImpact(options: ImpactOptions, terminal: Terminal): Promise<Exit> {
  const session = new ImpactSession(options.request, options.jobs);
  try {
    const { facts, plan, diagnosticsText: text, diagnosticsJson } = await session.read();
    const wrong = facts === null || plan === null;
    if (text !== '' && (wrong || !options.quiet)) terminal.err(text.endsWith('\n') ? text : `${text}\n`);
    if (wrong) {
      if (options.json) writeJson(terminal, { exit_code: Exit.user, valid: false, diagnostics: diagnosticsJson });
      return Exit.user;
    }
    const [path] = folderPaths([{ name: `${facts.name}-impact`, file: options.file }], options.out);
    const folder = openFolder(path, IMPACT_FILES);
    const forget = onInterrupt(() => session.stop());
    try {
      return await run(session, facts, plan, folder, options, terminal);
    } finally {
      forget();
      folder.abandon();
    }
  } finally {
    await session.close();
  }
}

async function run(session: ImpactSession, facts: ScenarioFacts, plan: Plan, folder: ResultFolder, options: ImpactOptions, terminal: Terminal): Promise<Exit> {
  const started = performance.now();
  const about = aboutImpact(facts, plan, options);
  const progress = openProgress({ name: facts.name, replications: plan.cases.length * plan.replications, precision: null, unit: 'run' }, terminal, options.quiet);
  const end = await session.run(facts, plan, progress.update).finally(() => progress.stop());
  if (end.type === 'failure') return tellFailure(end.number, end.failure, plan, about, options, terminal);
  if (end.type === 'too-large') {
    terminal.err(`hasim: ${facts.name} does not fit into memory; fewer messages, a shorter --horizon, or NODE_OPTIONS=--max-old-space-size=8192\n`);
    if (options.json) writeJson(terminal, { name: facts.name, exit_code: Exit.undecided, reproduce: about.reproduce });
    return Exit.undecided;
  }
  const { complete } = end;
  const impacts = impactsOf(plan, end.outcomes);
  // An analysis of which nothing is complete must not take the place of an earlier one.
  const kept = impacts.length === 0 && folder.holdsResults;
  if (kept) terminal.err(`hasim: nothing was complete; the earlier results in ${folder.path} stay as they are\n`);
  const effort = { seconds: (performance.now() - started) / 1000, jobs: session.threads };
  const written = kept ? null : { out: folder.path, files: writeImpact(folder, impacts, complete, about, effort) };
  const exit = complete ? Exit.done : Exit.interrupted;
  if (options.json) writeJson(terminal, impactDocument(impacts, complete, about, written, exit));
  else terminal.out(options.quiet ? impactQuietText(impacts, complete, about, terminal.paintOut) : impactText(impacts, complete, about, written, terminal.paintOut));
  return exit;
}

/** A definition that cannot be built is the user's to mend; whatever else was thrown is a bug. */
function tellFailure(number: number, failure: Failure, plan: Plan, about: ImpactAbout, { json }: ImpactOptions, terminal: Terminal): Exit {
  const exit = failure.name === 'ModelError' ? Exit.user : Exit.bug;
  if (exit === Exit.user) terminal.err(`hasim: ${failure.message}\n`);
  else {
    const error = Object.assign(new Error(failure.message), { name: failure.name, stack: failure.stack });
    const { one, replication } = runOf(plan, number);
    terminal.err(`${about.name}: ${one.blows.map(({ fault, target }) => `${fault} of ${target}`).join(' and ')}\n`);
    terminal.err(bugText({ error, command: about.reproduce, seed: about.seed, replication, simulatedSeconds: failure.simulatedSeconds }));
  }
  if (json) writeJson(terminal, { name: about.name, exit_code: exit, error: failure.message, reproduce: about.reproduce });
  return exit;
}

function aboutImpact(facts: ScenarioFacts, plan: Plan, { file, request, words }: ImpactOptions): ImpactAbout {
  const { set } = request.overrides;
  const command = ['npx', 'hasim', 'impact', file, '--seed', String(facts.seed), '--replications', String(plan.replications), ...set.flatMap((one) => ['--set', one]), ...words];
  return {
    name: facts.name, seed: facts.seed, version: VERSION, rng: RNG_VERSION, file, files: facts.files, scenarioHash: facts.hash,
    replications: plan.replications, horizonSeconds: plan.horizon / 1e6, warmupSeconds: facts.warmupSeconds, drainSeconds: facts.drainSeconds,
    set, allow: facts.allow, assumptions: facts.assumptions, plan, reproduce: command.map(shellQuoted).join(' '),
  };
}
