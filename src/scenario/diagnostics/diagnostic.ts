/**
 * One finding about a scenario, and the list that collects all of them.
 *
 * Nothing here decides what is wrong, and nothing throws: reading goes on, so that the user sees all mistakes at once.
 */
import type { Code } from './codes.js';
import { comparePositions } from './position.js';
import type { Position } from './position.js';

export type Severity = 'error' | 'warning' | 'info';

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
}

export interface Extra { readonly remedy?: string | undefined; readonly suggestions?: readonly string[] | undefined }

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
    });
  }

  /** How many errors so far; comparing two counts tells whether a step found any. */
  get errors(): number {
    return this.#found.filter((one) => one.severity === 'error').length;
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
