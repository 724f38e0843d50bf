/**
 * A simulation beside the exact solution: for each figure the interval of its mean over replications, or over the batches of a single one, and
 * whether both agree.
 *
 * They disagree when the exact figure lies outside of an interval that is wrong once in a thousand comparisons of whole runs: the
 * confidence is corrected for the number of figures (Bonferroni). An interval of 95 % alone misses one true figure in twenty.
 * Compared are means that the files hold per replication; with too few outages behind them the interval means little.
 */
import { meanInterval } from '../../stats/index.js';
import type { Interval } from '../../stats/index.js';
import { batchInterval } from '../batch-intervals.js';
import type { ExperimentResult, Row } from '../result.js';
import type { Solution, Solved } from './solve.js';

/** `apart`: outside of the interval of 95 %, but not farther than chance may bring it. */
export type Agreement = 'yes' | 'apart' | 'no' | 'too few';

export interface Compared {
  /** As an expectation writes it: `components.app.availability`. */
  readonly metric: string;
  readonly subject: string;
  readonly column: 'availability' | 'outages_per_year' | 'stops_per_year';
  readonly exact: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly agreement: Agreement;
}

/** Of all comparisons of a run together: how often one says "no" though all is well. */
const WRONG = 0.001;
/** Outages over all replications below which a mean says nothing. */
const FEWEST = 20;

export function compareWith({ subjects }: Solution, { replications }: ExperimentResult): readonly Compared[] {
  const figures = subjects.flatMap((subject) => [subject.name, ...subject.alike].flatMap((name) => figuresOf(subject, name, replications.map(({ components, flows }) => {
    const rows: readonly Row[] = subject.type === 'component' ? components : flows;
    return rows.find((row) => row[subject.type] === name)!;
  }))));
  return figures.map(({ values, outages, ...figure }): Compared => {
    const interval = (confidence: number): Interval => batchInterval(replications, figure.subject, figure.column, confidence) ?? meanInterval(values, confidence);
    const { mean, low, high } = interval(0.95);
    const wide = interval(1 - WRONG / figures.length);
    const within = (one: Interval): boolean => one.low <= figure.exact && figure.exact <= one.high;
    const agreement = Number.isNaN(low) || outages < FEWEST ? 'too few' : low <= figure.exact && figure.exact <= high ? 'yes' : within(wide) ? 'apart' : 'no';
    return { ...figure, mean, low, high, agreement };
  });
}

function figuresOf({ type, run }: Solved, name: string, rows: readonly Row[]): readonly (Pick<Compared, 'metric' | 'subject' | 'column' | 'exact'> & { readonly values: readonly number[]; readonly outages: number })[] {
  const subject = type === 'component' ? `components.${name}` : name;
  const often = type === 'component' ? 'outages_per_year' : 'stops_per_year';
  const values = (column: string): number[] => rows.map((row) => Number(row[column]));
  const outages = values(type === 'component' ? 'outages' : 'stops').reduce((sum, count) => sum + count, 0);
  return [
    { metric: `${subject}.availability`, subject, column: 'availability', exact: run.availability, values: values('availability'), outages },
    { metric: `${subject}.${often}`, subject, column: often, exact: run.outagesPerYear, values: values(often), outages },
  ];
}
