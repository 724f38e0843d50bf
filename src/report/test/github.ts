/**
 * A test as workflow commands of GitHub Actions: an annotation on the line of the scenario file that is not met.
 *
 * What is met is not mentioned. Whatever turns a build red is an error; warnings are warnings.
 */
import type { JudgedExpectation } from '../../experiment/result.js';
import { judgedValue } from '../summary/expectations.js';
import { nameOf } from './outcome.js';
import type { Place, ScenarioOutcome, TestReport } from './outcome.js';

/** @param pathOf a file as the user named it → as the repository knows it */
export function githubText({ scenarios }: TestReport, pathOf: (file: string) => string): string {
  return scenarios.flatMap((outcome) => annotations(outcome, pathOf)).map((line) => `${line}\n`).join('');
}

function annotations(outcome: ScenarioOutcome, pathOf: (file: string) => string): string[] {
  const name = nameOf(outcome);
  // What is about the scenario as a whole stands at its first line.
  const whole: Place = { file: outcome.file, line: 1, column: 1 };
  const again = outcome.reproduce === null ? '' : `\nreproduce: ${outcome.reproduce}`;
  return [
    ...outcome.expectations.filter(({ verdict }) => verdict !== 'met').map((judged) =>
      command('error', judged.place ?? whole, `${name}: ${judged.verdict}`, `${expectationText(judged)}${again}`, pathOf)),
    ...outcome.findings.map(({ status, title, message, place }) =>
      command(status === 'passed' ? 'warning' : 'error', place ?? whole, `${name}: ${title}`, status === 'passed' ? message : `${message}${again}`, pathOf)),
  ];
}

function expectationText(judged: JudgedExpectation): string {
  return `${judged.text}\n${judged.reason === '' ? judgedValue(judged) : judged.reason}`;
}

function command(level: 'error' | 'warning', place: Place, title: string, message: string, pathOf: (file: string) => string): string {
  // `<stdin>` and `--set` are no files.
  const at = /^(<|--)/.test(place.file) ? [] : [`file=${property(pathOf(place.file))}`, `line=${String(place.line)}`, `col=${String(place.column)}`];
  return `::${level} ${[...at, `title=${property(title)}`].join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
