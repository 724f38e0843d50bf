/**
 * A picture of one figure over one or two dimensions that have an order: bars, or a map of shades with the figures in it.
 *
 * Text only, without colour. Not here: which variants there are; a picture of a sample over two dimensions would have holes, so there is none.
 */
import type { ShownFigure } from '../../experiment/index.js';
import type { Paint } from '../paint.js';
import { figure } from '../figures.js';
import { pad, visibleWidth } from '../table.js';
import { wrap } from '../wrap.js';
import type { SweepReport, VariantLine } from './about.js';
import { shortNames } from './names.js';
import { figureText } from './table.js';

const INDENT = '  ';
/** More lines than this are no picture. */
const MOST_ROWS = 40;
/** Pictures of one sweep over one dimension. */
const MOST_PICTURES = 2;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const SHADES = [' ', '░', '▒', '▓', '█'];
/** Figures that lie closer to each other than this share of the largest are shown from near the least on. */
const CLOSE = 0.2;

export function plotSections(report: SweepReport, width: number, paint: Paint): string[][] {
  const { about, lines } = report;
  const ordered = about.dimensions.flatMap(({ amounts }, place) => (amounts === null ? [] : [place]));
  if (ordered.length !== about.dimensions.length || lines.length < 2) return [];
  if (ordered.length === 1) return lines.length > MOST_ROWS ? [] : varying(report).slice(0, MOST_PICTURES).map((place) => bars(report, place, width, paint));
  if (ordered.length > 2 || about.sample !== null || lines.length < about.total) return [];
  return varying(report).slice(0, 1).flatMap((place) => {
    const map = shades(report, place, width, paint);
    return map === null ? [] : [map];
  });
}

/** Places of figures that can be told apart in some variants. */
function varying({ figures, lines }: SweepReport): number[] {
  return figures.flatMap((one, place) => {
    const there = lines.filter((line) => typeof line.figures[place].value === 'number');
    return new Set(there.map((line) => figureText(line.figures[place], one))).size > 1 ? [place] : [];
  });
}

function titleLines(one: ShownFigure, over: string, note: string, width: number, paint: Paint): string[] {
  return wrap(`${one.text} over ${over}${note}`, 0, width).map(paint.title);
}

function amountOf({ about }: SweepReport, line: VariantLine, place: number): number {
  const { values, amounts } = about.dimensions[place];
  return amounts?.[values.indexOf(line.values[place])] ?? 0;
}

function numbers(lines: readonly VariantLine[], place: number): number[] {
  return lines.map((line) => line.figures[place].value).filter((value) => typeof value === 'number');
}

function bars(report: SweepReport, place: number, width: number, paint: Paint): string[] {
  const { about, figures } = report;
  const lines = [...report.lines].sort((a, b) => amountOf(report, a, 0) - amountOf(report, b, 0));
  const values = numbers(lines, place);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const from = least > 0 && most - least < CLOSE * most ? least - (most - least) / 4 : Math.min(0, least);
  const labels = lines.map((line) => line.values[0]);
  const texts = lines.map((line) => figureText(line.figures[place], figures[place]));
  const label = Math.max(...labels.map(visibleWidth));
  const room = Math.max(8, width - INDENT.length - label - 2 - 2 - Math.max(...texts.map(visibleWidth)));
  const note = from === 0 ? '' : `, bars from ${figure(from, figures[place].unit)}`;
  return [
    ...titleLines(figures[place], shortNames(about.dimensions.map(({ name }) => name))[0], note, width, paint),
    ...lines.map((line, row) => {
      const { value } = line.figures[place];
      const bar = typeof value === 'number' ? barOf(((value - from) / (most - from)) * room) : '';
      return `${INDENT}${pad(labels[row], label, 'right')}  ${bar}${bar === '' ? '' : ' '}${texts[row]}`;
    }),
  ];
}

function barOf(length: number): string {
  const eighths = Math.round(length * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/** Null: it would be wider than the terminal. */
function shades(report: SweepReport, place: number, width: number, paint: Paint): string[] | null {
  const { about, figures, lines } = report;
  const axis = (dimension: number): string[] => {
    const { values, amounts } = about.dimensions[dimension];
    return values.map((value, at) => ({ value, amount: amounts?.[at] ?? 0 })).sort((a, b) => a.amount - b.amount).map(({ value }) => value);
  };
  const [down, across] = [axis(0), axis(1)];
  const values = numbers(lines, place);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const cell = (row: string, column: string): string => {
    const found = lines.find((line) => line.values[0] === row && line.values[1] === column)?.figures[place];
    if (found === undefined) return '';
    const shade = typeof found.value === 'number' ? SHADES[Math.min(SHADES.length - 1, Math.floor(((found.value - least) / (most - least)) * SHADES.length))] : ' ';
    return `${figureText(found, figures[place])} ${shade.repeat(2)}`;
  };
  const [first, second] = shortNames(about.dimensions.map(({ name }) => name));
  const head = [first, ...across];
  const rows = down.map((row) => [row, ...across.map((column) => cell(row, column))]);
  const widths = head.map((text, column) => Math.max(visibleWidth(text), ...rows.map((row) => visibleWidth(row[column]))));
  if (widths.reduce((sum, one) => sum + one + 2, INDENT.length - 2) > width || rows.length > MOST_ROWS) return null;
  const joined = (row: readonly string[]): string => INDENT + row.map((text, column) => pad(text, widths[column], 'right')).join('  ').trimEnd();
  return [
    ...titleLines(figures[place], `${first} (down) and ${second} (across)`, `, ${figure(least, figures[place].unit)} light to ${figure(most, figures[place].unit)} dark`, width, paint),
    paint.dim(joined(head)), ...rows.map(joined),
  ];
}
