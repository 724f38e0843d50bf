/** What there is to say of a scenario besides its expectations. Each finding knows what it does to the verdict of the whole. */
import type { ExperimentResult } from '../../experiment/result.js';
import { idleFaults, idleFaultText } from '../../experiment/idle-faults.js';
import { movedCount, movedLines } from '../../report/index.js';
import type { BaselineOutcome, Finding } from '../../report/index.js';
import type { DiagnosticsDocument } from '../../scenario/index.js';
import { bugText } from '../bug.js';
import type { Failure, ReadScenario, ScenarioFacts } from '../run/messages.js';

type Diagnostic = DiagnosticsDocument['diagnostics'][number];

/** Errors and warnings of reading; infos are for `validate`. */
export function diagnosticFindings({ diagnosticsJson }: ReadScenario): Finding[] {
  return diagnosticsJson.filter(({ severity }) => severity !== 'info').map((one) => ({
    status: one.severity === 'error' ? 'wrong' : 'passed',
    title: `${one.severity} ${one.code}${one.rule === undefined ? '' : ` ${one.rule}`}`,
    message: diagnosticText(one),
    place: { file: one.file, ...one.range.start },
  }));
}

function diagnosticText({ message, suggestions, remedy }: Diagnostic): string {
  const meant = suggestions.length === 0 ? '' : ` - did you mean ${suggestions.map((one) => `"${one}"`).join(' or ')}?`;
  return `${message}${meant}${remedy === undefined ? '' : `; help: ${remedy}`}`;
}

/** What a run that was completed has to say. */
export function resultFindings(result: ExperimentResult, facts: ScenarioFacts): Finding[] {
  const { precision } = result;
  const open = precision?.figures.filter(({ settled }) => !settled).map(({ text }) => text) ?? [];
  return [
    ...idleFaults(facts.faults, result.replications).map((idle): Finding => ({ status: 'passed', title: 'idle fault', message: idleFaultText(idle) })),
    ...(precision?.reached === false
      ? [{ status: 'undecided', title: 'precision not reached', message: `in ${String(precision.limit)} replications, the most allowed, by ${open.join(', ')}` } as const] : []),
  ];
}

export function baselineFindings({ state, folder, moved }: BaselineOutcome): Finding[] {
  switch (state) {
    case 'kept': return [];
    case 'none': return [{ status: 'undecided', title: 'no baseline', message: `${folder} holds no results to compare with; --update writes them` }];
    case 'moved': return [{ status: 'failed', title: 'results moved', message: [`${movedCount(moved)} from ${folder}`, ...movedLines(moved)].join('\n') }];
    case 'written': return [{
      status: 'passed', title: 'baseline written',
      message: moved.length === 0 ? folder : [`${folder}: ${movedCount(moved)}`, ...movedLines(moved)].join('\n'),
    }];
  }
}

/** A definition that cannot be built is the user's to mend; whatever else was thrown is a bug. */
export function failureFinding(failure: Failure, facts: ScenarioFacts, reproduce: string): Finding {
  if (failure.name === 'ModelError') return { status: 'wrong', title: 'cannot be simulated', message: failure.message };
  const error = Object.assign(new Error(failure.message), { name: failure.name, stack: failure.stack });
  const { replication, simulatedSeconds } = failure;
  return { status: 'broken', title: 'bug of hasim', message: bugText({ error, command: reproduce, seed: facts.seed, replication, simulatedSeconds }) };
}

export const NOTHING_TO_JUDGE: Finding = {
  status: 'undecided', title: 'nothing to judge',
  message: 'the scenario expects nothing: give it an expect section, or a baseline to be compared with, or use --pass-without-expectations',
};

export const TOO_LARGE: Finding = {
  status: 'undecided', title: 'too large', message: 'it does not fit into memory; fewer messages, a shorter horizon, or NODE_OPTIONS=--max-old-space-size=8192',
};

export function interruptedFinding(done: number, asked: number): Finding {
  return { status: 'interrupted', title: 'interrupted', message: `${String(done)} of ${String(asked)} replications were complete; nothing is judged` };
}
