/** Scalars of a tree → numbers in the units of the model. A value that cannot be read is reported and taken as 0. */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { parseRate, parseShare, parseSize } from '../quantities/amounts.js';
import { parseDuration } from '../quantities/duration.js';
import { bad } from '../quantities/parsed.js';
import type { Parsed } from '../quantities/parsed.js';
import type { Located } from '../text/located.js';

const READERS = { duration: parseDuration, rate: parseRate, size: parseSize, share: parseShare } as const;

export function scalarValue(type: keyof typeof READERS, node: Located, diagnostics: DiagnosticList): number {
  const value = node.type === 'scalar' ? node.value : null;
  const parsed: Parsed<number> = typeof value === 'string' || typeof value === 'number' ? READERS[type](value) : bad('HS011', `expected a ${type}`);
  if (parsed.ok) return parsed.value;
  diagnostics.error(parsed.code, node.at, parsed.message, parsed);
  return 0;
}

export function numberValue(node: Located | undefined): number | undefined {
  return node?.type === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

export function textValue(node: Located | undefined): string | undefined {
  return node?.type === 'scalar' && node.value !== null ? String(node.value) : undefined;
}
