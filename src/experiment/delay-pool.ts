/**
 * Delays of a flow over all replications, message by message, and what is known of a quantile of them.
 *
 * A quantile that lies among accepted and undelivered messages is infinite. Of it is known how long these messages had waited at
 * the end of the run: the quantile in which each counts with its age is a lower limit.
 */
import { QuantileHistogram } from '../stats/index.js';
import type { ReplicationResult } from './result.js';
import type { Known } from './truth.js';

export class DelayPool {
  readonly #replications: readonly ReplicationResult[];
  readonly #name: string;
  readonly #delays: QuantileHistogram;

  /** `name`: a flow, or `flow/leg`. */
  constructor(replications: readonly ReplicationResult[], name: string) {
    this.#replications = replications;
    this.#name = name;
    this.#delays = merged(replications.map(({ delays }) => delays.get(name)));
  }

  /** Messages delivered, or accepted and undelivered. */
  get count(): number {
    return this.#delays.count;
  }

  /** The p-quantile, seconds. */
  quantile(p: number): Known {
    const value = this.#delays.quantile(p);
    if (value < Infinity) return { low: value, high: value };
    const soFar = this.#soFar();
    return { low: soFar.count === 0 ? 0 : soFar.quantile(p), high: Infinity };
  }

  /** Delays so far: those that are finite, and the ages of the others. */
  #soFar(): QuantileHistogram {
    const finite = QuantileHistogram.fromJSON({ ...this.#delays.toJSON(), infinite: 0 });
    return merged([finite, ...this.#replications.map(({ undelivered }) => undelivered?.get(this.#name))]);
  }
}

/** All of them together; a single one is taken as it is. */
function merged(parts: readonly (QuantileHistogram | undefined)[]): QuantileHistogram {
  const given = parts.filter((part) => part !== undefined);
  if (given.length === 1) return given[0];
  const all = new QuantileHistogram();
  for (const part of given) all.merge(part);
  return all;
}

/** 0.99 for the column `delay_p99_s`, 1 for `delay_max_s`; null for any other column. */
export function delayQuantile(column: string): number | null {
  if (column === 'delay_max_s') return 1;
  const digits = /^delay_p(\d+)_s$/.exec(column)?.[1];
  if (digits === undefined) return null;
  // p5 is 5 %, p95 is 95 %, p999 is 99.9 %.
  return digits === '100' ? 1 : Number(digits) / 10 ** Math.max(2, digits.length);
}
