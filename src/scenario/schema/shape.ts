/**
 * Issues of the schema → diagnostics: one mistake, one finding, at its place, with what was expected.
 *
 * The only place that reads the schema library's issues. It does not check anything itself.
 */
import type { z } from 'zod';
import type { KindDeclaration } from '../../model/index.js';
import type { DiagnosticList, Extra } from '../diagnostics/diagnostic.js';
import { startOf } from '../diagnostics/position.js';
import type { Position } from '../diagnostics/position.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import type { Code } from '../diagnostics/codes.js';
import type { Problem } from '../quantities/parsed.js';
import { headOf, isText, keyPosition, lookup } from '../text/located.js';
import type { Located, Path } from '../text/located.js';
import { PLACEMENT_KEYS } from '../words.js';
import { formOf, keysIn } from './forms.js';
import type { Mark } from './forms.js';

type Issue = z.core.$ZodIssue;
type Failed = Extract<Issue, { code: 'invalid_union' }>;

export interface Context {
  readonly root: Located;
  readonly catalogue: readonly KindDeclaration[];
  readonly diagnostics: DiagnosticList;
  /** What a missing key would have meant. */
  readonly meaningOf: (path: Path) => string | undefined;
}

/** Reports the issue; `base` is where the schema that found it was applied. */
export function report(issue: Issue, context: Context, base: Path = []): void {
  const path = [...base, ...(issue.path as Path)];
  const node = lookup(context.root, path);
  if (node?.type === 'scalar' && node.broken === true) return;
  switch (issue.code) {
    case 'invalid_union': reportUnion(issue, path, node, context); break;
    case 'unrecognized_keys': for (const key of issue.keys) reportKey(key, keysIn(issue.message), path, context); break;
    case 'invalid_key': reportKeyName(issue, path, context); break;
    case 'invalid_value': reportChoice(issue.values.map(String), path, node, context); break;
    case 'too_small':
    case 'too_big': reportBound(issue, node, context); break;
    case 'custom': {
      const problem = issue.params?.problem as Problem;
      context.diagnostics.error(problem.code, placeOf(path, context), problem.message, problem);
      break;
    }
    default: reportType('expected' in issue ? issue.expected : 'another value', path, node, context);
  }
}

function placeOf(path: Path, { root }: Context): Position {
  const node = lookup(root, path);
  return node === undefined ? headOf(root) : node.type === 'map' ? keyPosition(root, path) ?? node.at : node.at;
}

/** The place of a map as something that lacks a key: its own key, or its first. */
function holderOf(path: Path, { root }: Context): Position {
  const node = lookup(root, path);
  if (path.length === 0) return startOf(root.at.file);
  if (node?.type === 'map' && typeof path[path.length - 1] === 'number') return headOf(node);
  return keyPosition(root, path) ?? node?.at ?? root.at;
}

function missing(path: Path, context: Context, code: Code = 'HS010'): void {
  const key = String(path[path.length - 1]);
  const owner = path.length > 1 ? ` in ${path.slice(0, -1).join('.')}` : '';
  const isVersion = path.length === 1 && key === 'version';
  context.diagnostics.error(isVersion ? 'HS007' : code, holderOf(path.slice(0, -1), context), `missing key "${key}"${owner}`, {
    remedy: isVersion ? 'write "version: 1"' : context.meaningOf(path),
  });
}

function reportType(expected: string, path: Path, node: Located | undefined, context: Context): void {
  if (node === undefined) {
    missing(path, context);
    return;
  }
  const value = node.type === 'scalar' ? node.value : undefined;
  if (typeof value === 'number' && (expected === 'number' || expected === 'int')) {
    const finite = Number.isFinite(value);
    context.diagnostics.error('HS014', node.at, finite ? `expected a whole number, found ${String(value)}` : `expected a finite number, found ${String(value)}`, {
      remedy: finite ? undefined : NEVER,
    });
    return;
  }
  context.diagnostics.error('HS011', placeOf(path, context), `expected ${wordFor(expected)}, found ${describe(node)}`, { remedy: remedyFor(expected, node) });
}

/** Codes of the forms that have one of their own. */
const FORM_CODES = new Map<string, Code>([
  ['duration', 'HS020'], ['rate', 'HS021'], ['size', 'HS022'], ['share', 'HS023'], ['distribution', 'HS024'], ['arrivals', 'HS025'],
]);
const NEVER = 'what never happens is left out';

const WORDS: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a map', record: 'a map',
};
const wordFor = (expected: string): string => WORDS[expected] ?? expected;

function remedyFor(expected: string, node: Located): string | undefined {
  if (expected === 'string' && node.type === 'scalar') return 'put it in quotes';
  if (expected === 'array' && node.type === 'scalar') return `write a list: [${String(node.value)}]`;
  if (expected === 'boolean' && isText(node) && /^(yes|no|on|off)$/i.test(node.value)) return 'YAML 1.2 knows only true and false';
  return undefined;
}

function describe(node: Located): string {
  if (node.type !== 'scalar') return `a ${node.type}`;
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `the text "${node.value}"` : String(node.value);
}

