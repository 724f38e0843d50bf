/**
 * What is kept of a variant of a sweep: its summary and its verdicts, without its replications.
 *
 * Not here: where records are kept, and how they are shown.
 */
import type { Column, Unit } from '../columns.js';
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS } from '../columns.js';
import type { Expectation, ExpectationSubject } from '../expectation.js';
import type { Cell, ExperimentResult, JudgedExpectation, Row } from '../result.js';
import { metricText } from '../columns.js';
import type { Variant } from './variants.js';

export interface VariantRecord extends Variant {
  readonly scenarioHash: string;
  readonly seed: number | string;
  /** That were run; with a precision, perhaps fewer than there might have been. */
  readonly replications: number;
  readonly digest: string;
  /** Rows under SUMMARY_COLUMNS. */
  readonly summary: readonly Row[];
  /** Those of the scenario. */
  readonly expectations: readonly JudgedExpectation[];
  /** Those asked beside it. */
  readonly conditions: readonly JudgedExpectation[];
  /** Figures that hold a time not reached by the end in some occurrence, so that they are lower limits: `faults.sql1-dies.restore`. */
  readonly open: readonly string[];
  /** Whether the precision was reached that was asked for; null: none was. */
  readonly precise: boolean | null;
}

/** @param conditions how many of the expectations, the last ones, were asked beside the scenario */
export function recordOf(variant: Variant, scenarioHash: string, result: ExperimentResult, conditions: number): VariantRecord {
  const { seed, replications, digest, summary, expectations } = result;
  const own = expectations.length - conditions;
  return {
    ...variant, scenarioHash, seed, replications: replications.length, digest, summary,
    expectations: expectations.slice(0, own), conditions: expectations.slice(own), open: openFigures(result),
    precise: result.precision?.reached ?? null,
  };
}

function openFigures({ replications }: ExperimentResult): string[] {
  const open = new Set<string>();
  for (const { fault, open: columns } of replications.flatMap(({ faults }) => faults)) {
    if (typeof columns !== 'string') continue;
    for (const name of columns.split(' ')) {
      const column = FAULT_COLUMNS.find((one) => one.name === name);
      if (column !== undefined) open.add(`faults.${String(fault)}.${metricText(column)}`);
    }
  }
  return [...open].sort();
}

/** A figure of a summary that a report shows. */
export interface ShownFigure {
  /** As asked for. */
  readonly text: string;
  /** As `summary.csv` has them. */
  readonly subject: string;
  readonly metric: string;
  readonly unit: Unit;
  readonly statistic: 'mean' | 'min' | 'p50' | 'p95' | 'p99' | 'max';
}

/** What a figure is in one variant; null: nothing speaks to it. */
export interface FigureValue { readonly value: Cell; readonly low: Cell; readonly high: Cell; /** It is a lower limit. */ readonly open: boolean }

export function shownFigure(text: string, subject: ExpectationSubject, column: Column, statistic?: Expectation['statistic']): ShownFigure {
  const prefix = subject.type === 'flow' ? '' : `${subject.type}s.`;
  const named = typeof statistic === 'object' ? (`p${String(Math.round(statistic.quantile * 100))}` as 'p50' | 'p95' | 'p99') : (statistic ?? 'mean');
  return { text, subject: `${prefix}${subject.name}`, metric: metricText(column), unit: column.unit, statistic: named };
}

const BY_DEFAULT: readonly (readonly [ExpectationSubject['type'], readonly Column[], readonly string[]])[] = [
  ['flow', FLOW_COLUMNS, ['lost', 'duplicates', 'delay_p95_s', 'availability']],
  ['fault', FAULT_COLUMNS, ['restore_s', 'recover_s']],
  ['component', COMPONENT_COLUMNS, ['availability']],
];

/** What is shown unless something else is asked for: of flows and faults; where there are none, of components. */
export function defaultFigures(flows: readonly string[], faults: readonly string[], components: readonly string[]): ShownFigure[] {
  const rest = flows.length + faults.length === 0 ? components : [];
  return [flows, faults, rest].flatMap((names, sort) => {
    const [type, columns, wanted] = BY_DEFAULT[sort];
    return names.flatMap((name) => columns.filter((column) => wanted.includes(column.name)).map((column) => {
      const figure = shownFigure('', { type, name }, column);
      return { ...figure, text: `${figure.subject}.${figure.metric}` };
    }));
  });
}

/** The figure in the summary of one variant. */
export function figureIn({ subject, metric, statistic }: ShownFigure, { summary, open }: Pick<VariantRecord, 'summary' | 'open'>): FigureValue {
  const row = summary.find((one) => one.subject === subject && one.metric === metric);
  const interval = statistic === 'mean' ? row : undefined;
  return { value: row?.[statistic] ?? null, low: interval?.ci95_low ?? null, high: interval?.ci95_high ?? null, open: open.includes(`${subject}.${metric}`) };
}
