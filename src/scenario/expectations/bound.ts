/** The bound of an expectation → a number in the unit of its column, or one of the texts that the column can hold. */
import { metricOf } from '../../experiment/columns.js';
import type { Column, Unit } from '../../experiment/columns.js';
import type { Comparison } from '../../experiment/expectation.js';
import { nearest } from '../diagnostics/suggest.js';
import { shownMetric } from './metric.js';
import { parseRate, parseShare } from '../quantities/amounts.js';
import { parseDuration } from '../quantities/duration.js';
import { bad, good } from '../quantities/parsed.js';
import type { Parsed } from '../quantities/parsed.js';

const MICROSECONDS_PER_SECOND = 1e6;

/** What a text column can hold; other text columns hold anything. */
const TEXTS: Readonly<Partial<Record<string, readonly string[]>>> = {
  scope: ['component', 'server', 'group', 'namespace', 'datacenter', 'system'],
  result: ['done', 'failed'],
};

const NAMES: Readonly<Record<Unit, string>> = {
  count: 'a plain number', s: 'a duration', share: 'a share', per_s: 'a rate', text: 'a text',
};

export function readBound(text: string, column: Column, comparison: Comparison): Parsed<number | string> {
  switch (column.unit) {
    case 's': return inUnit(column, parseDuration(text), (value) => value / MICROSECONDS_PER_SECOND);
    case 'share': return inUnit(column, parseShare(text));
    case 'per_s': return text === '0' ? good(0) : inUnit(column, parseRate(text));
    case 'count': return /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? good(Number(text))
      : bad('HS083', `"${column.name}" is a plain number, and "${text}" is not`, { remedy: 'write a number without a unit' });
    case 'text': return readText(text, column, comparison);
  }
}

function inUnit(column: Column, parsed: Parsed<number>, convert = (value: number): number => value): Parsed<number> {
  if (parsed.ok) return good(convert(parsed.value));
  return bad('HS083', `"${shownMetric(metricOf(column))}" is ${NAMES[column.unit]}: ${parsed.message}`, {
    remedy: parsed.remedy, ...(parsed.suggestions === undefined ? {} : { suggestions: parsed.suggestions }),
  });
}

function readText(text: string, column: Column, comparison: Comparison): Parsed<string> {
  if (comparison !== '==' && comparison !== '!=') return bad('HS083', `"${column.name}" is a text: it can only be compared with == and !=`);
  const known = TEXTS[column.name];
  if (known === undefined || known.includes(text)) return good(text);
  return bad('HS083', `"${column.name}" is never "${text}"`, { remedy: `one of ${known.join(', ')}`, suggestions: nearest(text, known) });
}
