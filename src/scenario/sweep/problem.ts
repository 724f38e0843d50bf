/** What is wrong with an option that says what to vary or to find: it has no place in a scenario, so it has no code either. */
export interface Problem { readonly message: string; readonly remedy?: string }
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

export function read<T>(value: T): Read<T> {
  return { ok: true, value };
}

export function refused(message: string, remedy?: string): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [{ message, ...(remedy === undefined ? {} : { remedy }) }] };
}
