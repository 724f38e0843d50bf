/** What `--metric`, `--margin` and `--relative-margin` say. Whether a margin suits its measures is the comparison's business. */
import { columnOfMetric, COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, isCompared, metricText, OPERATION_COLUMNS } from '../../experiment/index.js';
import type { ComparisonOptions, MarginRule, MarginValue } from '../../experiment/index.js';
import { globPattern, isGlob, parseDuration, parseRate } from '../../scenario/index.js';
import { UserError } from '../errors.js';
import { didYouMean } from '../suggest.js';

const MICROSECONDS_PER_SECOND = 1e6;
const TABLES = [FLOW_COLUMNS, FAULT_COLUMNS, COMPONENT_COLUMNS, OPERATION_COLUMNS];

export interface Wished { readonly metrics: readonly string[]; readonly margins: readonly string[]; readonly relative: string | undefined }

/** Throws one UserError with everything that is wrong. */
export function comparisonOptions({ metrics, margins, relative }: Wished): ComparisonOptions {
  const problems: string[] = [];
  const attempt = <T>(read: () => T): T[] => {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
      return [];
    }
  };
  const only = metrics.flatMap((text) => attempt(() => ({ text, pattern: patternOf(text, `--metric ${text}`) })));
  const rules = margins.flatMap((text) => attempt(() => ruleOf(text)));
  const [share = 0] = relative === undefined ? [] : attempt(() => percentOf(relative));
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return { only, margins: { rules, relative: share } };
}

function ruleOf(text: string): MarginRule {
  const at = text.lastIndexOf('=');
  if (at <= 0) throw new UserError(`--margin ${text}: written as a measure, =, and how much may differ: orders.delay.p95=1s or availability=0.01%`);
  return { text, pattern: patternOf(text.slice(0, at), `--margin ${text}`), margin: valueOf(text.slice(at + 1), text) };
}

/** A name without wildcards is checked before anything runs: its end must be a metric that there is. */
function patternOf(text: string, option: string): RegExp {
  const words = text.split('.');
  const known = words.some((_, from) => TABLES.some((columns) => {
    const column = columnOfMetric(columns, words.slice(from).join('.'));
    return column !== null && isCompared(column);
  }));
  if (!isGlob(text) && !known) {
    const names = [...new Set(TABLES.flatMap((columns) => columns.filter(isCompared).map(metricText)))];
    const near = ([2, 1] as const).map((count) => didYouMean(words.slice(-count).join('.'), names)).find((one) => one !== '') ?? `\nmetrics: ${names.join(', ')}`;
    throw new UserError(`${option}: no metric is named so${near}`);
  }
  return globPattern(text);
}

function valueOf(text: string, whole: string): MarginValue {
  if (text.endsWith('%')) return { type: 'percent', value: numberOf(text.slice(0, -1), whole) / 100 };
  if (/^\d+(\.\d+)?$/.test(text)) return { type: 'number', value: Number(text) };
  const rate = text.includes('/');
  const parsed = rate ? parseRate(text) : parseDuration(text);
  if (!parsed.ok) throw new UserError(`--margin ${whole}: "${text}" is no margin: write 1s, 0.01%, 5 or 2/s`);
  return rate ? { type: 'per_s', value: parsed.value } : { type: 's', value: parsed.value / MICROSECONDS_PER_SECOND };
}

function numberOf(text: string, whole: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new UserError(`--margin ${whole}: "${text}%" is no percentage`);
  return Number(text);
}

function percentOf(text: string): number {
  if (!/^\d+(\.\d+)?%$/.test(text)) throw new UserError(`--relative-margin ${text}: a percentage of the mean of the base is expected, such as 1%`);
  return Number(text.slice(0, -1)) / 100;
}
