/** What kinds declare about tracking data: who leaves it, who keeps it, who writes it himself. Not here: what becomes of the rows (`rows.ts`, `destination.ts`, `recording.ts`). */
import type { Fields, Values } from '../parameter.js';

/**
 * What is known of a message is written beside it, into the store that it comes to lie in, and moved from there to where it is kept.
 * All names are parameters, unless something else is said.
 */
export interface TrackingDeclaration {
  /** The stores. */
  readonly stores: string;
  /** Rows that one message writes; those who move them bring them to the first, or to the last, of the databases that they move data to, the job `into` the database named here. */
  readonly rows: readonly { readonly parameter: string; readonly to: 'first' | 'last'; readonly into: string }[];
  /** The component whose members move the rows, as sessions (`LeaseDeclaration.sessions`). Absent there: the job. */
  readonly movedBy: string;
  /** All rows are moved at once, at this period, while this function works. */
  readonly job: { readonly function: string; readonly period: string };
}

/** Rows that were moved or written here lie here until a job removes what is old. All names are parameters, unless something else is said. */
export interface KeptRowsDeclaration {
  /** The job runs while this function works. */
  readonly function: string;
  /** The job removes, at this period, what is at least so old. */
  readonly period: string;
  readonly keep: string;
  /** With so many rows nothing more is taken; absent there: any number. */
  readonly limit: string;
}

/** An event about each message that is worked on is written into a database, by who works on it. */
export interface RecordingDeclaration<F extends Fields = Fields> {
  /** It can be written while this function of the member works. */
  readonly function: string;
  /** There is one only while this function of the member works. */
  readonly while: string;
  /** Parameter: the database. */
  readonly to: string;
  readonly terms: (values: Values<F>) => RecordingTerms;
}

export interface RecordingTerms {
  /** The event and the work are one transaction: the work fails with its event. */
  readonly together: boolean;
  /** What could not be written stays in the memory of the process and is tried again at this period, µs; 0: it is lost. */
  readonly retry: number;
}
