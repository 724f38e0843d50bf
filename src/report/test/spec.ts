/**
 * A test for people: a line per scenario, and below it whatever is not as it should be, with the command that shows it again.
 *
 * In pieces, so that each scenario is shown as soon as it is over.
 */
import type { Paint } from '../paint.js';
import { plural } from '../figures.js';
import { judgedReason, judgedValue, mark, verdictCount } from '../summary/expectations.js';
import { shortHash } from '../summary/header.js';
import { wrap } from '../wrap.js';
import { countText, nameOf } from './outcome.js';
import type { Finding, ScenarioOutcome, Status, TestReport } from './outcome.js';

export function specHead(version: string, scenarios: number, paint: Paint): string {
  return `${paint.strong(`hasim ${version}`)} · test of ${plural(scenarios, 'scenario')}\n\n`;
}

export function specScenario(outcome: ScenarioOutcome, paint: Paint): string {
  const { identity, expectations, findings, status, file } = outcome;
  const judged = expectations.length === 0 ? [] : [verdictCount(expectations, paint)];
  const known = identity === null ? [] : [paint.dim(`seed ${String(identity.seed)} · scenario ${shortHash(identity.hash)} · ${plural(identity.replications, 'replication')}`)];
  const name = identity === null ? file : paint.title(identity.name);
  return `${[
    [`${painted(status, paint)} ${name}`, ...judged, ...known].join(' · '),
    ...expectations.filter(({ verdict }) => verdict !== 'met').flatMap((one) => [
      `  ${mark(one.verdict, paint)}  ${one.text}  ${judgedValue(one)}`, ...judgedReason(one, paint),
    ]),
    ...findings.flatMap((finding) => findingLines(finding, paint)),
    ...(outcome.reproduce === null || status === 'passed' ? [] : [`  reproduce: ${outcome.reproduce}`]),
  ].join('\n')}\n`;
}

export function specTotal({ scenarios, version }: TestReport, paint: Paint): string {
  const all = scenarios.flatMap(({ expectations }) => expectations);
  const bad = scenarios.filter(({ status }) => status !== 'passed');
  const colour = bad.length === 0 ? paint.good : paint.bad;
  return [
    '',
    ...(bad.length > 1 ? [`not passed: ${bad.map(nameOf).join(', ')}`] : []),
    [colour(`${plural(scenarios.length, 'scenario')}: ${countText(scenarios)}`), ...(all.length === 0 ? [] : [`expectations: ${verdictCount(all, paint)}`]), `hasim ${version}`].join(' · '),
    '',
  ].join('\n');
}

/** Texts that are formatted already, such as diagnostics with their lines of code, are not wrapped. */
function findingLines({ status, title, message, place }: Finding, paint: Paint): string[] {
  const at = place === undefined || message.includes('\n') ? '' : ` (${place.file}:${String(place.line)})`;
  const lead = status === 'passed' ? paint.warn(title) : painted(status, paint, title);
  if (!message.includes('\n')) return [`  ${lead}`, ...wrap(`${message}${at}`, 4).map((line) => paint.dim(line))];
  return [`  ${lead}`, ...message.trimEnd().split('\n').map((line) => (line === '' ? '' : `    ${line}`))];
}

function painted(status: Status, paint: Paint, text: string = status): string {
  if (status === 'passed') return paint.good(text);
  return status === 'undecided' || status === 'interrupted' ? paint.warn(text) : paint.bad(text);
}
