/**
 * Quantiles of very many non-negative values in bounded memory, mergeable exactly: a log-linear histogram with 128
 * buckets per octave, each knowing its weight and its smallest and largest value.
 *
 * Does not keep the values, their order or their mean. Nothing it keeps depends on the order of adding or merging:
 * weights are whole numbers (a count, or a duration in whole microseconds) whose sum is exact below 2^53, and the
 * rest are minima and maxima; so any order gives the same answers, and the same JSON, bit for bit.
 */
import { requireProbability, StatsError } from './errors.js';
import { BUCKETS_PER_OCTAVE, bucketOf } from './log-linear.js';
import { rankOf } from './rank.js';

/** Plain data, buckets in ascending order, empty ones left out. */
export interface QuantileHistogramJson {
  readonly bucketsPerOctave: number;
  /** Weight of the value 0. */
  readonly zero: number;
  /** Weight of the value +Infinity. */
  readonly infinite: number;
  /** Bucket, weight, smallest and largest value. */
  readonly buckets: readonly (readonly [bucket: number, weight: number, low: number, high: number])[];
}

/** Weight, smallest and largest value of a bucket lie side by side, so that an add touches one cache line. */
const STRIDE = 3;
/** The same with the number of the bucket in front. */
const PACKED_STRIDE = STRIDE + 1;

/**
 * `quantile(p)` is the inverse of the empirical distribution: the smallest value whose weight together with that of
 * all smaller ones is at least p × total. The answer differs from it by at most 1/256 (0.4 %) of it, and not at all
 * when it is zero, infinite, the smallest or largest in its bucket (so for p = 0 and 1, for values that stand alone,
 * and for constants, such as timeouts, however often they occur). Values below 2^-1022 have that error absolutely.
 *
 * Memory: 3 KiB for each octave between the smallest and the largest value, zero and infinity apart.
 */
export class QuantileHistogram {
  #cells = new Float64Array(0);
  #base = 0;
  #size = 0;
  #zero = 0;
  #infinite = 0;
  #count = 0;

  /**
   * Adds `value` ≥ 0, +Infinity included, `weight` times. A weight of 0 adds nothing. Throws StatsError for a value
   * that is NaN or negative, a weight that is not a whole number ≥ 0, and a total weight above 2^53 − 1.
   */
  add(value: number, weight = 1): void {
    if (!(value >= 0)) throw new StatsError(`QuantileHistogram.add: value must be a number ≥ 0, got ${String(value)}`);
    if (weight !== 1 && !accept(weight)) return;
    this.#countIn(weight);
    if (value === 0) this.#zero += weight;
    else if (value === Infinity) this.#infinite += weight;
    else this.#put(bucketOf(value), weight, value, value);
  }

  /** Adds +Infinity `weight` times: a thing that never happened, but was due. Errors as `add`. */
  addInfinite(weight = 1): void {
    this.add(Infinity, weight);
  }

  /** Adds all that `o` holds; `o` stays as it is and may be this histogram itself. */
  merge(o: QuantileHistogram): void {
    this.#countIn(o.#count);
    this.#zero += o.#zero;
    this.#infinite += o.#infinite;
    for (let i = 0; i < o.#size; i += 1) {
      const at = i * STRIDE;
      const weight = o.#cells[at];
      if (weight > 0) this.#put(o.#base + i, weight, o.#cells[at + 1], o.#cells[at + 2]);
    }
  }

