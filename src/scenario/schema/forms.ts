/**
 * Building blocks of the schema whose mistakes can be told well.
 *
 * A union that fails says only that nothing matched. Here every union has a name, and each of its options says by which shape
 * or tag it is recognised, so that the mistakes of the option that was meant are told and those of the others are not.
 * A map that fails says which keys it would have taken.
 */
import { z } from 'zod';
import type { Problem } from '../quantities/parsed.js';

/** How an option is recognised: by the shape of the value, or by a key of a map. */
export type Mark = 'scalar' | 'list' | 'map' | { readonly tag: string };

export interface Form { readonly what: string; readonly marks: readonly Mark[] }

const forms = new Map<string, Form>();

/** The form behind the message of a failed union. */
export function formOf(message: string): Form | undefined {
  return forms.get(message);
}

/** @param name of the form, unique; @param what in errors: `a distribution` */
export function oneOf(name: string, what: string, options: readonly { readonly mark: Mark; readonly schema: z.ZodType }[]): z.ZodType {
  forms.set(name, { what, marks: options.map((option) => option.mark) });
  return z.union(options.map((option) => option.schema), { error: name });
}

/** A map with these keys and no others. */
export function mapOf(shape: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const keys = Object.keys(shape);
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? keys.join(' ') : undefined) });
}

/** The keys that a map would have taken, from the message of its issue. */
export function keysIn(message: string): string[] {
  return message.split(' ');
}

/** A scalar with a reader of its own: what the reader finds wrong becomes the issue. */
export function readBy(schema: z.ZodType, read: (value: string | number) => { readonly ok: true } | ({ readonly ok: false } & Problem)): z.ZodType {
  return schema.superRefine((value, context) => {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const result = read(value);
    if (!result.ok) context.addIssue({ code: 'custom', message: result.message, params: { problem: result } });
  });
}
