/** What a kind declares about sessions: sources that belong to one member of a pool at a time. Not here: who gets which (`sessions.ts`). */

/** How the members of a pool share sources out among themselves; times in µs. */
export interface SessionTerms {
  /** A member signs that it lives while this function works. */
  readonly function: string;
  /** Between two signs of life. */
  readonly refresh: number;
  /** After the last of them, until what it owns may be taken. */
  readonly timeout: number;
  /** Messages, or rows of tracking data, a second of one session. */
  readonly ratePerSecond: number;
  /** Parameter with the databases that data is moved to, and the function that they must offer. Each source has a session for each of them; messages go to the first. */
  readonly to: { readonly parameter: string; readonly function: string };
  /** Rows that are moved in one transaction at most, and how long an owner that found less waits before it looks again. */
  readonly batch: number;
  readonly look: number;
}
