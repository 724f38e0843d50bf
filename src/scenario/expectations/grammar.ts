/**
 * The text of an expectation → its parts, each with its offset: `subject.metric [at time] comparison bound`, or `… ~ truth [within share]`.
 *
 * Not here: whether the subject exists and what the bound means.
 */
import type { Comparison } from '../../experiment/expectation.js';

export interface Piece { readonly text: string; readonly start: number }
export interface ExpectationText {
  readonly subject: Piece;
  readonly at?: Piece;
  readonly comparison: Comparison;
  readonly operator: Piece;
  readonly bound: Piece;
  /** `between a and b`: b. */
  readonly upper?: Piece;
  /** `~ a within b`: b. */
  readonly within?: Piece;
}
export type GrammarResult =
  | { readonly ok: true; readonly value: ExpectationText }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly length: number; readonly suggestions?: readonly string[] };

export const FORM = 'subject.metric comparison bound, for example orders.delay.p99 < 30s';
const COMPARISONS: readonly Comparison[] = ['==', '!=', '<', '<=', '>', '>=', 'between', '~'];

export function parseExpectation(text: string): GrammarResult {
  const failed = (message: string, start: number, length: number, suggestions?: readonly string[]): GrammarResult =>
    ({ ok: false, message, start, length, ...(suggestions === undefined ? {} : { suggestions }) });
  const head = /^\s*([^\s=!<>~]+)/d.exec(text);
  if (head === null) return failed('an expectation begins with what it speaks of', 0, text.length);
  let rest = head[0].length;
  const at = /^\s+at\s+([^\s=!<>~]+)/d.exec(text.slice(rest));
  const atPiece = at === null ? undefined : piece(at, 1, rest);
  rest += at?.[0].length ?? 0;
  const operator = /^\s*([=!<>~]+|between(?=\s)|\S+)/d.exec(text.slice(rest));
  if (operator === null) return failed('there is no comparison', rest, 1);
  const symbol = piece(operator, 1, rest);
  const comparison = COMPARISONS.find((one) => one === symbol.text);
  if (comparison === undefined) return failed(`"${symbol.text}" is not a comparison`, symbol.start, symbol.text.length, symbol.text === '=' ? ['=='] : symbol.text === '=<' ? ['<='] : symbol.text === '=>' ? ['>='] : []);
  rest += operator[0].length;
  const bound = /^\s*(\S.*?)\s*$/d.exec(text.slice(rest));
  if (bound === null) return failed(`there is no bound after ${comparison}`, symbol.start, symbol.text.length);
  const whole = piece(bound, 1, rest);
  const common = { subject: piece(head, 1, 0), ...(atPiece === undefined ? {} : { at: atPiece }), comparison, operator: symbol };
  if (comparison === '~') {
    const limited = /^(\S+)\s+within\s+(\S+)$/d.exec(whole.text);
    return { ok: true, value: limited === null ? { ...common, bound: whole } : { ...common, bound: piece(limited, 1, whole.start), within: piece(limited, 2, whole.start) } };
  }
  if (comparison !== 'between') return { ok: true, value: { ...common, bound: whole } };
  const range = /^(\S+)\s+and\s+(\S+)$/d.exec(whole.text);
  if (range === null) return failed('between takes two bounds: between 240s and 360s', whole.start, whole.text.length);
  return { ok: true, value: { ...common, bound: piece(range, 1, whole.start), upper: piece(range, 2, whole.start) } };
}

function piece(match: RegExpExecArray, group: number, offset: number): Piece {
  return { text: match[group], start: offset + (match.indices?.[group]?.[0] ?? 0) };
}
