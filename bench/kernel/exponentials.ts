/**
 * Exponential numbers of mean 1 from a table, addressed by a linear congruential sequence: the same few
 * instructions and the same numbers for every engine, so that the random source does not count.
 * Good enough to load a heap; no source for a simulation.
 */

const BITS = 13;

/** Quantiles at the middles of 2^13 equal shares, scaled to mean 1. */
export function makeTable(): Float64Array {
  const count = 1 << BITS;
  const table = Float64Array.from({ length: count }, (_, index) => -Math.log((index + 0.5) / count));
  const mean = table.reduce((sum, value) => sum + value, 0) / count;
  return table.map((value) => value / mean);
}

export class Exponentials {
  private state = 12345;

  constructor(private readonly table: Float64Array) {}

  next(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    return this.table[this.state >>> (32 - BITS)];
  }
}
