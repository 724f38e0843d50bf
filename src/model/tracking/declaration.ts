/** What a container declares about tracking data of the messages in its stores. Not here: what becomes of the rows (`rows.ts`, `mover.ts`). */

/**
 * What is known of a message is written beside it, into the store that it comes to lie in, and moved from there to where it is kept.
 * All names are parameters, unless something else is said.
 */
export interface TrackingDeclaration {
  /** The stores. */
  readonly stores: string;
  /** Rows that one message writes; those who move them bring them to the first, or to the last, of the databases that they move data to. */
  readonly rows: readonly { readonly parameter: string; readonly to: 'first' | 'last' }[];
  /** The component whose members move the rows, as sessions (`LeaseDeclaration.sessions`). Absent there: the job. */
  readonly movedBy: string;
  /** All rows are moved at once, at this period, while this function works. */
  readonly job: { readonly function: string; readonly period: string };
}
