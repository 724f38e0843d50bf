/**
 * Margins: how large a difference may be without mattering.
 *
 * A rule names measures by a pattern, with their subject (`orders.delay.p95`) or without it (`availability`). The last rule that fits
 * counts; without one it is the default, a share of the mean of the base. Not here: how a rule is written on a command line.
 */
import type { Metric } from './values.js';

/** `percent`: points of a share, or of another figure so many percent of the mean of the base. `number`: a plain figure, as of counts. */
export interface MarginValue { readonly type: 's' | 'per_s' | 'number' | 'percent'; readonly value: number }

export interface MarginRule {
  /** As written, for messages. */
  readonly text: string;
  readonly pattern: RegExp;
  readonly margin: MarginValue;
}

export interface Margins {
  readonly rules: readonly MarginRule[];
  /** Share of the mean of the base that may differ where no rule fits. */
  readonly relative: number;
}

export const NO_MARGINS: Margins = { rules: [], relative: 0 };

export const fullName = ({ subject, metric }: Metric): string => `${subject}.${metric}`;

/** Whether a pattern means this measure: by its full name, or by that of the metric alone. */
export function meansMetric(pattern: RegExp, metric: Metric): boolean {
  return pattern.test(fullName(metric)) || pattern.test(metric.metric);
}

/** In the unit of the measure. `baseMean` NaN or infinite: nothing is a share of it. */
export function marginOf({ rules, relative }: Margins, metric: Metric, baseMean: number): number {
  const share = (of: number): number => (Number.isFinite(baseMean) ? of * Math.abs(baseMean) : 0);
  const rule = rules.findLast(({ pattern }) => meansMetric(pattern, metric));
  if (rule === undefined) return share(relative);
  const { type, value } = rule.margin;
  return type === 'percent' && metric.column.unit !== 'share' ? share(value) : value;
}

/** Why a rule cannot be a margin of these measures, if it cannot. */
export function marginProblem({ pattern, text, margin }: MarginRule, metrics: readonly Metric[]): string | null {
  const meant = metrics.filter((metric) => meansMetric(pattern, metric));
  if (meant.length === 0) return `--margin ${text}: no measure of these runs is meant`;
  const wrong = meant.find((metric) => !fits(margin, metric));
  return wrong === undefined ? null : `--margin ${text}: ${fullName(wrong)} is ${UNITS[wrong.column.unit]}`;
}

const UNITS = { count: 'a plain number: write 5, or 5%', s: 'a duration: write 1s, or 5%', share: 'a share: write 0.01%', per_s: 'a rate: write 2/s, or 5%', text: 'a text, which has no margin' };

function fits({ type, value }: MarginValue, { column: { unit } }: Metric): boolean {
  if (unit === 'text') return false;
  if (type === 'percent') return true;
  if (type === 'number') return value === 0 || unit === 'count' || unit === 'share';
  return type === unit;
}
