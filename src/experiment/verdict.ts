/**
 * Judges expectations: met, missed, undecided or no-data, and why.
 *
 * With one replication every value decides. With several, a plain measure is judged by the 95 % interval of its mean over the
 * replications (occurrences of one run are averaged first), `==` and `!=` must hold for every value, and `.min`, `.max`, `.pNN`
 * range over replications × occurrences; a single run that is cut into batches has their interval; `~` has its own way (`agreement.ts`). `delay.pNN` and `delay.max` pool the messages of all replications.
 * A time not reached by the end, and a delay that is infinite, are known only from below: missed once the bound has passed, else
 * undecided. Nothing passes for want of anything that speaks.
 */
import { meanInterval, sampleQuantile } from '../stats/index.js';
import type { Interval } from '../stats/index.js';
import { intervalOf, judgeAgreement } from './agreement.js';
import { batchInterval } from './batch-intervals.js';
import { DelayPool, delayQuantile } from './delay-pool.js';
import type { Expectation } from './expectation.js';
import { cellOf } from './measures/cells.js';
import type { GaugeRequest } from './measures/gauges.js';
import type { Cell, JudgedExpectation, ReplicationResult } from './result.js';
import { samplesOf } from './samples.js';
import { truthOf, truthOfAll } from './truth.js';
import type { Judged, Known, Order, Truth } from './truth.js';
import { figureText, knownText } from './verdict-text.js';

/** The gauges that expectations ask for, in the order in which a replication must give their values. */
export function gaugeRequestsOf(expectations: readonly Expectation[]): GaugeRequest[] {
  return expectations.flatMap(({ at, subject, column, state }) => {
    if (at === undefined) return [];
    return [{ component: subject.name, gauge: column.name, at, ...(state === true ? { of: subject.type === 'flow' ? 'flow' as const : 'component' as const } : {}) }];
  });
}

export function judge(expectations: readonly Expectation[], replications: readonly ReplicationResult[]): JudgedExpectation[] {
  let gauges = 0;
  return expectations.map((expectation) => {
    const gauge = expectation.at === undefined ? -1 : gauges++;
    const judged = judgeOne(expectation, gauge, replications);
    return {
      text: expectation.text, verdict: judged.verdict, value: judged.value, ci95Low: judged.low ?? null, ci95High: judged.high ?? null,
      bound: expectation.boundText, samples: judged.samples, reason: judged.verdict === 'met' ? '' : judged.reason,
      ...(expectation.place === undefined ? {} : { place: expectation.place }),
    };
  });
}

function judgeOne(expectation: Expectation, gauge: number, replications: readonly ReplicationResult[]): Judged {
  const samples = samplesOf(expectation, gauge, replications);
  if (samples.type === 'none') return { verdict: 'no-data', value: null, samples: 0, reason: samples.reason };
  if (samples.type === 'texts') return judgeTexts(expectation, samples.texts);
  const { statistic, comparison } = expectation;
  const batches = intervalOfBatches(expectation, replications);
  if (comparison === '~') return judgeAgreement(expectation, samples.groups, replications.length, batches);
  const all = samples.groups.flat();
  const p = expectation.subject.type === 'flow' ? delayQuantile(expectation.column.name) : null;
  if (p !== null && statistic === undefined) {
    const pool = new DelayPool(replications, expectation.subject.name);
    return judgeValue(expectation, pool.quantile(p), pool.count);
  }
  if (statistic !== undefined && statistic !== 'mean') {
    const q = statistic === 'min' ? 0 : statistic === 'max' ? 1 : statistic.quantile;
    const over = (part: (known: Known) => number): number => sampleQuantile(all.map(part), q);
    return judgeValue(expectation, { low: over(({ low }) => low), high: over(({ high }) => high) }, all.length);
  }
  if (statistic === undefined && (replications.length === 1 || comparison === '==' || comparison === '!=')) return withInterval(judgeEach(expectation, all), batches);
  return withInterval(judgeMean(expectation, samples.groups, replications.length), batches);
}

