/**
 * Durations: `250ms`, `30s`, `5m`, `1h30m`, `7d` ↔ whole microseconds.
 *
 * Strict: units from large to small, no blanks, no bare number but 0. A fraction is allowed and rounded to the nearest
 * microsecond. No calendar: a day is 24 h, and there are no months.
 */
import { bad, good, impossible } from './parsed.js';
import type { Parsed } from './parsed.js';

const UNITS = [
  ['d', 86_400_000_000], ['h', 3_600_000_000], ['m', 60_000_000], ['s', 1_000_000], ['ms', 1000], ['us', 1],
] as const;

const OTHER_NAMES = new Map(Object.entries({
  day: 'd', days: 'd', hour: 'h', hours: 'h', hr: 'h', hrs: 'h', min: 'm', mins: 'm', minute: 'm', minutes: 'm',
  sec: 's', secs: 's', second: 's', seconds: 's', msec: 'ms', millis: 'ms', milliseconds: 'ms', 'µs': 'us', 'μs': 'us', usec: 'us',
}));

/** Microseconds are exact in a double up to here: about 285 years. */
export const MAX_DURATION = Number.MAX_SAFE_INTEGER;
/** For editors: the same texts as `parseDuration`, up to the greatest length. */
export const DURATION_PATTERN = `^(0|(?=\\d)${UNITS.map(([name]) => `(\\d+(\\.\\d+)?${name})?`).join('')})$`;
const EXAMPLE = 'a duration is written like 250ms, 30s, 5m, 1h30m or 7d';

export function parseDuration(written: string | number): Parsed<number> {
  if (typeof written === 'number') return bare(written);
  if (written === '0') return good(0);
  if (written.startsWith('-')) return bad('HS020', `"${written}" is negative`, { remedy: EXAMPLE });
  if (/^[+]?\.?(inf|infinity|nan|never)$/i.test(written)) return bad('HS020', 'a duration must be finite', { remedy: 'what never happens is left out' });
  if (/^\d+(\.\d+)?$/.test(written)) return withoutUnit(written);
  return parts(written);
}

function bare(value: number): Parsed<number> {
  if (value === 0) return good(0);
  return impossible('HS020', value, EXAMPLE) ?? withoutUnit(String(value));
}

function withoutUnit(text: string): Parsed<number> {
  return bad('HS020', `${text} has no unit`, { remedy: `write ${text}s for seconds (units: us, ms, s, m, h, d)` });
}

function parts(written: string): Parsed<number> {
  const part = /(\d+(?:\.\d+)?)([A-Za-zµμ]+)/y;
  let total = 0;
  let coarser = Infinity;
  while (part.lastIndex < written.length) {
    const match = part.exec(written);
    if (match === null) return unreadable(written);
    const size = UNITS.find(([name]) => name === match[2])?.[1];
    if (size === undefined) return unknownUnit(written, match[2]);
    if (size >= coarser) return bad('HS020', `"${written}": units must go from large to small`, { remedy: EXAMPLE });
    coarser = size;
    // Rounded once per part: parts written whole stay exact.
    total += Math.round(Number(match[1]) * size);
  }
  if (written === '') return unreadable(written);
  return total <= MAX_DURATION ? good(total) : bad('HS020', `"${written}" is longer than 285 years`, { remedy: 'what never happens is left out' });
}

function unreadable(written: string): Parsed<number> {
  const tight = written.replaceAll(/\s+/g, '');
  const suggestions = tight !== written && tight !== '' && parts(tight).ok ? [tight] : [];
  return bad('HS020', `"${written}" is not a duration`, { remedy: EXAMPLE, suggestions });
}

function unknownUnit(written: string, unit: string): Parsed<number> {
  const meant = OTHER_NAMES.get(unit.toLowerCase()) ?? (unit === unit.toLowerCase() ? undefined : unit.toLowerCase());
  const rewritten = meant === undefined ? '' : written.replaceAll(unit, meant);
  const suggestions = rewritten !== '' && rewritten !== written && parts(rewritten).ok ? [rewritten] : [];
  return bad('HS020', `"${written}": unknown unit "${unit}"`, { remedy: 'units: us, ms, s, m, h, d', suggestions });
}

/** The shortest exact text of whole microseconds; `parseDuration` gives the same number back. */
export function formatDuration(microseconds: number): string {
  let rest = Math.round(microseconds);
  if (rest === 0) return '0s';
  let text = '';
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count === 0) continue;
    text += `${String(count)}${name}`;
    rest -= count * size;
  }
  return text;
}
