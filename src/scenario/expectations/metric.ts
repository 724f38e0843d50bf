/** The metric of an expectation → a column, a statistic over replications, or a gauge at an instant. */
import type { Expectation } from '../../experiment/expectation.js';
import { columnOfMetric, metricOf } from '../../experiment/columns.js';
import { INSTANT_COLUMNS } from '../../experiment/measures/instants.js';
import type { Column, Unit } from '../../experiment/columns.js';
import type { Extra } from '../diagnostics/diagnostic.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import type { Found } from './subject.js';

type Statistic = NonNullable<Expectation['statistic']>;
export type MetricResult =
  | { readonly ok: true; readonly column: Column; readonly statistic?: Statistic; readonly state?: true }
  | { readonly ok: false; readonly message: string; readonly extra: Extra };

/** @param instant whether `at <time>` was written */
export function resolveMetric({ subject, columns, gauges, what, metric }: Found, instant: boolean): MetricResult {
  const { text } = metric;
  const gauge = Object.hasOwn(gauges, text) ? gauges[text] : undefined;
  if (instant && gauge !== undefined) return { ok: true, column: { name: text, unit: unitOf(gauge.unit), meaning: gauge.meaning } };
  const state = instant && hasStates(subject) ? columnOfMetric(INSTANT_COLUMNS, text) : null;
  if (state !== null) return { ok: true, column: state, state: true };
  if (gauge !== undefined) return { ok: false, message: `"${text}" is a gauge: it has a value at an instant`, extra: { remedy: `write ${text} at 40m` } };
  const whole = measureOf(columns, text);
  if (whole !== null) return instant ? notAGauge(text, gauges) : { ok: true, column: whole };
  const dot = text.lastIndexOf('.');
  const statistic = dot < 0 ? null : statisticOf(text.slice(dot + 1));
  const column = statistic === null ? null : measureOf(columns, text.slice(0, dot));
  if (statistic === null || column === null) return unknown(columns, gauges, what, text, instant);
  if (instant) return notAGauge(text, gauges);
  if (column.unit === 'text') return { ok: false, message: `"${text.slice(0, dot)}" is a text: it has no ${text.slice(dot + 1)}`, extra: {} };
  return { ok: true, column, statistic };
}

/** A column of the files; or any other percentile of the delays, which are pooled message by message: p90 is 90 %, p999 is 99.9 %. */
function measureOf(columns: readonly Column[], metric: string): Column | null {
  const column = columnOfMetric(columns, metric);
  const digits = /^delay\.p(\d{1,3})$/.exec(metric)?.[1];
  if (column !== null || digits === undefined || Number(digits) === 0 || digits === '100' || columnOfMetric(columns, 'delay.p99') === null) return column;
  return { name: `delay_p${digits}_s`, unit: 's', meaning: 'offer to first effect, percentile; accepted but undelivered counts as infinite' };
}

/** A leg of a flow is neither up nor down. */
const hasStates = ({ type, name }: Found['subject']): boolean => type === 'component' || (type === 'flow' && !name.includes('/'));

function statisticOf(text: string): Statistic | null {
  if (text === 'min' || text === 'max' || text === 'mean') return text;
  const quantile = /^p(\d{1,2})$/.exec(text);
  return quantile === null || Number(quantile[1]) === 0 ? null : { quantile: Number(quantile[1]) / 100 };
}

function unitOf(text: string): Unit {
  return text === 's' || text === 'share' || text === 'per_s' || text === 'text' ? text : 'count';
}

function notAGauge(text: string, gauges: Found['gauges']): MetricResult {
  const names = Object.keys(gauges);
  return { ok: false, message: `"${text}" is a measure of the whole run: it has no value at an instant`, extra: { remedy: names.length === 0 ? undefined : `gauges: ${enumerate(names)}` } };
}

function unknown(columns: readonly Column[], gauges: Found['gauges'], what: string, text: string, instant: boolean): MetricResult {
  const metrics = columns.filter((column) => column.key !== true).map((column) => shownMetric(metricOf(column)));
  const words = instant ? Object.keys(gauges) : [...metrics, ...Object.keys(gauges)];
  const remedy = words.length === 0 ? `${what} has no gauges` : `${instant ? 'gauges' : 'metrics'} of ${what}: ${enumerate(words, 40)}`;
  const suggestions = nearest(text, words);
  return { ok: false, message: `${what} has no ${instant ? 'gauge' : 'metric'} "${text}"`, extra: { suggestions, remedy: suggestions.length > 0 ? undefined : remedy } };
}

/** As one writes it: `delay.p99`. */
export function shownMetric(metric: string): string {
  return metric.replace(/^delay_/, 'delay.');
}
