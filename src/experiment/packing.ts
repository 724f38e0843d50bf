/**
 * A replication packed for the way to another thread: typed arrays, which change their owner without a copy, instead of a record
 * per row. Unpacked it is the same in every cell.
 *
 * Of the delays only those go along that a reader will ask for; the rows hold what tables show of the others.
 */
import { QuantileHistogram } from '../stats/index.js';
import type { Cell, ReplicationResult, Row, TwinReport } from './result.js';

/** Bytes. */
const WORTH_HANDING_OVER = 65_536;

const EMPTY = 0;
const NUMBER = 1;
const TEXT = 2;

/** Rows with the same columns, cell by cell. */
interface PackedRows {
  readonly columns: readonly string[];
  /** EMPTY, NUMBER or TEXT. */
  readonly sorts: Uint8Array<ArrayBuffer>;
  /** A number, or the place of a text in `texts`. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly texts: readonly string[];
}
type PackedTable = readonly PackedRows[];
type PackedDelays = readonly (readonly [name: string, histogram: Float64Array<ArrayBuffer>])[];

const TABLES = ['flows', 'faults', 'components', 'operations', 'timeline'] as const;
type Tables<T> = Readonly<Record<(typeof TABLES)[number], T>>;

export interface PackedReplication extends Pick<ReplicationResult, 'replication' | 'gaugeValues' | 'digest' | 'events' | 'causes' | 'story' | 'batches'> {
  readonly tables: Tables<PackedTable>;
  readonly delays: PackedDelays;
  readonly undelivered: PackedDelays | null;
  readonly attribution: (Omit<TwinReport, 'rows'> & { readonly rows: PackedTable }) | null;
}

/** `delays`: names under which delays are still wanted. */
export function packReplication(result: ReplicationResult, delays: ReadonlySet<string>): PackedReplication {
  const { replication, gaugeValues, digest, events, causes, story, batches, undelivered, attribution } = result;
  return {
    replication, gaugeValues, digest, events, causes, story, ...(batches === undefined ? {} : { batches }),
    tables: mapTables(result, packRows),
    delays: packDelays(result.delays, delays), undelivered: undelivered === undefined ? null : packDelays(undelivered, delays),
    attribution: attribution === undefined ? null : { ...attribution, rows: packRows(attribution.rows) },
  };
}

/** What changes its owner: to be named when the packed replication is sent. What is small is copied, for that is faster. */
export function buffersOf({ tables, delays, undelivered, attribution }: PackedReplication): ArrayBuffer[] {
  const blocks = [...TABLES.flatMap((table) => tables[table]), ...(attribution?.rows ?? [])];
  const arrays = [...blocks.flatMap(({ sorts, values }) => [sorts, values]), ...[...delays, ...(undelivered ?? [])].map(([, packed]) => packed)];
  return arrays.filter(({ byteLength }) => byteLength >= WORTH_HANDING_OVER).map(({ buffer }) => buffer);
}

export function unpackReplication(packed: PackedReplication): ReplicationResult {
  const { replication, gaugeValues, digest, events, causes, story, batches, tables, delays, undelivered, attribution } = packed;
  return {
    replication, gaugeValues, digest, events, causes, story, ...(batches === undefined ? {} : { batches }),
    ...mapTables(tables, unpackRows),
    delays: unpackDelays(delays), ...(undelivered === null ? {} : { undelivered: unpackDelays(undelivered) }),
    ...(attribution === null ? {} : { attribution: { ...attribution, rows: unpackRows(attribution.rows) } }),
  };
}

function mapTables<From, To>(tables: Tables<From>, change: (table: From) => To): Tables<To> {
  return Object.fromEntries(TABLES.map((name) => [name, change(tables[name])] as const)) as unknown as Tables<To>;
}

function packRows(rows: readonly Row[]): PackedRows[] {
  const blocks: PackedRows[] = [];
  for (let from = 0; from < rows.length;) {
    const columns = Object.keys(rows[from]);
    let to = from + 1;
    while (to < rows.length && sameColumns(rows[to], columns)) to += 1;
    blocks.push(packBlock(rows, from, to, columns));
    from = to;
  }
  return blocks;
}

function sameColumns(row: Row, columns: readonly string[]): boolean {
  let at = 0;
  for (const name in row) {
    if (columns[at] !== name) return false;
    at += 1;
  }
  return at === columns.length;
}

function packBlock(rows: readonly Row[], from: number, to: number, columns: readonly string[]): PackedRows {
  const count = (to - from) * columns.length;
  const sorts = new Uint8Array(count);
  const values = new Float64Array(count);
  const places = new Map<string, number>();
  let at = 0;
  for (let i = from; i < to; i += 1) {
    for (const name of columns) {
      const cell = rows[i][name];
      if (typeof cell === 'number') {
        sorts[at] = NUMBER;
        values[at] = cell;
      } else if (typeof cell === 'string') {
        sorts[at] = TEXT;
        let place = places.get(cell);
        if (place === undefined) places.set(cell, (place = places.size));
        values[at] = place;
      }
      at += 1;
    }
  }
  return { columns, sorts, values, texts: [...places.keys()] };
}

function unpackRows(blocks: PackedTable): Row[] {
  const rows: Row[] = [];
  for (const { columns, sorts, values, texts } of blocks) {
    // A copy of a row that has all its columns is a quarter as large as one to which they are added, and there may be millions.
    const blank: Row = Object.fromEntries(columns.map((name) => [name, null]));
    for (let at = 0; at < sorts.length;) {
      const row: Record<string, Cell> = { ...blank };
      for (const name of columns) {
        row[name] = sorts[at] === EMPTY ? null : sorts[at] === NUMBER ? values[at] : texts[values[at]];
        at += 1;
      }
      rows.push(row);
    }
  }
  return rows;
}

function packDelays(delays: ReadonlyMap<string, QuantileHistogram>, names: ReadonlySet<string>): PackedDelays {
  return [...delays].filter(([name]) => names.has(name)).map(([name, histogram]) => [name, histogram.pack()] as const);
}

function unpackDelays(packed: PackedDelays): Map<string, QuantileHistogram> {
  return new Map(packed.map(([name, histogram]) => [name, QuantileHistogram.unpack(histogram)]));
}
