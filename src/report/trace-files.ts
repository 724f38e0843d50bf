/**
 * The trace of a run as files that grow while it runs: `events.csv` and `gauges.csv` under temporary names in the result folder.
 *
 * However many rows there are, only a few are in memory. When all results are written they get their names with the others (`folder.ts`).
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import { EVENT_COLUMNS, GAUGE_COLUMNS } from '../experiment/columns.js';
import type { Column } from '../experiment/columns.js';
import type { TraceSink } from '../experiment/measures/trace.js';
import type { Row } from '../experiment/result.js';
import { csvHeader, csvRows } from './csv.js';
import { attempt, temporaryPath, writeWhole } from './folder.js';

export const TRACE_FILES = ['events.csv', 'gauges.csv'] as const;

/** Rows that wait to be written. */
const ROWS_PER_WRITE = 2_000;

/** A table that is written row by row. */
class GrowingTable {
  readonly #descriptor: number;
  #rows: Row[] = [];
  #open = true;

  constructor(readonly file: string, private readonly columns: readonly Column[]) {
    this.#descriptor = openSync(file, 'w');
    writeWhole(this.#descriptor, csvHeader(columns));
  }

  add(row: Row): void {
    this.#rows.push(row);
    if (this.#rows.length === ROWS_PER_WRITE) this.flush();
  }

  flush(): void {
    if (this.#rows.length === 0) return;
    writeWhole(this.#descriptor, csvRows(this.columns, this.#rows));
    this.#rows = [];
  }

  close(): void {
    if (this.#open) closeSync(this.#descriptor);
    this.#open = false;
  }
}

export class TraceFiles implements TraceSink {
  readonly #folder: string;
  readonly #events: GrowingTable;
  readonly #gauges: GrowingTable;

  /** @throws OutputError when the folder cannot be written into; so do `event`, `gauge` and `finish` */
  constructor(folder: string) {
    this.#folder = folder;
    this.#events = this.#open('events.csv', EVENT_COLUMNS);
    this.#gauges = this.#open('gauges.csv', GAUGE_COLUMNS);
  }

  event(row: Row): void {
    attempt(this.#folder, () => this.#events.add(row));
  }

  gauge(row: Row): void {
    attempt(this.#folder, () => this.#gauges.add(row));
  }

  /** The run is over: all rows are in the files. */
  finish(): void {
    attempt(this.#folder, () => {
      for (const table of [this.#events, this.#gauges]) {
        table.flush();
        table.close();
      }
    });
  }

  /** The run was stopped, or broke: there is no trace of it. */
  discard(): void {
    for (const table of [this.#events, this.#gauges]) {
      table.close();
      rmSync(table.file, { force: true });
    }
  }

  #open(name: string, columns: readonly Column[]): GrowingTable {
    return attempt(this.#folder, () => new GrowingTable(temporaryPath(this.#folder, name), columns));
  }
}
