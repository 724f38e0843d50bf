/** The outcome of reading one value: the value, or what is wrong with it. Places are added by whoever knows them. */
import type { Code } from '../diagnostics/codes.js';

export interface Problem {
  readonly code: Code;
  readonly message: string;
  readonly remedy?: string;
  readonly suggestions?: readonly string[];
}
export type Parsed<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Problem);

export function good<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function bad(code: Code, message: string, extra: { remedy?: string | undefined; suggestions?: readonly string[] } = {}): { ok: false } & Problem {
  const { remedy, suggestions } = extra;
  return { ok: false, code, message, ...(remedy === undefined ? {} : { remedy }), ...(suggestions === undefined ? {} : { suggestions }) };
}

/**
 * What is wrong with a number that no quantity can have; null when nothing is.
 * @param remedy how the quantity is written
 */
export function impossible(code: Code, value: number, remedy: string): ({ ok: false } & Problem) | null {
  if (Number.isNaN(value)) return bad(code, 'not a number', { remedy });
  if (!Number.isFinite(value)) return bad(code, 'must be finite', { remedy: 'what never happens is left out' });
  if (value < 0) return bad(code, `${String(value)} is negative`, { remedy });
  return null;
}
