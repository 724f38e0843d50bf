/**
 * Rows of `operations.csv`: what was tried, on what, and how it ended.
 *
 * An operation that was not over by the end of the run (or never tried) has a row without times and result, so that an
 * expectation about it has nothing to hide behind.
 */
import type { LedgerReader, Microseconds, ModelMap } from '../../model/index.js';
import { OPERATION_COLUMNS } from '../columns.js';
import type { Row } from '../result.js';
import { rowOf, seconds } from './cells.js';

export class OperationMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #replication: number;
  readonly #rows: Row[] = [];
  readonly #seen = new Set<number>();

  constructor(map: ModelMap, replication: number) {
    this.#map = map;
    this.#replication = replication;
  }

  operation(time: Microseconds, operation: number, target: string, startedAt: Microseconds, result: 'done' | 'failed', reason: string): void {
    this.#seen.add(operation);
    this.#rows.push(rowOf(OPERATION_COLUMNS, {
      replication: this.#replication, operation: this.#map.operations[operation].id, target, start_s: seconds(startedAt),
      end_s: seconds(time), result, reason: reason === '' ? null : reason,
    }));
  }

  /** Rows in the order in which operations ended, those that never did last. After the run. */
  rows(): Row[] {
    const open = this.#map.operations.filter((_operation, index) => !this.#seen.has(index));
    return [...this.#rows, ...open.map(({ id, targetText }) =>
      rowOf(OPERATION_COLUMNS, { replication: this.#replication, operation: id, target: targetText }))];
  }
}