/** Of one replication the value decides; where its batches give an interval, that is shown beside it. */
function withInterval(judged: Judged, batches: Interval | null): Judged {
  return batches === null ? judged : { ...judged, low: cellOf(batches.low), high: cellOf(batches.high) };
}

function intervalOfBatches({ subject, column, at }: Expectation, replications: readonly ReplicationResult[]): Interval | null {
  if (at !== undefined) return null;
  return batchInterval(replications, subject.type === 'flow' ? subject.name : `${subject.type}s.${subject.name}`, column.name);
}

function judgeTexts({ comparison, bound }: Expectation, texts: readonly string[]): Judged {
  const wanted = comparison === '==';
  const wrong = texts.filter((text) => (text === String(bound)) !== wanted);
  const example = wrong[0] ?? texts[0];
  const among = texts.length === 1 ? '' : ` in ${wrong.length} of ${texts.length}`;
  return {
    verdict: wrong.length === 0 ? 'met' : 'missed', value: example, samples: texts.length,
    reason: `it was ${example === '' ? 'empty' : example}${among}`,
  };
}

/** One figure decides. */
function judgeValue(expectation: Expectation, value: Known, samples: number): Judged {
  return {
    verdict: truth(expectation, value), value: shown(expectation, value), samples,
    reason: `it was ${knownText(expectation.column, value)}, expected ${wanted(expectation)}`,
  };
}

/** Every value must hold. The one shown is the first that does not. */
function judgeEach(expectation: Expectation, values: readonly Known[]): Judged {
  if (values.length === 1) return judgeValue(expectation, values[0], 1);
  const truths = values.map((value) => truth(expectation, value));
  const verdict = truthOfAll(truths);
  const example = values[truths.indexOf(verdict)];
  const count = truths.filter((each) => each === verdict).length;
  return {
    verdict, value: shown(expectation, example), samples: values.length,
    reason: `it was ${knownText(expectation.column, example)} in one of ${count} such values of ${values.length}, expected ${wanted(expectation)}`,
  };
}

function judgeMean(expectation: Expectation, groups: readonly (readonly Known[])[], replications: number): Judged {
  const { column } = expectation;
  const samples = groups.flat().length;
  // Open times enter with what is known of them, which makes the interval a lower limit of the true one.
  const open = groups.flat().some(({ low, high }) => high > low);
  const interval = intervalOf(expectation, groups.map((group) => meanInterval(group.map(({ low }) => low)).mean));
  if (replications === 1) return judgeValue(expectation, { low: interval.mean, high: open ? Infinity : interval.mean }, samples);
  const value = cellOf(interval.mean);
  if (groups.length === 1) {
    return { verdict: 'undecided', value, samples, reason: `only one of ${replications} replications speaks to it: ${figureText(column, interval.mean)}` };
  }
  const verdict = truth(expectation, { low: interval.low, high: open ? Infinity : interval.high });
  const limits = `mean ${figureText(column, interval.mean)}, 95 % interval ${figureText(column, interval.low)} to ${figureText(column, interval.high)}`;
  const why = verdict === 'missed' ? 'outside' : open ? 'with times not reached by the end, against' : 'straddles';
  return { verdict, value, samples, low: cellOf(interval.low), high: cellOf(interval.high), reason: `${limits}, ${why} ${wanted(expectation)}` };
}

function truth({ comparison, bound, upper }: Expectation, value: Known): Truth {
  return truthOf(value, comparison as Order, bound as number, upper);
}

/** An open time holds the time to the end; a delay that is infinite is an empty cell. */
function shown({ column }: Expectation, value: Known): Cell {
  return value.high === Infinity && delayQuantile(column.name) !== null ? null : cellOf(value.low);
}

function wanted({ comparison, boundText }: Expectation): string {
  return `${comparison} ${boundText}`;
}
