/**
 * The values that speak to an expectation, replication by replication; or why none does.
 *
 * An empty cell of a fault is something that did not happen: 0, or no text. A masked occurrence does not speak. A replication
 * without messages of a flow does not speak to what became of them. Any other empty cell does not speak.
 */
import { DelayPool, delayQuantile } from './delay-pool.js';
import type { Expectation } from './expectation.js';
import type { Cell, ReplicationResult, Row } from './result.js';
import type { Known } from './truth.js';

export type Samples =
  | { readonly type: 'numbers'; readonly groups: readonly (readonly Known[])[] }
  | { readonly type: 'texts'; readonly texts: readonly string[] }
  | { readonly type: 'none'; readonly reason: string };

/** What is spoken of: a measure of a subject, or a gauge at an instant. */
export type Sampled = Pick<Expectation, 'subject' | 'column' | 'at'>;

/** Columns of a flow that go by clock or count offers: they speak even when nothing was offered. */
const WITHOUT_MESSAGES: ReadonlySet<string> = new Set([
  'offered', 'throughput_per_s', 'backlog_max', 'availability', 'accept_availability', 'rta_s',
  'stops', 'stops_per_year', 'stopped_per_year_s', 'first_stop_s',
]);

/** `gaugeIndex`: position of the expectation among those that ask for a gauge. */
export function samplesOf(sampled: Sampled, gaugeIndex: number, replications: readonly ReplicationResult[]): Samples {
  if (replications.length === 0) return none('no replication was completed');
  const { subject, column } = sampled;
  if (sampled.at !== undefined) {
    return numbers(replications.map(({ gaugeValues }) => {
      const value = gaugeValues[gaugeIndex] ?? null;
      return value === null ? [] : [exactly(value)];
    }), `gauge ${column.name} of ${subject.name} had no value by then`);
  }
  switch (subject.type) {
    case 'flow': return flowSamples(sampled, replications);
    case 'fault': return faultSamples(sampled, replications);
    case 'component': return rowSamples(sampled, replications, ({ components }) => components, 'component', `component ${subject.name} has no ${column.name}`);
    case 'operation': return rowSamples(sampled, replications, ({ operations }) => operations, 'operation', `operation ${subject.name} was not over by the end`);
  }
}

function flowSamples({ subject, column }: Sampled, replications: readonly ReplicationResult[]): Samples {
  const rows = replications.map((replication) => replication.flows.filter((row) => row.flow === subject.name));
  if (rows.flat().length === 0) return none(`there is no flow ${subject.name}`);
  if (column.unit === 'text') return { type: 'texts', texts: rows.flat().map((row) => String(row[column.name] ?? '')) };
  const speaks = WITHOUT_MESSAGES.has(column.name);
  if (!speaks && rows.flat().every(({ offered }) => offered === 0)) return none(`no message of ${subject.name} was offered after warm-up`);
  const p = delayQuantile(column.name);
  const silence = `no message of ${subject.name} has a ${column.name}`;
  if (p === null) return numbers(rows.map((row) => row.filter(({ offered }) => speaks || offered !== 0).flatMap((each) => known(each[column.name]))), silence);
  return numbers(replications.map((replication) => {
    const pool = new DelayPool([replication], subject.name);
    return pool.count === 0 ? [] : [pool.quantile(p)];
  }), silence);
}

function faultSamples({ subject, column }: Sampled, replications: readonly ReplicationResult[]): Samples {
  const all = replications.map(({ faults }) => faults.filter(({ fault }) => fault === subject.name));
  if (all.flat().length === 0) return none(`fault ${subject.name} never came`);
  const rows = all.map((each) => each.filter(({ effective }) => effective !== 0));
  if (rows.flat().length === 0) return none(`fault ${subject.name} had no effect: what it hit was down already`);
  if (column.unit === 'text') return { type: 'texts', texts: rows.flat().map((row) => String(row[column.name] ?? '')) };
  return numbers(rows.map((each) => each.map((row): Known => {
    const cell = row[column.name];
    const low = typeof cell === 'number' ? cell : 0;
    return { low, high: isOpen(row, column.name) ? Infinity : low };
  })), '');
}

function isOpen({ open }: Row, column: string): boolean {
  return typeof open === 'string' && open.split(' ').includes(column);
}

function rowSamples(
  { subject, column }: Sampled, replications: readonly ReplicationResult[], rowsOf: (replication: ReplicationResult) => readonly Row[],
  key: string, silence: string,
): Samples {
  const rows = replications.map((replication) => rowsOf(replication).filter((row) => row[key] === subject.name));
  if (rows.flat().length === 0) return none(`there is no ${key} ${subject.name}`);
  if (column.unit !== 'text') return numbers(rows.map((row) => row.flatMap((each) => known(each[column.name]))), silence);
  // A reason is empty when there is none; an operation without a result is not over.
  const over = rows.flat().filter((row) => key !== 'operation' || row.result !== null);
  return over.length === 0 ? none(silence) : { type: 'texts', texts: over.map((row) => String(row[column.name] ?? '')) };
}

function numbers(groups: readonly (readonly Known[])[], silence: string): Samples {
  const speaking = groups.filter((group) => group.length > 0);
  return speaking.length === 0 ? none(silence) : { type: 'numbers', groups: speaking };
}

function none(reason: string): Samples {
  return { type: 'none', reason };
}

function known(cell: Cell | undefined): Known[] {
  return typeof cell === 'number' ? [exactly(cell)] : [];
}

function exactly(value: number): Known {
  return { low: value, high: value };
}
