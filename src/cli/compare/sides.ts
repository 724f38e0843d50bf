/**
 * The two sides of a comparison: folders of results, which are read, or scenarios, which are run.
 *
 * A scenario takes the seed and the number of replications of the other side, unless the user names them, so that both draw the same
 * numbers. Everything that can be known to be wrong is told before anything runs.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { comparableOf, refusals } from '../../experiment/index.js';
import type { ComparableRun, RunShape } from '../../experiment/index.js';
import { isFolder, readResults } from '../../report/index.js';
import { isUserError, UserError } from '../errors.js';
import { Exit } from '../exit.js';
import { onInterrupt } from '../run/interrupt.js';
import { aboutRun } from '../run/facts.js';
import type { Plan, ReadScenario, ScenarioFacts, WorkerRequest } from '../run/messages.js';
import { reportFailure, tellIdleFaults, tellTooLarge } from '../run/one.js';
import { openProgress } from '../run/progress.js';
import { Session } from '../run/session.js';
import type { Jobs } from '../run/session.js';
import { sourceOf } from '../source.js';
import type { ScenarioSource } from '../source.js';
import type { Terminal } from '../terminal.js';

export interface SidesRequest {
  readonly base: string;
  readonly candidate: string;
  readonly seed?: number | string;
  readonly replications?: number;
  /** For both, and for the candidate alone. */
  readonly set: readonly string[];
  readonly candidateSet: readonly string[];
  readonly jobs: Jobs;
  readonly quiet: boolean;
}

export type Sides =
  | { readonly type: 'runs'; readonly base: ComparableRun; readonly candidate: ComparableRun }
  /** Nothing can be compared; what is wrong was told. */
  | { readonly type: 'ended'; readonly exit: Exit; readonly document: object };

interface Simulated { readonly label: string; readonly source: ScenarioSource; readonly session: Session; readonly request: WorkerRequest; readonly read: ReadScenario }
type Side = ComparableRun | Simulated;
const isSimulated = (side: Side): side is Simulated => 'session' in side;