function reportUnion(issue: Failed, path: Path, node: Located | undefined, context: Context): void {
  if (issue.discriminator !== undefined) {
    reportKind(path, node, context);
    return;
  }
  const form = formOf(issue.message);
  if (node === undefined) {
    missing(path, context);
    return;
  }
  const meant = form === undefined ? [] : optionsFor(node, form.marks);
  const inner = meant.length === 1 ? issue.errors[meant[0]] ?? [] : [];
  // The wrong type of a scalar is told better by the sentence for all options.
  const [only] = inner;
  if (meant.length === 1 && !(inner.length === 1 && only.code === 'invalid_type' && only.path.length === 0)) {
    // Only what is wrong with the option that was meant.
    for (const one of inner) report(one, context, path);
    return;
  }
  const tags = (form?.marks ?? []).flatMap((mark) => (typeof mark === 'object' ? [mark.tag] : []));
  const code = FORM_CODES.get(issue.message) ?? 'HS011';
  const what = form?.what ?? 'another value';
  if (node.type !== 'map' || tags.length === 0) {
    const endless = node.type === 'scalar' && typeof node.value === 'number' && !Number.isFinite(node.value);
    context.diagnostics.error(code, placeOf(path, context), `expected ${what}, found ${describe(node)}`, { remedy: endless ? NEVER : undefined });
    return;
  }
  const keys = [...node.entries.keys()];
  const [first] = node.entries.values();
  const extra: Extra = { remedy: `one of ${tags.join(', ')}`, suggestions: keys.flatMap((key) => nearest(key, tags)) };
  if (meant.length > 1) context.diagnostics.error(code, first.key, `more than one tag: ${enumerate(keys.filter((key) => tags.includes(key)))}`, { remedy: 'exactly one is allowed' });
  else if (keys.length === 0) context.diagnostics.error(code, node.at, `expected ${what}, found an empty map`);
  else context.diagnostics.error(code, first.key, `"${keys[0]}" does not begin ${what.split(':')[0]}`, extra);
}

function optionsFor(node: Located, marks: readonly Mark[]): number[] {
  const indices = marks.map((mark, index) => ({ mark, index }));
  const tagged = indices.filter(({ mark }) => typeof mark === 'object' && node.type === 'map' && node.entries.has(mark.tag));
  if (tagged.length > 0) return tagged.map(({ index }) => index);
  const shaped = indices.filter(({ mark }) => mark === node.type);
  // Several scalar options are one reader with several types: none is better than the sentence for all of them.
  return shaped.length === 1 ? [shaped[0].index] : [];
}

function reportKind(path: Path, node: Located | undefined, context: Context): void {
  if (node === undefined) {
    missing(path, context);
    return;
  }
  const names = context.catalogue.map((kind) => kind.name);
  if (!isText(node)) {
    context.diagnostics.error('HS015', node.at, `expected the name of a kind, found ${describe(node)}`, { remedy: 'hasim kinds lists them all' });
    return;
  }
  context.diagnostics.error('HS015', node.at, `unknown kind "${node.value}"`, { suggestions: nearest(node.value, names), remedy: 'hasim kinds lists them all' });
}

function reportKey(key: string, known: readonly string[], path: Path, context: Context): void {
  const at = keyPosition(context.root, [...path, key]) ?? context.root.at;
  const component = path.length === 2 && path[0] === 'topology';
  const kind = component ? lookup(context.root, [...path, 'kind']) : undefined;
  if (isText(kind) && PLACEMENT_KEYS.some((word) => word === key)) {
    const places = PLACEMENT_KEYS.filter((word) => known.includes(word) && word !== 'operator' && word !== 'starts');
    const code: Code = key === 'starts' ? 'HS039' : 'HS032';
    context.diagnostics.error(code, at, `${kind.value} does not take "${key}"`, { remedy: places.length === 0 ? 'it stands by itself' : `it takes ${enumerate(places)}` });
    return;
  }
  const remedy = `known here: ${enumerate(known.filter((word) => !word.startsWith('$')), 16)}`;
  const suggestions = nearest(key, known);
  context.diagnostics.error('HS012', at, `unknown key "${key}"`, { suggestions, remedy: suggestions.length > 0 ? undefined : remedy });
}

function reportKeyName(issue: Extract<Issue, { code: 'invalid_key' }>, path: Path, context: Context): void {
  const at = keyPosition(context.root, path) ?? context.root.at;
  for (const inner of issue.issues) {
    const problem = inner.code === 'custom' ? (inner.params?.problem as Problem | undefined) : undefined;
    context.diagnostics.error(problem?.code ?? 'HS016', at, problem?.message ?? inner.message, problem ?? {});
  }
}

function reportChoice(values: readonly string[], path: Path, node: Located | undefined, context: Context): void {
  if (node === undefined) {
    missing(path, context);
    return;
  }
  const suggestions = isText(node) ? nearest(node.value, values) : [];
  context.diagnostics.error('HS013', placeOf(path, context), `${describe(node)} is not possible for "${String(path.at(-1))}"`, { suggestions, remedy: `one of ${values.join(', ')}` });
}

function reportBound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, node: Located | undefined, context: Context): void {
  if (node === undefined) return;
  const small = issue.code === 'too_small';
  const bound = String(small ? issue.minimum : issue.maximum);
  if (issue.origin === 'array') {
    const exactly = issue.exact === true;
    const count = node.type === 'list' ? node.items.length : 0;
    context.diagnostics.error('HS011', node.at, `expected ${exactly ? 'exactly' : small ? 'at least' : 'at most'} ${bound} ${bound === '1' ? 'item' : 'items'}, found ${String(count)}`);
  } else if (issue.origin === 'string') {
    context.diagnostics.error('HS011', node.at, 'expected text, found nothing', { remedy: 'write a text, or leave the key out' });
  } else {
    const above = issue.inclusive === false;
    context.diagnostics.error('HS014', node.at, `${describe(node)} is too ${small ? 'small' : 'large'}: ${above ? (small ? 'above' : 'below') : small ? 'at least' : 'at most'} ${bound}`);
  }
}
