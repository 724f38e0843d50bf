/** What a kind declares about repairs that it does for others. Not here: who waits for whom (`crew.ts`). */
import type { Fields, Values } from '../parameter.js';

/** Repairs wait here until one of the crews is free: those of the faults that name the component. */
export interface CrewDeclaration<F extends Fields = Fields> {
  /** Repairs at a time. */
  readonly capacity: (values: Values<F>) => number;
  /** Who comes first: the longest waiting, or the most urgent. */
  readonly order: (values: Values<F>) => 'first-come' | 'priority';
  /** Repairs begin while this function works; what has begun goes on. */
  readonly function: string;
}