export async function readSides(request: SidesRequest, terminal: Terminal): Promise<Sides> {
  const sessions: Session[] = [];
  try {
    const [base, candidate] = await openSides(request, terminal, sessions);
    const wrong = [base, candidate].filter(isSimulated).filter(({ read }) => read.facts === null);
    tellDiagnostics([base, candidate], wrong.length > 0, request.quiet, terminal);
    if (wrong.length > 0) {
      const diagnostics = [base, candidate].filter(isSimulated).flatMap(({ read }) => read.diagnosticsJson);
      return { type: 'ended', exit: Exit.user, document: { exit_code: Exit.user, valid: false, diagnostics } };
    }
    refuse(shapeOf(base), shapeOf(candidate));
    const one = await simulate(base, null, request, terminal);
    if ('type' in one) return one;
    const other = await simulate(candidate, one.replications, request, terminal);
    return 'type' in other ? other : { type: 'runs', base: one, candidate: other };
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

function refuse(base: RunShape, candidate: RunShape): void {
  const reasons = refusals(base, candidate);
  if (reasons.length > 0) throw new UserError(`these two cannot be compared:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`);
}

/** Folders first: scenarios are to be run like them. All mistakes at once. */
async function openSides(request: SidesRequest, terminal: Terminal, sessions: Session[]): Promise<readonly [Side, Side]> {
  const names = [request.base, request.candidate];
  const problems = [...idleOptions(request), ...names.flatMap(unreadable)];
  const folders = names.map((name) => (isFolder(name) ? attempt(() => readResults(name), problems) : null));
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  const sources = names.map((name, i) => (folders[i] === null ? sourceOf(name) : null));
  let like = folders.find((run) => run !== null) as { readonly seed: number | string; readonly replications?: number } | undefined;
  const sides: Side[] = [];
  for (const [i, name] of names.entries()) {
    const folder = folders[i];
    const source = sources[i];
    if (folder !== null || source === null) {
      sides.push(folder!);
      continue;
    }
    const seed = request.seed ?? like?.seed;
    const replications = request.replications ?? like?.replications;
    const overrides = {
      set: i === 1 ? [...request.set, ...request.candidateSet] : request.set,
      ...(seed === undefined ? {} : { seed }), ...(replications === undefined ? {} : { replications }),
    };
    const worker: WorkerRequest = { sources: [source], overrides, trace: false, colour: terminal.colourErr };
    const session = new Session(worker, request.jobs);
    sessions.push(session);
    const [read] = await session.read();
    // How many replications a precision takes is known only when it is reached.
    if (read.facts !== null) like ??= { seed: read.facts.seed, ...(read.facts.precision === null ? { replications: read.facts.replications } : {}) };
    sides.push({ label: name, source, session, request: worker, read });
  }
  return [sides[0], sides[1]];
}

/** Options that would do nothing, for nothing is run. */
function idleOptions({ base, candidate, seed, replications, set, candidateSet }: SidesRequest): string[] {
  const given = [...(seed === undefined ? [] : ['--seed']), ...(replications === undefined ? [] : ['--replications']), ...(set.length === 0 ? [] : ['--set'])];
  const found = isFolder(base) && isFolder(candidate) ? given.map((option) => `${option} has no meaning here: both are results of finished runs`) : [];
  return candidateSet.length > 0 && isFolder(candidate) ? [...found, '--candidate-set has no meaning here: the candidate is the result of a finished run'] : found;
}

function unreadable(name: string): string[] {
  if (name === '-') return [];
  const found = statSync(name, { throwIfNoEntry: false });
  if (found === undefined) return [`${name}: there is neither a folder of results nor a scenario of this name`];
  if (found.isFile() && /[/\\]?(run\.json|[^/\\]+\.csv)$/.test(name)) return [`${name} is a file of results: name its folder, ${join(name, '..')}`];
  return [];
}

function attempt<T>(action: () => T, problems: string[]): T | null {
  try {
    return action();
  } catch (error) {
    if (!isUserError(error)) throw error;
    problems.push(error.message);
    return null;
  }
}

function tellDiagnostics(sides: readonly Side[], anyErrors: boolean, quiet: boolean, terminal: Terminal): void {
  const told = new Set<string>();
  for (const { read: { diagnosticsText, facts } } of sides.filter(isSimulated)) {
    // One scenario with two settings has the same warnings twice.
    if (diagnosticsText === '' || told.has(diagnosticsText) || (quiet && (!anyErrors || facts !== null))) continue;
    told.add(diagnosticsText);
    terminal.err(diagnosticsText.endsWith('\n') ? diagnosticsText : `${diagnosticsText}\n`);
  }
}

function shapeOf(side: Side): RunShape {
  if (!isSimulated(side)) return side;
  const facts = side.read.facts!;
  const { version, rng } = aboutRun(side.label, facts, side.request);
  const { name, seed, hash, horizonSeconds, warmupSeconds, drainSeconds } = facts;
  return {
    label: labelOf(side), name, version, rng, seed, scenarioHash: hash, horizonSeconds, warmupSeconds, drainSeconds, complete: true,
    flows: side.read.plan!.subject.flows.map((flow) => flow.name),
  };
}

/** What was set is part of what was run. */
function labelOf({ label, request }: Simulated): string {
  return [label, ...request.overrides.set.map((one) => `--set ${one}`)].join(' ');
}

/** `replications`: of the other side, which is over; null: this is the first. What the user asks for comes before. */
async function simulate(side: Side, replications: number | null, { quiet }: SidesRequest, terminal: Terminal): Promise<ComparableRun | Extract<Sides, { type: 'ended' }>> {
  if (!isSimulated(side)) return side;
  const { session, read, label, request } = side;
  const wanted = request.overrides.replications ?? replications;
  const fixed = wanted !== null;
  const facts: ScenarioFacts = fixed ? { ...read.facts!, replications: wanted, precision: null } : read.facts!;
  const plan: Plan = fixed ? { ...read.plan!, precision: null } : read.plan!;
  const about = aboutRun(label, facts, request);
  const progress = openProgress(facts, terminal, quiet);
  const forget = onInterrupt(() => session.stop());
  const outcome = await session.run(0, facts, plan, progress.update).finally(() => {
    progress.stop();
    forget();
  });
  const ended = (exit: Exit, document: object = { exit_code: exit }): Extract<Sides, { type: 'ended' }> => ({ type: 'ended', exit, document });
  switch (outcome.type) {
    case 'failure': {
      const { exit, document } = reportFailure({ about, facts, terminal, options: { files: [label, label] } }, outcome.failure);
      return ended(exit, document ?? undefined);
    }
    case 'too-large':
      tellTooLarge(facts, terminal);
      return ended(Exit.undecided);
    case 'result': break;
  }
  if (!outcome.result.complete) {
    terminal.err('hasim: interrupted; nothing was compared\n');
    return ended(Exit.interrupted);
  }
  tellIdleFaults({ facts, terminal }, outcome.result);
  return comparableOf(outcome.result, shapeOf(side));
}
