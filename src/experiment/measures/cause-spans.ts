/**
 * Which fault occurrences troubled a flow between two instants: what a late message can blame.
 *
 * A span runs from the first instant at which the flow is stopped or degraded because of the occurrence until its backlog is
 * normal again, since a message offered after the restore still waits behind what the outage has left.
 * The last 256 spans of a flow are kept; a message that is older than them blames nobody.
 */
import type { Microseconds } from '../../model/index.js';

const KEPT = 256;

interface Span { readonly occurrence: number; readonly from: Microseconds; to: Microseconds }

/** Answer of `blame`: no occurrence, or several. */
export const NOBODY = -1;
export const SEVERAL = -2;

export class CauseSpans {
  readonly #spans: Span[] = [];
  #latestEnd: Microseconds = -1;

  /** The occurrence troubles the flow from then on; touching or overlapping an earlier span of its own, it goes on. */
  open(occurrence: number, from: Microseconds): void {
    const span = this.#lastOf(occurrence);
    this.#latestEnd = Infinity;
    if (span !== undefined && span.to >= from) {
      span.to = Infinity;
      return;
    }
    if (this.#spans.length === KEPT) this.#spans.shift();
    this.#spans.push({ occurrence, from, to: Infinity });
  }

  /** The backlog is normal again. */
  close(occurrence: number, to: Microseconds): void {
    const span = this.#lastOf(occurrence);
    if (span !== undefined) span.to = to;
    this.#latestEnd = this.#spans.reduce((latest, each) => Math.max(latest, each.to), -1);
  }

  /** The one occurrence whose span shares time with [from, to]; NOBODY or SEVERAL otherwise. `known`: already to blame, or NOBODY. */
  blame(from: Microseconds, to: Microseconds, known: number): number {
    if (this.#latestEnd <= from) return known;
    let culprit = known;
    for (let i = this.#spans.length - 1; i >= 0; i -= 1) {
      const span = this.#spans[i];
      if (span.from >= to || span.to <= from || span.occurrence === culprit) continue;
      if (culprit !== NOBODY) return SEVERAL;
      culprit = span.occurrence;
    }
    return culprit;
  }

  #lastOf(occurrence: number): Span | undefined {
    return this.#spans.findLast((span) => span.occurrence === occurrence);
  }
}
