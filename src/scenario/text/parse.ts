/**
 * YAML 1.2 (and so JSON) text → located values.
 *
 * Strict: duplicate keys, tabs as indentation, several documents, unknown tags and exploding aliases are errors with a place.
 * Not here: what the keys mean, and reading files.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { startOf } from '../diagnostics/position.js';
import type { Position } from '../diagnostics/position.js';
import type { Entry, Located, LocatedScalar, Plain } from './located.js';
import { hideReferences, showReferences } from './reference.js';

/** Aliases are counted by the parser as the product of their uses and what they name. */
const MAX_ALIAS_COUNT = 100;
const MAX_DEPTH = 64;
const DEPTH_REMEDY = `at most ${String(MAX_DEPTH)} maps and lists within each other`;
/** What follows the first syntax errors mostly follows from them. */
const MAX_SYNTAX_ERRORS = 3;

/** Null when the text cannot be used; the diagnostics then say why. */
export function parseText(source: string, file: string, diagnostics: DiagnosticList): Located | null {
  const text = hideReferences(source);
  const lines = new LineCounter();
  const place = (start: number, end: number): Position => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: lines, prettyErrors: false, version: '1.2', schema: 'core', merge: false, resolveKnownTags: false, logLevel: 'error',
    });
  } catch {
    // Only the depth of the call stack stops the parser.
    diagnostics.error('HS003', startOf(file), 'values are nested too deeply', { remedy: DEPTH_REMEDY });
    return null;
  }
  if (!reportSyntax(document, place, text, diagnostics) || !reportAliases(document, place, diagnostics)) return null;
  if (document.contents === null) {
    diagnostics.error('HS008', startOf(file), 'the document is empty', { remedy: 'a scenario begins with "version: 1"' });
    return null;
  }
  try {
    document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    diagnostics.error('HS003', startOf(file), `aliases expand to too much: ${message}`, { remedy: 'write the values out, or use extends' });
    return null;
  }
  return new Converter(document, text, place, diagnostics).node(document.contents, 0);
}

const REFERENCE = 'a parameter is used as ${name}, where a name is a letter, then letters, digits, - and _';

/** False when the document must not be used. A duplicate key is reported and reading goes on. */
function reportSyntax(document: Document.Parsed, place: (start: number, end: number) => Position, text: string, diagnostics: DiagnosticList): boolean {
  const syntax = document.errors.filter((error) => error.code !== 'DUPLICATE_KEY');
  // The parser gives up where the call stack ends, and says so in its own words.
  const deep = syntax.find((error) => error.message.includes('call stack'));
  if (deep !== undefined) {
    diagnostics.error('HS003', place(deep.pos[0], deep.pos[1]), 'values are nested too deeply', { remedy: DEPTH_REMEDY });
    return false;
  }
  const tabs = syntax.filter((error) => error.code === 'TAB_AS_INDENT');
  const fatal = tabs.length > 0 ? tabs : syntax;
  const told = new Set<number>();
  for (const error of [...fatal, ...document.warnings]) {
    const at = place(error.pos[0], error.pos[1]);
    // What else is wrong in a line mostly follows from the first.
    if (told.has(at.line) || told.size >= MAX_SYNTAX_ERRORS) continue;
    told.add(at.line);
    const remedy = syntaxRemedy(error, text.split(/\r\n|\n|\r/)[at.line - 1] ?? '');
    const message = error.code === 'MULTIPLE_DOCS' ? 'the text holds several documents' : error.message;
    diagnostics.error('HS001', at, showReferences(message), { remedy });
    // After a brace that opens by mistake nothing is what it seems.
    if (remedy === REFERENCE) break;
  }
  return fatal.length === 0 && document.warnings.length === 0;
}

function syntaxRemedy({ code, message }: { readonly code: string; readonly message: string }, line: string): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'MULTIPLE_DOCS') return 'one file holds one scenario';
  if (message.startsWith('Alias cannot be')) return 'a text that begins with * is written in quotes';
  if (message.startsWith('Unresolved tag')) return 'tags like !x have no meaning here: leave it out';
  // References that are spelled well have been hidden from the parser.
  return line.includes('${') ? REFERENCE : undefined;
}

