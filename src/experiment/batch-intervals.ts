/**
 * Intervals from the batches of a single run, and whether the batches are long enough for them.
 *
 * Neighbouring batches that go together are too short, or the run has no steady state: then the interval is too narrow.
 * Not here: how a run is cut (`measures/batches.ts`).
 */
import { ratioInterval, serialCorrelation } from '../stats/index.js';
import type { Interval } from '../stats/index.js';
import { COMPONENT_COLUMNS, FLOW_COLUMNS, metricText } from './columns.js';
import type { BatchSeries } from './measures/batches.js';
import type { ReplicationResult } from './result.js';

/** Standard deviations of a correlation by chance: exceeded by one figure in two hundred whose batches are independent. */
const SUSPECT = 2.576;

/** Interval of a figure from the batches of the one replication there is; null: there are none, or nothing speaks in them. */
export function batchInterval(replications: readonly ReplicationResult[], subject: string, column: string, confidence = 0.95): Interval | null {
  if (replications.length !== 1) return null;
  const series = replications[0].batches?.find((one) => one.subject === subject && one.column === column);
  return series === undefined || total(series.below) === 0 ? null : ratioInterval(series.above, series.below, confidence);
}

export interface ShortBatches { readonly subject: string; readonly column: string; /** Of neighbouring batches. */ readonly correlation: number }

/** One line about the worst of them, and how many others there are. */
export function shortBatchText({ subject, column, correlation }: ShortBatches, others: number): string {
  const metric = metricText([...FLOW_COLUMNS, ...COMPONENT_COLUMNS].find(({ name }) => name === column)!);
  const more = others === 0 ? '' : ` and of ${String(others)} more figure${others === 1 ? '' : 's'}`;
  return `the interval of ${subject}.${metric}${more} is too narrow: neighbouring batches go together (correlation ${correlation.toFixed(2)}). They are too short, or there is no steady state; a longer horizon or warm-up, or fewer batches`;
}

/** Figures whose batches go together, the worst first. */
export function shortBatches(replications: readonly ReplicationResult[]): ShortBatches[] {
  const series = replications.length === 1 ? (replications[0].batches ?? []) : [];
  return series.flatMap(({ subject, column, above, below }) => {
    if (below.some((count) => count === 0)) return [];
    const correlation = serialCorrelation(above.map((sum, i) => sum / below[i]));
    return correlation * Math.sqrt(above.length) > SUSPECT ? [{ subject, column, correlation }] : [];
  }).sort((a, b) => b.correlation - a.correlation);
}

function total(counts: BatchSeries['below']): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
