/**
 * A test as JUnit XML, as Ant and Jenkins read it: a suite per scenario, a case per expectation.
 *
 * The format knows failures and errors: a failure was judged and did not hold, an error could not be judged. Its times are by the
 * clock on the wall; those of a scenario are spread over its cases, for expectations have none of their own.
 */
import type { JudgedExpectation } from '../../experiment/result.js';
import { judgedReason, judgedValue } from '../summary/expectations.js';
import { PLAIN } from '../paint.js';
import { nameOf } from './outcome.js';
import type { Finding, ScenarioOutcome, TestReport } from './outcome.js';

interface Case { readonly name: string; readonly problem: { readonly element: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string } | null }

export function junitText({ scenarios, started, version }: TestReport): string {
  const suites = scenarios.map((outcome) => ({ outcome, cases: casesOf(outcome) }));
  const all = suites.flatMap(({ cases }) => cases);
  const total = scenarios.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `hasim ${version}`, ...counts(all), time: time(total) })}>`,
    ...suites.flatMap(({ outcome, cases }, id) => suiteLines(outcome, cases, id, started)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines(outcome: ScenarioOutcome, cases: readonly Case[], id: number, started: Date): string[] {
  const { identity, file, reproduce } = outcome;
  const properties = Object.entries({
    file, ...(identity === null ? {} : { seed: String(identity.seed), scenario: identity.hash, replications: String(identity.replications), digest: identity.digest }),
    ...(reproduce === null ? {} : { reproduce }),
  });
  const each = time(outcome.seconds / cases.length);
  const name = nameOf(outcome);
  const warnings = outcome.findings.filter(({ status }) => status === 'passed');
  return [
    // The schema of Ant asks for the host, and for an instant without its zone.
    `  <testsuite${attributes({ name, id: String(id), package: 'hasim', hostname: 'localhost', timestamp: started.toISOString().slice(0, 19), ...counts(cases), time: time(outcome.seconds) })}>`,
    '    <properties>',
    ...properties.map(([key, value]) => `      <property${attributes({ name: key, value })}/>`),
    '    </properties>',
    ...cases.flatMap((one) => caseLines(one, name, each)),
    `    <system-out>${escaped(warnings.map(({ title, message }) => `${title}: ${message}`).join('\n'))}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ];
}

function caseLines({ name, problem }: Case, suite: string, seconds: string): string[] {
  const opening = `    <testcase${attributes({ name, classname: suite, time: seconds })}`;
  if (problem === null) return [`${opening}/>`];
  const { element, type, message, text } = problem;
  return [`${opening}>`, `      <${element}${attributes({ message, type })}>${escaped(text)}</${element}>`, '    </testcase>'];
}

/** A scenario without anything to say has one case: that it ran. */
function casesOf(outcome: ScenarioOutcome): Case[] {
  const { expectations, findings, baseline, identity } = outcome;
  const compared: Case[] = baseline?.state === 'kept' ? [{ name: 'results are those of the baseline', problem: null }] : [];
  const cases = [
    ...expectations.map(expectationCase), ...compared,
    ...findings.filter(({ status }) => status !== 'passed').map((finding) => findingCase(finding, outcome)),
  ];
  return cases.length > 0 ? cases : [{ name: identity === null ? 'is read' : 'runs', problem: null }];
}

function expectationCase(judged: JudgedExpectation): Case {
  if (judged.verdict === 'met') return { name: judged.text, problem: null };
  const value = `${judgedValue(judged)} (bound ${judged.bound})`;
  const text = [judged.text, ...judgedReason(judged, PLAIN).map((line) => line.trim()), `value ${value}`].join('\n');
  const element = judged.verdict === 'no-data' ? 'error' : 'failure';
  return { name: judged.text, problem: { element, type: judged.verdict, message: judged.reason === '' ? judged.verdict : judged.reason, text } };
}

function findingCase({ status, title, message, place }: Finding, { reproduce }: ScenarioOutcome): Case {
  const at = place === undefined ? [] : [`${place.file}:${String(place.line)}:${String(place.column)}`];
  const text = [message, ...at, ...(reproduce === null ? [] : [`reproduce: ${reproduce}`])].join('\n');
  return { name: title, problem: { element: status === 'failed' ? 'failure' : 'error', type: status, message: message.split('\n')[0], text } };
}

function counts(cases: readonly Case[]): Record<string, string> {
  const number = (element: string): string => String(cases.filter(({ problem }) => problem?.element === element).length);
  return { tests: String(cases.length), failures: number('failure'), errors: number('error') };
}

const time = (seconds: number): string => seconds.toFixed(3);

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escaped(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`).join('');
}

/** Characters that XML cannot hold at all are replaced. */
function escaped(text: string): string {
  return [...text].map((letter) => (isXml(letter.codePointAt(0) ?? 0) ? letter : '\uFFFD')).join('')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;');
}

function isXml(code: number): boolean {
  return code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}
