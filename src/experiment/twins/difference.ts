/**
 * What became of each message in a run and not in its twin, and the other way round.
 *
 * Compared are the lists of exceptions: what is in neither was delivered once and in time in both.
 */
import { FATES } from '../../model/index.js';
import type { Fate } from '../../model/index.js';
import type { Exception } from '../measures/exceptions.js';
import type { Toll } from '../measures/fault-record.js';

/** What a message can suffer: columns of `faults.csv`. */
export const HARMS = ['lost', 'duplicates', 'late', 'rejected', 'suspended'] as const;
export type Harm = (typeof HARMS)[number];

/** How often a message suffered each, in the order of HARMS; of a difference: how much more often than in the twin. */
export type Suffering = readonly number[];

/** Of one message; only those that are not the same. */
export interface MessageDifference { readonly flow: number; readonly n: number; readonly more: Suffering }

interface Message { readonly flow: number; readonly n: number; readonly suffering: Suffering }

/** Run minus twin, by flow and message. Both lists as an ExceptionMeasure gives them. */
export function differences(run: readonly Exception[], twin: readonly Exception[]): MessageDifference[] {
  const [left, right] = [messagesOf(run), messagesOf(twin)];
  const found: MessageDifference[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    const order = i === left.length ? 1 : j === right.length ? -1 : left[i].flow - right[j].flow || left[i].n - right[j].n;
    const { flow, n } = order <= 0 ? left[i] : right[j];
    const [a, b] = [order <= 0 ? left[i++].suffering : null, order >= 0 ? right[j++].suffering : null];
    const more = HARMS.map((_, harm) => (a?.[harm] ?? 0) - (b?.[harm] ?? 0));
    if (more.some((value) => value !== 0)) found.push({ flow, n, more });
  }
  return found;
}

/** A difference minus others of the same message: what they do not account for. */
export function remainder(total: readonly MessageDifference[], parts: readonly (readonly MessageDifference[])[]): MessageDifference[] {
  const rest = new Map<string, { readonly flow: number; readonly n: number; readonly more: number[] }>();
  const add = ({ flow, n, more }: MessageDifference, sign: number): void => {
    const key = `${String(flow)}:${String(n)}`;
    let entry = rest.get(key);
    if (entry === undefined) rest.set(key, (entry = { flow, n, more: HARMS.map(() => 0) }));
    more.forEach((value, harm) => (entry.more[harm] += sign * value));
  };
  for (const one of total) add(one, 1);
  for (const one of parts.flat()) add(one, -1);
  return [...rest.values()].filter(({ more }) => more.some((value) => value !== 0)).sort((a, b) => a.flow - b.flow || a.n - b.n);
}

/** Adds differences to what an occurrence is accountable for. */
export function charge(toll: Toll, those: readonly MessageDifference[]): void {
  for (const { more } of those) HARMS.forEach((harm, index) => (toll[harm] += more[index]));
}

/** Legs put together: a message has the worst fate of its legs, and is late if one of them is. */
function messagesOf(legs: readonly Exception[]): Message[] {
  const messages: Message[] = [];
  for (let from = 0; from < legs.length;) {
    const { flow, n } = legs[from];
    let to = from;
    let worst: Fate = 'delivered';
    let duplicates = 0;
    let late = 0;
    for (; to < legs.length && legs[to].flow === flow && legs[to].n === n; to += 1) {
      const leg = legs[to];
      if (FATES.indexOf(leg.fate) < FATES.indexOf(worst)) worst = leg.fate;
      duplicates += Math.max(0, leg.effects - 1);
      if (leg.late) late = 1;
    }
    const is = (fate: Fate): number => (worst === fate ? 1 : 0);
    messages.push({ flow, n, suffering: [is('lost'), duplicates, late, is('rejected'), is('suspended')] });
    from = to;
  }
  return messages;
}
