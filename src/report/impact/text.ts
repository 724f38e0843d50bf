/**
 * An impact analysis on the terminal: what was done, a line for each fault that stopped a flow or cost messages, and what follows
 * from them. Faults of one target that read alike share a line. Narrow enough for 80 columns as long as names are short; all rows
 * stand in the file.
 */
import { findingsOf, LOSES, SINGLE_POINT, USUAL_HOLD, USUAL_STEP_HOLD } from '../../experiment/index.js';
import type { Finding, Impact, ImpactPlan } from '../../experiment/index.js';
import type { Row } from '../../experiment/result.js';
import { duration, figure, NOTHING, plural } from '../figures.js';
import type { Written } from '../document.js';
import type { Paint } from '../paint.js';
import { shortHash } from '../summary/header.js';
import { left, right, table } from '../table.js';
import { wrap } from '../wrap.js';
import type { ImpactAbout } from './about.js';

const WIDTH = 80;
/** Lines beyond this stand in the file only. */
const LONGEST = 80;
/** Widest cell of a target before it goes on in the next line. */
const WIDEST = 22;
const WORSE = 24;
const MESSAGES = ['lost', 'duplicates', 'late', 'rejected', 'suspended'] as const;

const seconds = (microseconds: number): number => microseconds / 1e6;

/** `complete`: no case is missing. `written`: null when nothing was. */
export function impactText(impacts: readonly Impact[], complete: boolean, about: ImpactAbout, written: Written | null, paint: Paint): string {
  const sections = [
    [firstLine(about, paint), ...method(about)],
    tableSection(impacts, about, paint),
    ...findings(impacts, about, paint),
    [
      ...(written === null ? [] : [`${plural(written.files.length, 'file')} in ${written.out}`]),
      ...(complete ? [] : [paint.warn('interrupted: only the faults that were complete are here')]),
      lastLine(about, complete, paint),
    ],
  ];
  return `${sections.filter((section) => section.length > 0).map((section) => section.join('\n')).join('\n\n')}\n`;
}

/** With `--quiet`: what follows, and the line that identifies the analysis. */
export function impactQuietText(impacts: readonly Impact[], complete: boolean, about: ImpactAbout, paint: Paint): string {
  return `${[...findings(impacts, about, paint).flat(), lastLine(about, complete, paint)].join('\n')}\n`;
}

function firstLine({ version, name, seed, scenarioHash }: ImpactAbout, paint: Paint): string {
  return [paint.strong(`hasim ${version}`), paint.title(name), `seed ${String(seed)}`, `scenario ${shortHash(scenarioHash)}`, 'impact'].join(' · ');
}

function lastLine({ version, seed, scenarioHash, plan }: ImpactAbout, complete: boolean, paint: Paint): string {
  const parts = [`seed ${String(seed)}`, `scenario ${shortHash(scenarioHash)}`, `hasim ${version}`, `${plural(plan.replications, 'replication')}`];
  return paint.dim([...parts, ...(complete ? [] : ['incomplete'])].join(' · '));
}

/** How the figures came about: what is compared with what, when, for how long. */
function method({ plan, drainSeconds }: ImpactAbout): string[] {
  const { cases, order, gap, at, hold, horizon, maintenance, withFaults } = plan;
  const time = (microseconds: number): string => duration(seconds(microseconds));
  const pairs = cases.filter(({ blows }) => blows.length > 1).length;
  const steps = cases.some(({ blows }) => blows.some(({ fault, step }) => step !== null || fault === 'slow')) ? `, ${time(USUAL_STEP_HOLD)} if it hits steps` : '';
  const text = [
    order === 1 ? `${plural(cases.length, 'fault')}, one at a time` : `${plural(cases.length - pairs, 'fault')} and ${plural(pairs, 'pair')} of them`,
    `; each is compared with the same run without ${order === 1 ? 'it' : 'them'}`,
    withFaults ? ", the scenario's own faults in both" : ', the faults of the scenario left out',
    maintenance === null ? '' : `, ${maintenance.targets.join(', ')} stopped from ${time(maintenance.from)} on`,
    `. Faults come at ${time(at)}`,
    order === 1 || gap === 0 ? '' : `, the second of a pair ${time(gap)} later,`,
    hold === null ? ` and last until the component's own recovery, or ${time(USUAL_HOLD)} where it has none${steps}` : ` and last ${time(hold)}`,
    ` (permanent ones: for good). Arrivals end at ${time(horizon)}, the run ${duration(drainSeconds)} later.`,
  ];
  return wrap(text.join(''), 0, WIDTH);
}

