/**
 * `--vary path=values` → a dimension of a sweep. Values are separated by commas outside of brackets and quotes; each is a range or
 * YAML as `--set` takes it.
 *
 * Not here: whether the path exists and takes these values; that is told when the variants are read.
 */
import type { Dimension, Levels } from '../../experiment/sweep/variants.js';
import { read, refused } from './problem.js';
import type { Problem, Read } from './problem.js';
import { isRange, parseRange } from './range.js';

const EXAMPLE = 'for example --vary topology.process.on.first=2,3,4';

/** @param most values that a list may have */
export function parseVary(option: string, most: number): Read<Dimension> {
  const equals = option.indexOf('=');
  if (equals < 1) return refused(`--vary ${option}: it is not path=values`, EXAMPLE);
  const levels = parseLevels(option.slice(equals + 1), most);
  const inOption = ({ message, ...rest }: Problem): Problem => ({ message: `--vary ${option.slice(0, equals)}: ${message}`, ...rest });
  return levels.ok ? read({ name: option.slice(0, equals), levels: levels.value }) : { ok: false, problems: levels.problems.map(inOption) };
}

/** Values separated by commas, some of which may be ranges. */
export function parseLevels(text: string, most: number): Read<Levels> {
  const items = text.trim() === '' ? [] : splitValues(text);
  if (items.length === 0) return refused('there are no values', EXAMPLE);
  if (items.includes('')) return refused(`"${text}": a value is empty`, 'write null to delete a key, "" for an empty text');
  const parts = items.map((item): Read<Levels> => (isRange(item) ? parseRange(item) : read({ count: 1, at: () => item })));
  const problems = parts.flatMap((part) => (part.ok ? [] : part.problems));
  if (problems.length > 0) return { ok: false, problems };
  const levels = parts.flatMap((part) => (part.ok ? [part.value] : []));
  if (levels.length === 1) return read(levels[0]);
  const values: string[] = [];
  for (const { count, at } of levels) {
    if (count === null) return refused(`"${text}": a range without a step cannot stand in a list`, 'give it a step: 10s..1m..10s');
    if (values.length + count > most) return tooMany(text, values.length + count, most);
    for (let place = 0; place < count; place += 1) values.push(at(place));
  }
  const twice = values.find((value, place) => values.indexOf(value) < place);
  if (twice !== undefined) return refused(`the value ${twice} is given twice`);
  return read({ count: values.length, at: (place: number) => values[place] });
}

function tooMany(text: string, count: number, most: number): Read<Levels> {
  return refused(`"${text}": ${String(count)} values or more, and at most ${String(most)} variants are run`, '--limit allows more');
}

/** At commas that stand in no bracket and no quote. */
function splitValues(text: string): string[] {
  const items: string[] = [];
  let item = '';
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quote !== '') {
      if (letter === '\\' && quote === '"') item += text[at++];
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") {
      // A quote inside of a word is a letter of it.
      if (/(^|[\s[{,:])$/.test(item)) quote = letter;
    } else if (letter === '[' || letter === '{') depth += 1;
    else if (letter === ']' || letter === '}') depth -= 1;
    else if (letter === ',' && depth <= 0) {
      items.push(item.trim());
      item = '';
      continue;
    }
    item += text[at] ?? '';
  }
  return [...items, item.trim()];
}
