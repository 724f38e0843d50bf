/**
 * What a kind declares about images: at marks the contents of what is stored on it are saved, and an image can be restored elsewhere.
 *
 * The engine of it is beside this file. Not here: when a recovery begins (the life cycle of the kind says so).
 */
import type { OperationKind } from '../definition.js';
import type { Fields, Microseconds, Values } from '../parameter.js';

/** A component named by a parameter, and the function of it that is meant. Without the parameter there is none, and it never fails. */
export interface ImagePlace { readonly parameter: string; readonly function: string }

export interface ImageTerms {
  /** Time between two marks; a set of backups is written at each. */
  readonly every: Microseconds;
  /** The first mark; absent: drawn, anywhere within the period. */
  readonly first: Microseconds | undefined;
  /** Time between two full backups, and when in that period they come: the first mark at or after it makes one. */
  readonly fullEvery: Microseconds;
  readonly fullAt: Microseconds;
  /** A set that is not complete makes the next one full; else the chain stays broken until a full one comes by itself. */
  readonly forceFull: boolean;
  /** Period of the job that restores at the other place, and its delay after the mark. */
  readonly restoreEvery: Microseconds;
  readonly restoreAfter: Microseconds;
  /** How many marks before the newest one that can be had a recovery goes back to. */
  readonly back: number;
}

export interface ImagesDeclaration<F extends Fields = Fields> {
  /** Marks are made in this state, while the store works. */
  readonly while: string;
  /** Where the sets are written, and where they are restored ahead of need. Either place is enough for a recovery. */
  readonly share: ImagePlace;
  readonly standby: ImagePlace;
  /** Parameter: how long each mark makes puts wait. */
  readonly stall: string;
  /** The operation that begins a recovery by hand. Without it, and without an operator, nothing will be restored. */
  readonly operation: OperationKind;
  readonly terms: (values: Values<F>) => ImageTerms;
}

/** Raised when the data under a component with images is gone. */
export const DATA_LOST = 'data-lost';