function tableSection(impacts: readonly Impact[], { plan }: ImpactAbout, paint: Paint): string[] {
  const singles = plan.order === 1;
  const chosen = impacts.filter(({ one, row }) => (singles ? harm(row, plan.flows) === 'harms' : one.blows.length > 1 && row.finding !== null));
  const title = paint.title(singles ? 'Impact' : 'Pairs that are worse than their parts') + paint.dim(plan.flows > 0 ? ' (messages: more than without)' : ' (components other than the target)');
  const all = shared(chosen.map(({ row }) => cellsOf(row, plan)));
  const shown = all.slice(0, LONGEST);
  const figures = plan.flows > 0 ? [right('stopped'), right('lost')] : [right('down'), right('degraded')];
  const heads = [left('target', WIDEST), left('fault', WIDEST), ...(singles ? [left('scope'), ...figures, ...(plan.flows > 0 ? [right('twice'), right('late')] : [])] : [...figures, left('worse by', WORSE)])];
  const [head, ...lines] = table(heads, shown, { paintHeader: paint.dim });
  const rest = all.length - shown.length;
  const nothing = impacts.length === 0 ? 'no fault was complete' : !singles ? 'none' : plan.flows > 0 ? 'no fault stops a flow or costs a message' : 'no fault takes anything else with it';
  return [
    title, ...(shown.length === 0 ? [`  ${nothing}`] : [head, ...lines]),
    ...(rest > 0 ? [paint.dim(`  … ${plural(rest, 'more line')}: impact.csv has all`)] : []),
    ...(singles ? [...rests(impacts, plan, 'degrades', 'only degrade flows'), ...rests(impacts, plan, 'nothing', plan.flows > 0 ? 'touch no flow' : 'take nothing else with them')].map(paint.dim) : []),
  ];
}

/** Where there are flows, harm is what they suffer; where there are none, what else goes down. */
function harm(row: Row, flows: number): 'harms' | 'degrades' | 'nothing' {
  const some = (column: string): boolean => Number(row[column] ?? 0) !== 0;
  if (flows === 0) return some('components_down') || some('components_degraded') ? 'harms' : 'nothing';
  if (some('flows_stopped') || MESSAGES.some(some)) return 'harms';
  return some('flows_degraded') ? 'degrades' : 'nothing';
}

function cellsOf(row: Row, { order, flows }: ImpactPlan): string[] {
  const open = String(row.open ?? '').split(' ').includes('restore_s');
  const stopped = figure(row.restore_s, 's');
  const count = (column: string): string => figure(row[column], 'count');
  const figures = flows > 0 ? [open ? `≥${stopped}` : stopped, count('lost')] : [count('components_down'), count('components_degraded')];
  const [target, fault] = [String(row.target), String(row.fault)];
  if (order === 2) return [target, fault, ...figures, String(row.finding ?? '')];
  return [target, fault, String(row.scope ?? NOTHING), ...figures, ...(flows > 0 ? [count('duplicates'), count('late')] : [])];
}

/** Lines that differ in the fault alone become one, at the place of the first. */
function shared(lines: readonly string[][]): string[][] {
  const joined = new Map<string, string[]>();
  for (const line of lines) {
    const key = JSON.stringify(line.filter((_, i) => i !== FAULT));
    const same = joined.get(key);
    if (same === undefined) joined.set(key, [...line]);
    else same[FAULT] += `, ${line[FAULT]}`;
  }
  return [...joined.values()];
}
/** Place of the fault in a line. */
const FAULT = 1;

/** What does no more than this, by target; the faults are named where the target has others that do. */
function rests(impacts: readonly Impact[], { flows }: ImpactPlan, sort: ReturnType<typeof harm>, does: string): string[] {
  const byTarget = new Map<string, { readonly faults: string[]; others: boolean }>();
  for (const { row } of impacts) {
    const target = String(row.target);
    const known = byTarget.get(target) ?? { faults: [], others: false };
    byTarget.set(target, known);
    if (harm(row, flows) === sort) known.faults.push(String(row.fault));
    else known.others = true;
  }
  const those = [...byTarget].filter(([, { faults }]) => faults.length > 0);
  if (those.length === 0) return [];
  const names = those.map(([target, { faults, others }]) => (others ? `${target} (${faults.join(', ')})` : target)).sort();
  return ['', ...wrap(`Faults that ${does}: ${names.join(', ')}`, 2, WIDTH)];
}

/** Of an interrupted analysis only what was complete says anything. */
function among(impacts: readonly Impact[], { cases }: ImpactPlan): string {
  const [done, all] = [impacts.map(({ one }) => one), cases].map((those) => those.filter(({ blows }) => blows.length === 1).length);
  return done === all ? `the ${plural(all, 'fault')}` : `the ${String(done)} of ${plural(all, 'fault')} that were complete`;
}

function findings(impacts: readonly Impact[], { plan }: ImpactAbout, paint: Paint): string[][] {
  const list = (found: readonly Finding[]): string => found.map(({ target, faults }) => `${target} (${faults.join(', ')})`).join(', ');
  const says = (label: string, found: readonly Finding[]): string[] => (found.length === 0 ? [] : wrap(`${label}: ${list(found)}`, 0, WIDTH).map(paint.strong));
  if (plan.flows === 0) return [wrap('The scenario has no flow: nothing can be stopped or lost, and no single point of failure found.', 0, WIDTH)];
  const points = findingsOf(impacts, SINGLE_POINT);
  const none = points.length === 0 ? [`Single points of failure: none among ${among(impacts, plan)}`] : says('Single points of failure', points);
  return [[...none, ...says('Messages are lost by', findingsOf(impacts, LOSES))]];
}
