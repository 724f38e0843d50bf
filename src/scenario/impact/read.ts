/**
 * The options of an impact analysis, as typed → its plan, or all that is wrong with them at once.
 *
 * Not here: what a run of the plan shows, and which options there are on a command line.
 */
import { blowsOn, casesOf, impactTargets, USUAL_HOLD } from '../../experiment/index.js';
import type { Blow, ImpactPlan, Maintenance } from '../../experiment/index.js';
import { FAULT_KINDS, rosterOf } from '../../model/index.js';
import type { FaultKind, KindDeclaration, Microseconds, RosterEntry } from '../../model/index.js';
import { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { startOf } from '../diagnostics/position.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import { formatDuration, parseDuration } from '../quantities/duration.js';
import type { Scenario } from '../scenario.js';
import { chosenTargets, maintained } from './targets.js';

/** Each as typed; absent: not given. */
export interface ImpactText {
  readonly only: readonly string[];
  readonly faults: readonly string[];
  readonly order?: string;
  readonly during?: string;
  readonly at?: string;
  readonly for?: string;
  readonly gap?: string;
  readonly horizon?: string;
  readonly steps: boolean;
  readonly withFaults: boolean;
}

export interface ImpactReading { readonly plan: ImpactPlan | null; readonly diagnostics: readonly Diagnostic[] }

const MINUTE: Microseconds = 60e6;
/** From the end of the warm-up to the fault, unless the horizon is near. */
const LEAD = MINUTE;
/** From the end of the fault to the horizon: the time in which a backlog is worked off and a lock expires. */
const TAIL = 10 * MINUTE;
/** Pairs grow with the square of the targets. */
const MOST_RUNS = 100_000;

export function readImpact(text: ImpactText, scenario: Scenario, catalogue: readonly KindDeclaration[]): ImpactReading {
  const diagnostics = new DiagnosticList();
  const { definition } = scenario;
  const roster = rosterOf(definition, catalogue);
  const order = orderOf(text.order, diagnostics);
  const times = timesOf(text, scenario, diagnostics);
  const faults = faultsOf(text.faults, diagnostics);
  const maintenance = maintained(text.during, roster, times.from, diagnostics);
  const cases = casesOf(blowsOf(text, roster, faults, times.hold, maintenance, diagnostics), order, { plainest: faults === null });
  const { replications } = definition.run;
  if (diagnostics.errors === 0 && cases.length * replications > MOST_RUNS) {
    diagnostics.error('HS014', startOf('--order'), `${String(cases.length * replications)} runs are too many: at most ${String(MOST_RUNS)}`, { remedy: 'choose with --only or --faults' });
  }
  if (diagnostics.errors > 0) return { plan: null, diagnostics: diagnostics.sorted() };
  const { at, hold, gap, horizon } = times;
  return { plan: { order, at, hold, gap, horizon, replications, withFaults: text.withFaults, maintenance, flows: definition.flows.length, cases }, diagnostics: diagnostics.sorted() };
}

function orderOf(text: string | undefined, diagnostics: DiagnosticList): 1 | 2 {
  if (text === '2') return 2;
  if (text !== undefined && text !== '1') diagnostics.error('HS013', startOf('--order'), `"${text}" is not an order`, { remedy: '1: one fault at a time; 2: all pairs' });
  return 1;
}

function faultsOf(texts: readonly string[], diagnostics: DiagnosticList): readonly FaultKind[] | null {
  const words = texts.flatMap((text) => text.split(',')).map((word) => word.trim());
  for (const word of words) {
    if (!(FAULT_KINDS as readonly string[]).includes(word)) {
      diagnostics.error('HS013', startOf('--faults'), `unknown kind of fault "${word}"`, { suggestions: nearest(word, FAULT_KINDS), remedy: `kinds of faults: ${enumerate([...FAULT_KINDS])}` });
    }
  }
  return words.length === 0 ? null : (words as FaultKind[]);
}

interface Times { readonly at: Microseconds; readonly hold: Microseconds | null; readonly gap: Microseconds; readonly horizon: Microseconds; readonly from: Microseconds }

function timesOf(text: ImpactText, { definition }: Scenario, diagnostics: DiagnosticList): Times {
  const { warmup, horizon: whole } = definition.run;
  const read = (option: 'at' | 'for' | 'gap' | 'horizon'): Microseconds | undefined => {
    const written = text[option];
    if (written === undefined) return undefined;
    const parsed = parseDuration(written);
    if (parsed.ok && (parsed.value > 0 || option === 'gap')) return parsed.value;
    if (parsed.ok) diagnostics.error('HS014', startOf(`--${option}`), 'a time after 0 is expected', { remedy: 'a duration such as 30m' });
    else diagnostics.error(parsed.code, startOf(`--${option}`), parsed.message, parsed);
    return undefined;
  };
  const [wantedAt, wantedHold, gap = 0, wantedHorizon] = [read('at'), read('for'), read('gap'), read('horizon')];
  if (text.gap !== undefined && text.order !== '2') diagnostics.error('HS065', startOf('--gap'), 'a gap lies between the two faults of a pair', { remedy: 'it needs --order 2' });
  const at = wantedAt ?? Math.round(warmup + Math.min(LEAD, ((wantedHorizon ?? whole) - warmup) / 4));
  const horizon = wantedHorizon ?? Math.min(whole, at + gap + (wantedHold ?? USUAL_HOLD) + TAIL);
  if (horizon <= warmup) diagnostics.error('HS014', startOf('--horizon'), `a warm-up of ${formatDuration(warmup)} leaves nothing to measure before ${formatDuration(horizon)}`, { remedy: 'a shorter warm-up, or a later horizon' });
  else if (at + gap >= horizon) {
    diagnostics.error('HS064', startOf(at >= horizon ? '--at' : '--gap'), `the fault would come at ${formatDuration(at + gap)}, and the run ends at ${formatDuration(horizon)}`, { remedy: '--horizon makes the run longer' });
  }
  // Maintenance begins with what is measured; or half-way to the fault, where there is no warm-up before it.
  return { at, hold: wantedHold ?? null, gap, horizon, from: warmup > 0 && at > warmup ? warmup : Math.round(at / 2) };
}

function blowsOf(
  text: ImpactText, roster: readonly RosterEntry[], faults: readonly FaultKind[] | null, hold: Microseconds | null, maintenance: Maintenance | null,
  diagnostics: DiagnosticList,
): Blow[] {
  const stopped = new Set(maintenance?.targets ?? []);
  const chosen = chosenTargets(text.only, impactTargets(roster), diagnostics);
  const targets = chosen.filter(({ name, entry }) => !stopped.has(name) && !stopped.has(entry.name));
  if (targets.length === 0 && chosen.length > 0) {
    diagnostics.error('HS061', startOf('--only'), 'all that is chosen is stopped meanwhile', { remedy: '--only says what fails, --during what is maintained' });
  }
  const blows = targets.flatMap((target) => blowsOn(target, { faults, steps: text.steps, hold }));
  if (blows.length === 0 && diagnostics.errors === 0) {
    const option = faults !== null ? '--faults' : text.only.length > 0 ? '--only' : '--steps';
    const can = [...new Set(targets.flatMap(({ entry }) => Object.keys(entry.kind.faults)))];
    diagnostics.error('HS062', startOf(option), 'nothing of what is chosen can suffer that', { remedy: can.length === 0 ? 'no component of the scenario declares a fault' : `it can suffer ${enumerate(can)}; faults of steps need --steps` });
  }
  return blows;
}
