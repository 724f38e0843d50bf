/** A test as Markdown, for the summary of a job or a comment: a table of scenarios, and one of what is not as it should be. */
import { plural } from '../figures.js';
import { PLAIN } from '../paint.js';
import { judgedValue, verdictCount } from '../summary/expectations.js';
import { countText, nameOf } from './outcome.js';
import type { ScenarioOutcome, TestReport } from './outcome.js';

export function markdownText(report: TestReport): string {
  const { scenarios, version } = report;
  const problems = scenarios.flatMap(problemRows);
  return `${[
    `## hasim: ${plural(scenarios.length, 'scenario')}, ${countText(scenarios)}`,
    '',
    '| scenario | status | expectations | replications | seed |',
    '| --- | --- | --- | ---: | ---: |',
    ...scenarios.map(scenarioRow),
    ...(problems.length === 0 ? [] : ['', '| scenario | what | value | bound | why |', '| --- | --- | ---: | ---: | --- |', ...problems]),
    ...again(scenarios),
    '',
    `hasim ${version}`,
  ].join('\n')}\n`;
}

function scenarioRow(outcome: ScenarioOutcome): string {
  const { identity, expectations, status } = outcome;
  return row([
    plain(nameOf(outcome)), status === 'passed' ? status : `**${status}**`, expectations.length === 0 ? '' : verdictCount(expectations, PLAIN),
    identity === null ? '' : String(identity.replications), identity === null ? '' : plain(String(identity.seed)),
  ]);
}

function problemRows(outcome: ScenarioOutcome): string[] {
  const name = plain(nameOf(outcome));
  return [
    ...outcome.expectations.filter(({ verdict }) => verdict !== 'met').map((judged) => {
      const at = judged.place === undefined ? '' : ` (${judged.place.file}:${String(judged.place.line)})`;
      return row([name, `${code(judged.text)} ${judged.verdict}`, plain(judgedValue(judged)), plain(judged.bound), plain(`${judged.reason}${at}`)]);
    }),
    ...outcome.findings.map(({ title, message, place }) =>
      row([name, plain(title), '', '', plain(`${message}${place === undefined || message.includes('\n') ? '' : ` (${place.file}:${String(place.line)})`}`)])),
  ];
}

function again(scenarios: readonly ScenarioOutcome[]): string[] {
  const commands = scenarios.filter(({ status }) => status !== 'passed').flatMap(({ reproduce }) => (reproduce === null ? [] : [reproduce]));
  return commands.length === 0 ? [] : ['', '```', ...commands, '```'];
}

/** Stands as it is: in code nothing but the end of it, and of the cell, has a meaning. */
const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', String.raw`\|`)}\``;
const plain = (text: string): string => text.trim().replaceAll('\\', '\\\\').replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;').replaceAll(/\r?\n/g, '<br>');

/** Cells that are Markdown already. */
function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
