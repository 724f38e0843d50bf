/** The answers to the question of a sweep: the value, why it is this one, and what makes the answer less than certain. */
import type { Answer, JudgedExpectation, Question } from '../../experiment/index.js';
import type { Paint } from '../paint.js';
import { plural } from '../figures.js';
import { judgedValue, mark } from '../summary/expectations.js';
import { left, right, table } from '../table.js';
import { wrap } from '../wrap.js';
import type { FindReport, SweepReport, VariantLine } from './about.js';
import { lineOf } from './document.js';
import { labelOf, shortNames } from './names.js';

/** Answers beyond this stand in run.json only. */
const LONGEST = 12;
/** Values of a list that are named. */
const MOST_NAMED = 5;

export function findSection(report: SweepReport, width: number, paint: Paint): string[] {
  const { find } = report;
  if (find === null) return [];
  const rest = find.answers.length - LONGEST;
  return [
    ...wrap(`Find: ${find.text}`, 0, width).map(paint.title),
    ...find.answers.slice(0, LONGEST).flatMap(({ question, answer }) => answerLines(report, find, question, answer, width, paint)),
    ...(rest > 0 ? [paint.dim(`  … ${plural(rest, 'more answer')} in run.json`)] : []),
  ];
}

function answerLines({ about, lines }: SweepReport, find: FindReport, question: Question, answer: Answer, width: number, paint: Paint): string[] {
  const dimension = about.dimensions.findIndex(({ name }) => name === find.path);
  const names = shortNames(about.dimensions.map(({ name }) => name));
  const lineAt = (place: number): VariantLine => lineOf(lines, question.numbers[place])!;
  const valueAt = (place: number): string => lineAt(place).values[dimension];
  const looked = question.numbers.flatMap((number, place) => (lineOf(lines, number) === undefined ? [] : [place]));
  const others = question.others.length === 0 ? '' : `${labelOf(names.filter((_, place) => place !== dimension), question.others)}: `;
  const paintOutcome = { found: paint.good, none: paint.bad, undecided: paint.warn }[answer.outcome];
  const headline = `${others}${sentence(find, names[dimension], answer, valueAt)}`;
  const before = looked.filter((place) => place < (answer.place ?? Infinity)).at(-1);
  const notes = [
    ...(answer.contrary.length === 0 ? [] : [`not monotone: after ${valueAt(answer.place!)}, the conditions are missed again at ${named(answer.contrary.map(valueAt))}`]),
    ...(answer.outcome === 'undecided' ? ['more replications may decide it'] : []),
    ...(find.search && looked.length < question.numbers.length ? [`looked at ${String(looked.length)} of ${plural(question.numbers.length, 'value')} (${named(looked.map(valueAt), 12)}); a search takes the verdict to be monotone, --vary ${find.path}=… looks at all`] : []),
  ];
  return [
    ...wrap(headline, 2, width).map(paintOutcome),
    ...judgedLines([
      ...(answer.place === null ? [] : lineAt(answer.place).judged.map((judged): Judged => [valueAt(answer.place!), judged])),
      ...(before === undefined ? [] : lineAt(before).judged.filter(({ verdict }) => verdict !== 'met').map((judged): Judged => [valueAt(before), judged])),
    ], paint),
    ...notes.flatMap((note) => wrap(note, 4, width).map(paint.dim)),
  ];
}

function sentence({ direction, search }: FindReport, name: string, { outcome, place, undecided }: Answer, valueAt: (place: number) => string): string {
  const [extreme, nearer] = direction === 'min' ? ['smallest', 'smaller'] : ['largest', 'larger'];
  if (outcome === 'none') return `none: no value of ${name}${search ? ' that was looked at' : ''} meets the conditions`;
  if (outcome === 'found') return `${name} = ${valueAt(place!)} is the ${extreme} value that meets the conditions`;
  const where = named(undecided.map(valueAt));
  return place === null ? `undecided: no value of ${name} meets the conditions for certain, and the samples do not decide at ${where}`
    : `undecided: ${name} = ${valueAt(place)} meets the conditions, and for the ${nearer} ${where} the samples do not decide`;
}

function named(values: readonly string[], most = MOST_NAMED): string {
  const rest = values.length - most;
  return rest <= 0 ? values.join(', ') : `${values.slice(0, most).join(', ')} and ${String(rest)} more`;
}

/** What holds or fails, at which value. */
type Judged = readonly [value: string, judged: JudgedExpectation];

function judgedLines(judged: readonly Judged[], paint: Paint): string[] {
  const [, ...lines] = table([right(''), left(''), left(''), left('')], judged.map(([value, one]) => [value, mark(one.verdict, paint), one.text, judgedValue(one)]), { indent: '    ' });
  return lines;
}
