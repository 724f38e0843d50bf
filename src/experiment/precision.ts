/**
 * Replicating until the answer is precise: when there are enough replications, and what is known of each figure then.
 *
 * A figure is settled when its 95 % interval reaches no further from the mean than the wanted share of the mean, an expectation also
 * when its verdict is decided. The rule looks at replications 1 to n, never before n = 5, so it gives the same n on every machine.
 * It looks after each replication up to 20 and then after every twentieth part: few looks cost little, and each look is one
 * more chance to stop at an interval that is narrow by accident.
 *
 * Not here: who runs the replications. Not modelled: a correction of the intervals for having looked several times.
 */
import { meanInterval } from '../stats/index.js';
import type { Expectation } from './expectation.js';
import { cellOf } from './measures/cells.js';
import type { PrecisionFigure, PrecisionOutcome, ReplicationResult } from './result.js';
import { samplesOf } from './samples.js';
import type { Sampled } from './samples.js';
import { judge } from './verdict.js';

/** Fewer replications say too little about their own spread. */
export const LEAST_REPLICATIONS = 5;
/** Between two looks, as a share of the replications that are there. */
const STEP = 0.05;

/** What has to be settled: an expectation by its place in the list, or the mean of a metric over replications. */
export type PrecisionTarget = { readonly expectation: number } | { readonly text: string; readonly metric: Sampled };

export interface Precision {
  /** Of a 95 % interval, as a share of the mean. */
  readonly halfWidth: number;
  readonly of: readonly PrecisionTarget[];
}

export class StoppingRule {
  readonly #precision: Precision;
  readonly #expectations: readonly Expectation[];
  #nextLook = LEAST_REPLICATIONS;

  constructor(precision: Precision, expectations: readonly Expectation[]) {
    this.#precision = precision;
    this.#expectations = expectations;
  }

  /** Whether these replications, all that there are from 1 on, are enough. To be asked after each, in order. */
  enough(replications: readonly ReplicationResult[]): boolean {
    const count = replications.length;
    if (count < this.#nextLook) return false;
    this.#nextLook = Math.max(count + 1, Math.ceil(count * (1 + STEP)));
    return this.#figures(replications).every(({ settled }) => settled);
  }

  /** What is known after these replications, of which there could have been `limit`. `reached`: what `enough` said last. */
  outcome(replications: readonly ReplicationResult[], limit: number): PrecisionOutcome {
    const figures = this.#figures(replications);
    const reached = replications.length >= LEAST_REPLICATIONS && figures.every(({ settled }) => settled);
    return { halfWidth: this.#precision.halfWidth, limit, reached, figures };
  }

  #figures(replications: readonly ReplicationResult[]): PrecisionFigure[] {
    const { halfWidth: wanted, of } = this.#precision;
    const judged = of.some((target) => 'expectation' in target) ? judge(this.#expectations, replications) : [];
    return of.map((target): PrecisionFigure => {
      if (!('expectation' in target)) return { text: target.text, verdict: null, ...meanOf(target.metric, replications, wanted) };
      const { text, verdict, value, ci95Low, ci95High } = judged[target.expectation];
      const halfWidth = typeof ci95Low === 'number' && typeof ci95High === 'number' ? (ci95High - ci95Low) / 2 : NaN;
      const mean = typeof value === 'number' ? value : NaN;
      const decided = verdict === 'met' || verdict === 'missed';
      return { text, verdict, mean: cellOf(mean), halfWidth: cellOf(halfWidth), settled: decided || narrow(mean, halfWidth, wanted) };
    });
  }
}

/** The mean over those replications that speak to it. A time not reached by the end is known from below only and settles nothing. */
function meanOf(metric: Sampled, replications: readonly ReplicationResult[], wanted: number): Pick<PrecisionFigure, 'mean' | 'halfWidth' | 'settled'> {
  const samples = samplesOf(metric, -1, replications);
  if (samples.type !== 'numbers') return { mean: null, halfWidth: null, settled: false };
  const open = samples.groups.flat().some(({ low, high }) => high > low);
  const { mean, halfWidth, count } = meanInterval(samples.groups.map((group) => meanInterval(group.map(({ low }) => low)).mean));
  const settled = !open && count >= LEAST_REPLICATIONS && narrow(mean, halfWidth, wanted);
  return { mean: cellOf(mean), halfWidth: cellOf(halfWidth), settled };
}

/** False where nothing is known of the width. */
function narrow(mean: number, halfWidth: number, wanted: number): boolean {
  return halfWidth <= wanted * Math.abs(mean);
}
