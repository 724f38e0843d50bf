/** All scenarios of one call of `test`: read, run side by side, shown in their order, reported. A wrong one does not stop the others. */
import { specHead, specScenario, specTotal } from '../../report/index.js';
import type { ResultFolder, ScenarioOutcome, Status, TestReport } from '../../report/index.js';
import { UserError } from '../errors.js';
import { Exit, gravest } from '../exit.js';
import { folderInside, openFolders, refuseSameName } from '../run/destination.js';
import { onInterrupt } from '../run/interrupt.js';
import type { ReadScenario } from '../run/messages.js';
import { openProgress } from '../run/progress.js';
import type { Progress } from '../run/progress.js';
import { Session } from '../run/session.js';
import type { Terminal } from '../terminal.js';
import { VERSION } from '../version.js';
import { testOne } from './one.js';
import type { Chosen } from './one.js';
import type { TestOptions } from './options.js';
import { Reporting } from './reporters.js';

const EXITS: Readonly<Record<Status, Exit>> = {
  passed: Exit.done, undecided: Exit.undecided, failed: Exit.missed, wrong: Exit.user, broken: Exit.bug, interrupted: Exit.interrupted,
};

export async function testScenarios(options: TestOptions, terminal: Terminal): Promise<Exit> {
  const started = new Date();
  const reporting = new Reporting(options.reporters);
  const session = new Session(options.request, options.jobs);
  let folders: readonly ResultFolder[] = [];
  try {
    const read = await session.read();
    options.onRead?.(read.flatMap(({ files }) => files));
    const chosen = choose(read, options);
    folders = chosen.flatMap(({ folder }) => folder ?? []);
    const scenarios = await testAll(chosen, session, options, reporting.streams, terminal);
    const exit = gravest(scenarios.map(({ status }) => EXITS[status]));
    const report: TestReport = { version: VERSION, scenarios, exitCode: exit, started };
    if (reporting.streams) terminal.out(specTotal(report, terminal.paintOut));
    reporting.write(report, terminal);
    return exit;
  } finally {
    for (const folder of folders) folder.abandon();
    await session.close();
  }
}

/** Those that are asked for, with the folders that belong to them. Nothing has run yet. */
function choose(read: readonly ReadScenario[], { files, only, out, baseline }: TestOptions): Chosen[] {
  const all = read.map((one, index) => ({ index, file: files[index], read: one, name: one.facts?.name ?? files[index].replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') }));
  const wanted = only === null ? all : all.filter(({ name }) => only.pattern.test(name));
  if (wanted.length === 0) throw new UserError(`--only ${only?.text ?? ''} matches no scenario\nscenarios: ${all.map(({ name }) => name).join(', ')}`);
  const readable = wanted.filter((one) => one.read.facts !== null);
  if (out !== undefined || baseline !== undefined) refuseSameName(readable);
  const opened = out === undefined ? [] : openFolders(readable.map((one) => folderInside(out, one)));
  return wanted.map((one) => ({
    ...one,
    folder: opened[readable.indexOf(one)] ?? null,
    baseline: baseline === undefined || one.read.facts === null ? null : folderInside(baseline, one),
  }));
}

async function testAll(chosen: readonly Chosen[], session: Session, options: TestOptions, shown: boolean, terminal: Terminal): Promise<ScenarioOutcome[]> {
  if (shown && !options.quiet) terminal.out(specHead(VERSION, chosen.length, terminal.paintOut));
  const { progress, part } = openTotal(chosen, options, terminal);
  const forget = onInterrupt(() => session.stop());
  try {
    const under = chosen.map((one) => testOne(one, session, options, part(one.read.facts?.replications ?? 0)));
    // One that fails while an earlier one is waited for must not count as an error that nobody hears.
    for (const one of under) one.catch(() => undefined);
    const outcomes: ScenarioOutcome[] = [];
    for (const one of under) {
      const outcome = await one;
      outcomes.push(outcome);
      if (shown && (!options.quiet || outcome.status !== 'passed')) progress.around(() => terminal.out(specScenario(outcome, terminal.paintOut)));
    }
    return outcomes;
  } finally {
    forget();
    progress.stop();
  }
}

/** One progress for all: each scenario tells its part. */
function openTotal(chosen: readonly Chosen[], { quiet }: TestOptions, terminal: Terminal): { readonly progress: Progress; readonly part: (replications: number) => (standing: { readonly done: number; readonly share: number }) => void } {
  const replications = chosen.reduce((sum, { read }) => sum + (read.facts?.replications ?? 0), 0);
  const precise = chosen.every(({ read }) => (read.facts?.precision ?? null) === null);
  const progress = openProgress({ name: 'test', replications, precision: precise ? null : 0 }, terminal, quiet);
  const total = { done: 0, share: 0 };
  const part = (own: number): ((standing: { readonly done: number; readonly share: number }) => void) => {
    let last = { done: 0, share: 0 };
    return (standing) => {
      total.done += standing.done - last.done;
      total.share += ((standing.share - last.share) * own) / replications;
      last = standing;
      progress.update(total);
    };
  };
  return { progress, part };
}
