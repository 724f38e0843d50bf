/**
 * Judges `~`: does the mean over replications agree with its true value, known from theory?
 *
 * met: the 95 % interval of the mean holds the true value and is narrow enough to say so; missed: it does not hold it; undecided: it
 * is too wide, or there is no interval. One true value in twenty lies outside of its interval by chance: a fixed seed keeps the verdict.
 * Shares close to all are as hard as those close to nothing, so the width of a share counts against the nearer end.
 */
import { meanInterval, proportionInterval } from '../stats/index.js';
import type { Interval } from '../stats/index.js';
import type { Expectation } from './expectation.js';
import { cellOf } from './measures/cells.js';
import type { Judged, Known } from './truth.js';
import { figureText } from './verdict-text.js';

/** Half-width as a share of the true value, where an expectation names none. */
export const DEFAULT_WIDTH = 0.1;

/** Of the mean over replications; of a state that is 1 or 0, the interval of a share, which keeps its width when all are alike. */
export function intervalOf({ state }: Expectation, means: readonly number[]): Interval {
  return state === true ? proportionInterval(means.reduce((sum, mean) => sum + mean, 0), means.length) : meanInterval(means);
}

/**
 * @param groups the values that speak, one list per replication that has any
 * @param batches of a single replication: its interval from batches, if it has one
 */
export function judgeAgreement(expectation: Expectation, groups: readonly (readonly Known[])[], replications: number, batches: Interval | null = null): Judged {
  const { column, bound: truth, within = DEFAULT_WIDTH } = expectation;
  const samples = groups.flat().length;
  const { mean, low, high, halfWidth } = batches ?? intervalOf(expectation, groups.map((group) => meanInterval(group.map(({ low }) => low)).mean));
  const undecided = (reason: string): Judged => ({ verdict: 'undecided', value: cellOf(mean), samples, reason });
  if (groups.flat().some((known) => known.high > known.low)) return undecided('some of its times were not reached by the end');
  // Those that do not speak would move the mean: of times to a first outage, say, they are the longest.
  if (groups.length < replications) return undecided(`only ${String(groups.length)} of ${String(replications)} replications speak to it`);
  if (replications === 1 && batches === null) return undecided(`one replication has no interval: ${figureText(column, mean)}, true value ${figureText(column, Number(truth))} (run.batches gives it one)`);
  const size = column.unit === 'share' ? Math.min(Number(truth), 1 - Number(truth)) : Math.abs(Number(truth));
  const holds = low <= Number(truth) && Number(truth) <= high;
  const narrow = halfWidth <= within * size;
  const limits = `mean ${figureText(column, mean)}, 95 % interval ${figureText(column, low)} to ${figureText(column, high)}`;
  return {
    verdict: !holds ? 'missed' : narrow ? 'met' : 'undecided', value: cellOf(mean), samples, low: cellOf(low), high: cellOf(high),
    reason: holds ? `${limits}, wider than ${String(Number((within * 100).toPrecision(6)))} % of ${figureText(column, size)} to either side` : `${limits}, does not hold the true value ${figureText(column, Number(truth))}`,
  };
}
