/**
 * One finding about a scenario, and the list that collects all of them.
 *
 * Nothing here decides what is wrong, and nothing throws: reading goes on, so that the user sees all mistakes at once.
 */
import type { Code } from './codes.js';
import { comparePositions } from './position.js';
import type { Position } from './position.js';

export type Severity = 'error' | 'warning' | 'info';

/** The topology rule that is broken. */
export interface RuleNote { readonly name: string; readonly reason: string; readonly source: string }

export interface Diagnostic {
  /** Stable: HS001 and so on, see `CODES`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Position;
  /** What to do, or what was expected; one line. */
  readonly remedy?: string;
  /** What the user may have meant, the nearest first. */
  readonly suggestions: readonly string[];
  readonly rule?: RuleNote;
}

export interface Extra { readonly rule?: RuleNote | undefined; readonly remedy?: string | undefined; readonly suggestions?: readonly string[] | undefined }

/** Mistakes that do not hide what was meant: the rest can still be judged. */
const CLEAR: ReadonlySet<string> = new Set<Code>(['HS035', 'HS041']);

export class DiagnosticList {
  readonly #found: Diagnostic[] = [];

  error(code: Code, at: Position, message: string, extra: Extra = {}): void {
    this.add('error', code, at, message, extra);
  }

  warning(code: Code, at: Position, message: string, extra: Extra = {}): void {
    this.add('warning', code, at, message, extra);
  }

  add(severity: Severity, code: Code, at: Position, message: string, extra: Extra = {}): void {
    this.#found.push({
      code, severity, message, at,
      ...(extra.remedy === undefined ? {} : { remedy: extra.remedy }),
      suggestions: extra.suggestions ?? [],
      ...(extra.rule === undefined ? {} : { rule: extra.rule }),
    });
  }

  /** How many errors so far; comparing two counts tells whether a step found any. */
  get errors(): number {
    return this.#found.filter((one) => one.severity === 'error').length;
  }

  /** How many of them leave open what the topology is. */
  get obscurities(): number {
    return this.#found.filter((one) => one.severity === 'error' && !CLEAR.has(one.code)).length;
  }

  /** All of them in the order of reports. The same finding at the same place is told once. */
  sorted(): Diagnostic[] {
    const seen = new Set<string>();
    return [...this.#found]
      .sort((a, b) => comparePositions(a.at, b.at) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
      .filter((one) => {
        const key = JSON.stringify([one.code, one.at, one.message]);
        return !seen.has(key) && seen.add(key);
      });
  }
}
