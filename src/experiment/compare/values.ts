/**
 * What each replication says about a measure of a subject: a number, limits of one, or nothing.
 *
 * Occurrences of a fault within one replication are averaged, as in `summary.csv`. A time not reached by the end is known from below.
 * Not here: what two runs make of it.
 */
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, OPERATION_COLUMNS } from '../columns.js';
import type { Column } from '../columns.js';
import type { Row } from '../result.js';
import { metricText } from '../columns.js';
import type { Known } from '../truth.js';
import type { ComparableRun } from './comparable.js';
import { directionOf, emptinessOf, isCompared, rankOf } from './direction.js';
import type { Direction, Sort } from './direction.js';

export interface Metric {
  readonly subject: string;
  /** As expectations write it: `delay.p99`. */
  readonly metric: string;
  readonly column: Column;
  readonly direction: Direction;
}

/** By replication. */
export type Values = ReadonlyMap<number, Known>;
/** Rows of one subject by replication. */
type Block = ReadonlyMap<number, readonly Row[]>;

interface SortOfRows { readonly sort: Sort; readonly columns: readonly Column[]; readonly key: string; readonly prefix: string }

const SORTS: readonly SortOfRows[] = [
  { sort: 'flows', columns: FLOW_COLUMNS, key: 'flow', prefix: '' },
  { sort: 'faults', columns: FAULT_COLUMNS, key: 'fault', prefix: 'faults.' },
  { sort: 'components', columns: COMPONENT_COLUMNS, key: 'component', prefix: 'components.' },
  { sort: 'operations', columns: OPERATION_COLUMNS, key: 'operation', prefix: 'operations.' },
];

export interface Subjects {
  /** Measures of what both runs have, in the order of the base. */
  readonly metrics: readonly { readonly metric: Metric; readonly base: Values; readonly candidate: Values; readonly texts: Texts }[];
  readonly onlyInBase: readonly string[];
  readonly onlyInCandidate: readonly string[];
}
/** What a column with texts held, by side. */
export interface Texts { readonly base: ReadonlySet<string>; readonly candidate: ReadonlySet<string> }

export function subjectsOf(base: ComparableRun, candidate: ComparableRun): Subjects {
  const found = SORTS.map((sort) => {
    const [one, other] = [blocksOf(base, sort), blocksOf(candidate, sort)];
    const both = [...one.keys()].filter((name) => other.has(name));
    const names = (from: ReadonlyMap<string, Block>, without: ReadonlyMap<string, Block>): string[] => [...from.keys()].filter((name) => !without.has(name)).map((name) => sort.prefix + name);
    return {
      metrics: both.flatMap((name) => sort.columns.filter(isCompared).map((column) => ({
        metric: { subject: sort.prefix + name, metric: metricText(column), column, direction: directionOf(sort.sort, column) },
        base: valuesOf(sort.sort, column, one.get(name)!), candidate: valuesOf(sort.sort, column, other.get(name)!),
        texts: { base: textsOf(column, one.get(name)!), candidate: textsOf(column, other.get(name)!) },
      }))),
      onlyInBase: names(one, other), onlyInCandidate: names(other, one),
    };
  });
  return {
    metrics: found.flatMap(({ metrics }) => metrics),
    onlyInBase: found.flatMap(({ onlyInBase }) => onlyInBase), onlyInCandidate: found.flatMap(({ onlyInCandidate }) => onlyInCandidate),
  };
}

/** Rows by subject and replication. */
function blocksOf(run: ComparableRun, { sort, key }: SortOfRows): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Map<number, Row[]>>();
  for (const row of run.tables[sort]) {
    const name = String(row[key]);
    let block = blocks.get(name);
    if (block === undefined) blocks.set(name, (block = new Map<number, Row[]>()));
    const replication = Number(row.replication);
    const rows = block.get(replication);
    if (rows === undefined) block.set(replication, [row]);
    else rows.push(row);
  }
  return blocks;
}

function valuesOf(sort: Sort, column: Column, block: Block): Values {
  const values = new Map<number, Known>();
  for (const [replication, rows] of block) {
    const known = rows.flatMap((row) => knownOf(sort, column, row) ?? []);
    if (known.length === 1) values.set(replication, known[0]);
    else if (known.length > 1) values.set(replication, { low: meanOf(known.map(({ low }) => low)), high: meanOf(known.map(({ high }) => high)) });
  }
  return values;
}

function knownOf(sort: Sort, column: Column, row: Row): Known | null {
  const cell = row[column.name] ?? null;
  if (column.unit === 'text') {
    const rank = rankOf(column, cell === null ? '' : String(cell));
    return rank === undefined ? null : { low: rank, high: rank };
  }
  if (typeof cell === 'number') return { low: cell, high: isOpen(row, column) ? Infinity : cell };
  const emptiness = emptinessOf(sort, column, Number(row.delivered ?? 0) > 0 || Number(row.accepted ?? 0) > 0);
  if (emptiness === 'silent') return null;
  const value = emptiness === 'zero' ? 0 : Infinity;
  return { low: value, high: value };
}

function isOpen({ open }: Row, { name }: Column): boolean {
  return typeof open === 'string' && open.split(' ').includes(name);
}

function textsOf(column: Column, block: Block): ReadonlySet<string> {
  if (column.unit !== 'text') return new Set();
  return new Set([...block.values()].flat().map((row) => String(row[column.name] ?? '')));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
