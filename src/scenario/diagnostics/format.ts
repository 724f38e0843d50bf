/** Diagnostics for people: one line as compilers print it, the lines of the text concerned, and what to do. */
import { codeFrameColumns } from '@babel/code-frame';
import { Chalk } from 'chalk';
import type { ChalkInstance } from 'chalk';
import type { Diagnostic, Severity } from './diagnostic.js';
import { comparePositions } from './position.js';
import type { Position } from './position.js';

/** Longer lines are not shown: a whole document on one line helps nobody. */
const MAX_LINE = 240;

export interface FormatOptions {
  readonly color: boolean;
  /** The text of a file as named in the diagnostics; undefined: no lines are shown. */
  readonly texts: (file: string) => string | undefined;
}

/** Ends with a line that counts; empty when there is nothing to tell. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], { color, texts }: FormatOptions): string {
  if (diagnostics.length === 0) return '';
  const paint = new Chalk({ level: color ? 1 : 0 });
  const known = new Map<string, string | undefined>();
  const textOf = (file: string): string | undefined => {
    if (!known.has(file)) known.set(file, texts(file));
    return known.get(file);
  };
  const blocks = [...diagnostics].sort((a, b) => comparePositions(a.at, b.at)).map((one) => block(one, textOf(one.at.file), paint));
  return `${[...blocks, counts(diagnostics)].join('\n\n')}\n`;
}

function block(one: Diagnostic, text: string | undefined, paint: ChalkInstance): string {
  const { at, rule } = one;
  const frame = text === undefined ? '' : codeFrame(text, at);
  const why = rule === undefined ? '' : paint.dim(`  why: ${rule.reason} (${rule.source})`);
  return [head(one, paint), frame, why, one.remedy === undefined ? '' : paint.dim(`  help: ${oneLine(one.remedy)}`)].filter((part) => part !== '').join('\n');
}

function head(one: Diagnostic, paint: ChalkInstance): string {
  const { at, rule } = one;
  const colours: Readonly<Record<Severity, ChalkInstance>> = { error: paint.red, warning: paint.yellow, info: paint.blue };
  const name = `${one.severity} ${one.code}${rule === undefined ? '' : ` ${rule.name}`}`;
  return `${paint.bold(`${at.file}:${String(at.line)}:${String(at.column)}`)} ${colours[one.severity](name)} ${sentence(one)}`;
}

/** Warnings alone, a line each: for a command that goes on in spite of them. */
export function formatWarnings(diagnostics: readonly Diagnostic[], { color }: Pick<FormatOptions, 'color'>): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const warnings = diagnostics.filter((one) => one.severity === 'warning');
  if (warnings.length === 0) return '';
  return `${[...warnings.map((one) => head(one, paint)), paint.dim(`${counts(warnings)}; hasim validate says why, and what to do`)].join('\n')}\n`;
}

/** The message with what the user may have meant. */
export function sentence({ message, suggestions }: Diagnostic): string {
  const shown = oneLine(message);
  return suggestions.length === 0 ? shown : `${shown} - did you mean ${suggestions.map((one) => `"${one}"`).join(' or ')}?`;
}

/** A message may quote what the user wrote; a line end in it would tear the line, and other control characters the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1).replace(/^\p{Cc}$/u, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

function codeFrame(text: string, at: Position): string {
  const lines = text.split(/\r\n|\n|\r/);
  const line = lines[at.line - 1];
  if (line === undefined || lines.slice(Math.max(0, at.line - 3), at.line + 1).some((one) => one.length > MAX_LINE)) return '';
  const start = { line: at.line, column: at.column };
  // Of a value over several lines its first is marked.
  const end = { line: at.line, column: Math.max(at.column + 1, at.endLine > at.line ? line.length + 1 : at.endColumn) };
  return codeFrameColumns(text, { start, end }, { highlightCode: false, linesAbove: 2, linesBelow: 1 });
}

function counts(diagnostics: readonly Diagnostic[]): string {
  const words = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${String(count)} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`];
  });
  return words.join(', ');
}