  /** The p-quantile as defined above, +Infinity if it falls on infinite values, NaN when empty. p outside [0, 1] throws. */
  quantile(p: number): number {
    requireProbability('QuantileHistogram.quantile: p', p);
    if (this.#count === 0) return NaN;
    const rank = Math.min(this.#count, Math.max(1, Math.ceil(rankOf(p, this.#count))));
    let below = this.#zero;
    if (rank <= below) return 0;
    for (let at = 0; at < this.#cells.length; at += STRIDE) {
      const upTo = below + this.#cells[at];
      if (rank <= upTo) {
        const low = this.#cells[at + 1];
        const high = this.#cells[at + 2];
        // The first and the last unit of weight in a bucket are known exactly, those between only to lie between.
        if (rank === below + 1) return low;
        return rank === upTo ? high : low + (high - low) / 2;
      }
      below = upTo;
    }
    return Infinity;
  }

  /** Total weight, infinite values included: the number of values where all weights are 1. */
  get count(): number {
    return this.#count;
  }

  /** Weight of the infinite values. */
  get infinite(): number {
    return this.#infinite;
  }

  /** Smallest value, exact; NaN when empty. */
  get min(): number {
    return this.quantile(0);
  }

  /** Largest value, exact; +Infinity if there are infinite values, NaN when empty. */
  get max(): number {
    return this.quantile(1);
  }

  toJSON(): QuantileHistogramJson {
    const buckets: [number, number, number, number][] = [];
    for (let i = 0; i < this.#size; i += 1) {
      const [weight, low, high] = this.#cells.subarray(i * STRIDE, (i + 1) * STRIDE);
      if (weight > 0) buckets.push([this.#base + i, weight, low, high]);
    }
    return { bucketsPerOctave: BUCKETS_PER_OCTAVE, zero: this.#zero, infinite: this.#infinite, buckets };
  }

  /** The histogram that `toJSON` described. Throws StatsError for data that no histogram writes. */
  static fromJSON(json: QuantileHistogramJson): QuantileHistogram {
    if (json.bucketsPerOctave !== BUCKETS_PER_OCTAVE) {
      throw new StatsError(`QuantileHistogram.fromJSON: ${String(json.bucketsPerOctave)} buckets per octave are not ours`);
    }
    const histogram = new QuantileHistogram();
    histogram.add(0, json.zero);
    histogram.addInfinite(json.infinite);
    for (const [bucket, weight, low, high] of json.buckets) histogram.#restore(bucket, weight, low, high);
    return histogram;
  }

  /**
   * The same as `toJSON` in one array, which moves between threads without a copy: weight of 0, weight of +Infinity, then bucket,
   * weight, smallest and largest value of each bucket that is not empty.
   */
  pack(): Float64Array<ArrayBuffer> {
    let used = 0;
    for (let at = 0; at < this.#cells.length; at += STRIDE) if (this.#cells[at] > 0) used += 1;
    const packed = new Float64Array(2 + used * PACKED_STRIDE);
    packed[0] = this.#zero;
    packed[1] = this.#infinite;
    let to = 2;
    for (let i = 0; i < this.#size; i += 1) {
      const at = i * STRIDE;
      if (!(this.#cells[at] > 0)) continue;
      packed[to] = this.#base + i;
      for (let k = 0; k < STRIDE; k += 1) packed[to + 1 + k] = this.#cells[at + k];
      to += PACKED_STRIDE;
    }
    return packed;
  }

  /** The histogram that `pack` described. Throws StatsError for data that no histogram gives. */
  static unpack(packed: Float64Array): QuantileHistogram {
    const histogram = new QuantileHistogram();
    if (packed.length % PACKED_STRIDE !== 2) throw new StatsError(`QuantileHistogram.unpack: ${String(packed.length)} numbers are no histogram`);
    histogram.add(0, packed[0]);
    histogram.addInfinite(packed[1]);
    // Last and first bucket first: the window then has its width, and is not widened again and again.
    const last = packed.length - PACKED_STRIDE;
    if (last >= 2) histogram.#restore(packed[last], packed[last + 1], packed[last + 2], packed[last + 3]);
    for (let at = 2; at < last; at += PACKED_STRIDE) histogram.#restore(packed[at], packed[at + 1], packed[at + 2], packed[at + 3]);
    return histogram;
  }

  /** A bucket as it was told. */
  #restore(bucket: number, weight: number, low: number, high: number): void {
    const sound = low > 0 && low <= high && high < Infinity && bucketOf(low) === bucket && bucketOf(high) === bucket;
    if (!sound || !accept(weight)) throw new StatsError(`QuantileHistogram: bucket ${String(bucket)} is unsound`);
    this.#countIn(weight);
    this.#put(bucket, weight, low, high);
  }

  /** Counts `weight`, before anything is changed: a refused weight leaves the histogram as it was. */
  #countIn(weight: number): void {
    const count = this.#count + weight;
    if (count > Number.MAX_SAFE_INTEGER) throw new StatsError('QuantileHistogram: total weight exceeds 2^53 − 1');
    this.#count = count;
  }

  #put(bucket: number, weight: number, low: number, high: number): void {
    let i = bucket - this.#base;
    if (i < 0 || i >= this.#size) {
      this.#cover(bucket);
      i = bucket - this.#base;
    }
    const at = i * STRIDE;
    const cells = this.#cells;
    cells[at] += weight;
    if (low < cells[at + 1]) cells[at + 1] = low;
    if (high > cells[at + 2]) cells[at + 2] = high;
  }

  /** Widens the window of buckets, by whole octaves, until it holds `bucket`. */
  #cover(bucket: number): void {
    const octave = bucket - (bucket % BUCKETS_PER_OCTAVE);
    const from = this.#size === 0 ? octave : Math.min(this.#base, octave);
    const to = Math.max(this.#base + this.#size, octave + BUCKETS_PER_OCTAVE);
    const cells = new Float64Array((to - from) * STRIDE);
    for (let at = 0; at < cells.length; at += STRIDE) {
      cells[at + 1] = Infinity;
      cells[at + 2] = -Infinity;
    }
    if (this.#size > 0) cells.set(this.#cells, (this.#base - from) * STRIDE);
    this.#cells = cells;
    this.#base = from;
    this.#size = to - from;
  }
}

/** Whether a weight adds anything; throws for one that cannot be added exactly. */
function accept(weight: number): boolean {
  if (!(Number.isSafeInteger(weight) && weight >= 0)) {
    throw new StatsError(`QuantileHistogram: weight must be a whole number ≥ 0, got ${String(weight)}`);
  }
  return weight > 0;
}
