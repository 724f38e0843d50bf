/** An expectation after reading: which measure of what, compared with which bound. Judged in `verdict.ts`, read from text in room `scenario`. */
import type { Column } from './columns.js';

export type ExpectationSubject =
  | { readonly type: 'flow'; readonly name: string }
  | { readonly type: 'fault'; readonly name: string }
  | { readonly type: 'component'; readonly name: string }
  | { readonly type: 'operation'; readonly name: string };

/** `~`: the mean over replications against its true value, known from theory. */
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'between' | '~';

export interface Expectation {
  /** As written. */
  readonly text: string;
  readonly subject: ExpectationSubject;
  /** The column it speaks of; for a gauge (`at`), the gauge's name. */
  readonly column: Column;
  /** Over replications × occurrences; absent: every value with one replication, else the mean (and `==` in each). */
  readonly statistic?: 'min' | 'max' | 'mean' | { readonly quantile: number };
  /** Of a state that is 1 or 0 in each replication; with `at`. */
  readonly state?: true;
  /** A gauge's value, or a state, at this instant, µs. */
  readonly at?: number;
  readonly comparison: Comparison;
  /** In the unit of the column; text for `scope`, `result`, … */
  readonly bound: number | string;
  /** `between`: the upper end, included. */
  readonly upper?: number;
  /** `~`: how wide the interval may be, half-width as a share of the true value. */
  readonly within?: number;
  /** Bound as written. */
  readonly boundText: string;
  /** Where it stands, for reports: file:line. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}
