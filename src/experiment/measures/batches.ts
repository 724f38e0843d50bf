/**
 * One long run cut into batches: what each figure has grown by in each of them, for intervals from a single run.
 *
 * The figures are those that are a sum over a sum: shares and averages over time, delays by the message, times by the outage. The sums are
 * looked at where one batch ends and the next begins; messages belong to the batch in which they have their effect, those of
 * the drain to the last one.
 *
 * Not here: what an interval is made of (`stats/ratio-interval.ts`), and what is said of it (`batch-intervals.ts`).
 */
import type { Microseconds, Pauses, RunDefinition } from '../../model/index.js';
import { Window } from './window.js';

/** A figure so far: `above` / `below`, both never falling. */
export interface Sum { readonly subject: string; readonly column: string; readonly above: number; readonly below: number }

/** A figure batch by batch. `subject` as in the summary, `column` by its name. */
export interface BatchSeries { readonly subject: string; readonly column: string; readonly above: readonly number[]; readonly below: readonly number[] }

export class BatchCourse implements Pauses {
  /** Where one batch ends and the next begins. */
  readonly at: readonly Microseconds[];
  readonly #sums: (time: Microseconds) => readonly Sum[];
  readonly #end: Microseconds;
  readonly #seen: (readonly Sum[])[] = [];

  constructor(run: RunDefinition, batches: number, sums: (time: Microseconds) => readonly Sum[]) {
    const { warmup, span, end } = new Window(run);
    this.at = Array.from({ length: batches - 1 }, (_, i) => Math.round(warmup + (span * (i + 1)) / batches));
    this.#sums = sums;
    this.#end = end;
  }

  readonly look = (time: Microseconds): void => {
    this.#seen.push(this.#sums(time));
  };

  /** After the run. */
  series(): BatchSeries[] {
    const looks = [...this.#seen, this.#sums(this.#end)];
    return looks[0].map(({ subject, column }, index): BatchSeries => {
      const grown = (part: (sum: Sum) => number): number[] => looks.map((look, i) => part(look[index]) - (i === 0 ? 0 : part(looks[i - 1][index])));
      return { subject, column, above: grown(({ above }) => above), below: grown(({ below }) => below) };
    });
  }
}