/** An alias must name an anchor that stands before it; mostly it is a glob without quotes. */
function reportAliases(document: Document.Parsed, place: (start: number, end: number) => Position, diagnostics: DiagnosticList): boolean {
  let sound = true;
  visit(document, {
    Alias(_key, node) {
      if (node.resolve(document) !== undefined) return;
      sound = false;
      diagnostics.error('HS001', place(node.range?.[0] ?? 0, node.range?.[1] ?? 0), `the alias *${node.source} names no anchor before it`, { remedy: 'a text that begins with * is written in quotes' });
    },
  });
  return sound;
}

/** Keys that mean something to other programs, and why not here. */
const UNUSABLE = new Map([['<<', 'YAML 1.2 has no merge keys: use extends'], ['__proto__', 'choose another name']]);

class Converter {
  /** Nodes being converted now: an alias to one of them is a circle. */
  readonly #open = new Set<unknown>();
  readonly #done = new Map<unknown, Located | null>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
    private readonly place: (start: number, end: number) => Position,
    private readonly diagnostics: DiagnosticList,
  ) {}

  node(node: unknown, depth: number): Located | null {
    const at = this.position(node);
    if (depth > MAX_DEPTH || this.#open.has(node)) {
      if (depth > MAX_DEPTH) this.diagnostics.error('HS003', at, `values are nested more than ${String(MAX_DEPTH)} deep`, { remedy: DEPTH_REMEDY });
      else this.diagnostics.error('HS003', at, 'an alias names a value that contains it', { remedy: 'write out what is meant here' });
      return null;
    }
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target !== undefined) return this.#open.has(target) ? this.node(target, depth) : this.#done.get(target) ?? this.node(target, depth + 1);
      this.diagnostics.error('HS001', at, `the alias *${node.source} names no anchor before it`, { remedy: `an anchor is written before the value it names: &${node.source}` });
      return null;
    }
    this.#open.add(node);
    const result = isMap(node) ? this.map(node.items, at, depth)
      : isSeq(node) ? this.list(node.items, at, depth)
      : isScalar(node) ? this.scalar(node.value, node.type, at, node.range?.[0], node.range?.[1])
      : { type: 'scalar' as const, value: null, at };
    this.#open.delete(node);
    this.#done.set(node, result);
    return result;
  }

  private map(pairs: readonly Pair[], at: Position, depth: number): Located | null {
    const entries = new Map<string, Entry>();
    let whole = true;
    for (const pair of pairs) {
      const keyAt = this.position(pair.key);
      const key = isScalar(pair.key) && pair.key.value !== null ? showReferences(String(pair.key.value)) : null;
      if (key === null || UNUSABLE.has(key)) {
        this.diagnostics.error('HS011', keyAt, key === null ? 'a key must be text' : `the key "${key}" cannot be used`, { remedy: key === null ? undefined : UNUSABLE.get(key) });
        whole = false;
        continue;
      }
      const first = entries.get(key);
      if (first !== undefined) {
        this.diagnostics.error('HS002', keyAt, `the key "${key}" is given twice`, { remedy: `the first stands in line ${String(first.key.line)}` });
        continue;
      }
      const value = pair.value === null ? { type: 'scalar' as const, value: null, at: keyAt } : this.node(pair.value, depth + 1);
      if (value === null) whole = false;
      else entries.set(key, { key: keyAt, value });
    }
    return whole ? { type: 'map', entries, at } : null;
  }

  private list(items: readonly unknown[], at: Position, depth: number): Located | null {
    const values = items.map((item) => this.node(item, depth + 1));
    return values.every((value) => value !== null) ? { type: 'list', items: values, at } : null;
  }

  private scalar(value: unknown, style: string | undefined, at: Position, start = 0, end = 0): LocatedScalar {
    if (typeof value !== 'string') return { type: 'scalar', value: value as Plain, at };
    const shown = showReferences(value);
    const inset = style === 'PLAIN' ? 0 : 1;
    const verbatim = this.text.slice(start + inset, end - inset) === value && at.line === at.endLine;
    return { type: 'scalar', value: shown, at, ...(verbatim ? { verbatim: { line: at.line, column: at.column + inset } } : {}) };
  }

  private position(node: unknown): Position {
    const range = (node as Node | null)?.range;
    return range === null || range === undefined ? this.place(0, 0) : this.place(range[0], range[1]);
  }
}
