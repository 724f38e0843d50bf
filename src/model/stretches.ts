/**
 * How a run advances: in equal slices, after each of which progress is told, and up to instants at which somebody looks.
 * How it is cut changes nothing in what is simulated.
 */
import type { Microseconds } from './parameter.js';

/** Instants (whole µs, rising, before the end) at which somebody looks at what was measured so far. */
export interface Pauses { readonly at: readonly Microseconds[]; readonly look: (time: Microseconds) => void }

/** Advance until then, and then look, or tell how far it is. */
export interface Stretch { readonly until: Microseconds; readonly look?: (time: Microseconds) => void }

export function stretches(end: Microseconds, slices: number, { at, look }: Pauses = { at: [], look: () => undefined }): Stretch[] {
  const told = Array.from({ length: slices }, (_, i): Stretch => ({ until: (end * (i + 1)) / slices }));
  return [...at.map((until): Stretch => ({ until, look })), ...told].sort((a, b) => a.until - b.until);
}
