/**
 * A line per variant: what is varied, the verdicts, and the figures; as many tables below each other as the width asks for.
 *
 * A figure that is the same in every variant is told once instead, unless it was asked for.
 */
import type { FigureValue, ShownFigure } from '../../experiment/index.js';
import { figure, NOTHING, plural } from '../figures.js';
import { PLAIN } from '../paint.js';
import type { Paint } from '../paint.js';
import { mark, verdictCount } from '../summary/expectations.js';
import { left, pad, right, visibleWidth } from '../table.js';
import type { TableColumn } from '../table.js';
import { wrap } from '../wrap.js';
import type { SweepReport, VariantLine } from './about.js';
import { shortNames } from './names.js';

/** Variants beyond this stand in `sweep.csv` only. */
const LONGEST = 40;
const INDENT = '  ';
const GAP = 2;

/** A column under two heads: what it speaks of, and the measure. */
interface Shown { readonly above: string; readonly head: TableColumn; readonly cells: readonly string[] }

/** @param asked the figures were asked for, so that all are shown */
export function tableSection({ about, figures, lines, find }: SweepReport, asked: boolean, width: number, paint: Paint): string[] {
  const shown = lines.slice(0, LONGEST);
  const varies = (place: number): boolean => asked || lines.length < 2 || new Set(lines.map((line) => figureText(line.figures[place], figures[place]))).size > 1;
  const short = shortNames(about.dimensions.map(({ name }) => name));
  const keys = short.map((name, place): Shown => ({
    above: '', head: about.dimensions[place].amounts === null ? left(name) : right(name), cells: shown.map((line) => paint.strong(line.values[place])),
  }));
  const outcomes = new Set(lines.map((line) => expectationsCell(line, PLAIN)));
  const verdicts: Shown[] = [
    ...(find === null ? [] : [{ above: '', head: left('verdict'), cells: shown.map(({ verdict }) => (verdict === null ? '' : mark(verdict, paint))) }]),
    ...(outcomes.size === 1 && lines.length > 1 ? [] : [{ above: '', head: left('expectations'), cells: shown.map((line) => expectationsCell(line, paint)) }]),
  ];
  const columns = figures.flatMap((one, place): Shown[] => (varies(place) ? [{
    above: one.subject, head: right(one.statistic === 'mean' ? one.metric : `${one.metric}.${one.statistic}`), cells: shown.map((line) => figureText(line.figures[place], one)),
  }] : []));
  const [outcome] = outcomes;
  const expected = outcomes.size === 1 && lines.length > 1 && outcome !== '' ? [`expectations ${outcome}`] : [];
  const constant = figures.flatMap((one, place) => (varies(place) ? [] : [`${one.text} ${figureText(lines[0].figures[place], one)}`]));
  const same = [...expected, ...constant];
  const blocks = blocksOf(keys, [...verdicts, ...columns], width);
  const rest = lines.length - shown.length;
  return [
    paint.title('Variants') + paint.dim(' (means over replications; intervals in sweep.csv)'),
    ...blocks.flatMap((block, place) => [...(place === 0 ? [] : ['']), ...blockLines(block, paint)]),
    ...(rest > 0 ? [paint.dim(`${INDENT}… ${plural(rest, 'more variant')} in sweep.csv`)] : []),
    ...(same.length === 0 ? [] : wrap(`the same in every variant: ${same.join('; ')}`, INDENT.length, width).map(paint.dim)),
  ];
}

function expectationsCell({ expectations }: VariantLine, paint: Paint): string {
  return expectations.length === 0 ? '' : verdictCount(expectations, paint);
}

/** `≥` stands before what is known from below only. */
export function figureText({ value, open }: FigureValue, { unit }: Pick<ShownFigure, 'unit'>): string {
  const text = figure(value, unit);
  return open && text !== NOTHING ? `≥${text}` : text;
}

/** Each begins with the keys and takes columns as long as they fit. */
function blocksOf(keys: readonly Shown[], columns: readonly Shown[], width: number): Shown[][] {
  const blocks: Shown[][] = [[...keys]];
  for (const column of columns) {
    const last = blocks[blocks.length - 1];
    if (last.length > keys.length && totalWidth([...last, column]) > width) blocks.push([...keys, column]);
    else last.push(column);
  }
  return blocks;
}

/** What stands above: only over the first column of a subject in a block. */
function aboves(block: readonly Shown[]): string[] {
  return block.map(({ above }, place) => (above !== '' && block[place - 1]?.above === above ? '' : above));
}

function widthsOf(block: readonly Shown[]): number[] {
  const widths = block.map(({ head, cells }) => Math.max(visibleWidth(head.header), ...cells.map(visibleWidth)));
  // A long name above reaches over all columns of its subject.
  aboves(block).forEach((above, place) => {
    if (above === '') return;
    let span = widths[place];
    for (let next = place + 1; next < block.length && block[next].above === above; next += 1) span += GAP + widths[next];
    widths[place] += Math.max(0, visibleWidth(above) - span);
  });
  return widths;
}

function totalWidth(block: readonly Shown[]): number {
  return widthsOf(block).reduce((sum, width) => sum + width + GAP, INDENT.length - GAP);
}

function blockLines(block: readonly Shown[], paint: Paint): string[] {
  const widths = widthsOf(block);
  const joined = (cells: readonly string[]): string => INDENT + cells.map((cell, place) => pad(cell, widths[place], block[place].head.align)).join(' '.repeat(GAP)).trimEnd();
  const heads = block.some(({ above }) => above !== '') ? [aboveLine(block, widths)] : [];
  const rows = block[0].cells.map((_, row) => joined(block.map(({ cells }) => cells[row])));
  return [...[...heads, joined(block.map(({ head }) => head.header))].map(paint.dim), ...rows];
}

function aboveLine(block: readonly Shown[], widths: readonly number[]): string {
  let line = '';
  let start = INDENT.length;
  aboves(block).forEach((above, place) => {
    if (above !== '') line = line.padEnd(start) + above;
    start += widths[place] + GAP;
  });
  return line;
}
