/**
 * Hours in which somebody acts: `08:00-17:00`, `mon-fri 08:00-17:00`, `mon,wed 22:00-24:00`.
 *
 * Time 0 of a run is midnight of a Monday. No holidays, no time zones, and no night shift over midnight (write two scenarios
 * or a longer reaction).
 */
import { bad, good } from './parsed.js';
import type { Parsed } from './parsed.js';

export interface Hours { readonly from: number; readonly until: number; readonly days?: readonly number[] }

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTE = 60_000_000;
const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
export const HOURS_PATTERN = `^(?:(${DAY}(?:-${DAY})?(?:,${DAY}(?:-${DAY})?)*) )?([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})$`;

export function parseHours(written: string): Parsed<Hours> {
  const match = new RegExp(HOURS_PATTERN).exec(written);
  if (match === null) return bad('HS027', `"${written}" does not say hours`, { remedy: 'written like 08:00-17:00 or mon-fri 08:00-17:00' });
  const [fromHour, fromMinute, untilHour, untilMinute] = match.slice(2).map(Number);
  const from = fromHour * 60 + fromMinute;
  const until = untilHour * 60 + untilMinute;
  if (fromMinute > 59 || untilMinute > 59 || until > 24 * 60) return bad('HS027', `"${written}": a day goes from 00:00 to 24:00`, { remedy: 'written like 08:00-17:00 or mon-fri 08:00-17:00' });
  if (until <= from) return bad('HS027', `"${written}" ends before it begins`, { remedy: 'hours stay within one day' });
  const hours = { from: from * MINUTE, until: until * MINUTE };
  return good(match[1] === undefined ? hours : { ...hours, days: match[1].split(',').flatMap(daysIn) });
}

/** 0 is Monday. `fri-mon` goes round the end of the week. */
function daysIn(text: string): number[] {
  const [first, last = first] = text.split('-').map((day) => DAYS.indexOf(day));
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, step) => (first + step) % 7);
}
