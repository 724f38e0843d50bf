/** Diagnostics for programs: the document that `validate --json` prints. */
import type { Diagnostic, Severity } from './diagnostic.js';

export interface DiagnosticsDocument {
  readonly valid: boolean;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly file: string;
    /** From 1; the end is the first column after it. */
    readonly range: { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly line: number; readonly column: number } };
    readonly suggestions: readonly string[];
    readonly remedy?: string;
    /** The topology rule that is broken, such as L7; why it is one; where it is written. */
    readonly rule?: string;
    readonly reason?: string;
    readonly source?: string;
  }[];
}

export function diagnosticsJson(diagnostics: readonly Diagnostic[]): DiagnosticsDocument {
  return {
    valid: !diagnostics.some((one) => one.severity === 'error'),
    diagnostics: diagnostics.map(({ code, severity, message, at, suggestions, remedy, rule }) => ({
      code, severity, message, file: at.file,
      range: { start: { line: at.line, column: at.column }, end: { line: at.endLine, column: at.endColumn } },
      suggestions,
      ...(remedy === undefined ? {} : { remedy }),
      ...(rule === undefined ? {} : { rule: rule.name, reason: rule.reason, source: rule.source }),
    })),
  };
}
