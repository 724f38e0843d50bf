/**
 * Columns whose numbers are nearly always the same: they take memory only up to the last place that ever had another.
 *
 * For what only some scenarios use, and for what belongs to work in hand and not to what lies in a store. Two classes, so that each
 * reads one kind of array. Not here: which columns these are (`records.ts`, `copies.ts`).
 */
import { widened, widerThan } from './widen.js';

/** Room for this place, at least so much as the columns have from the beginning. */
function roomFor(place: number): number {
  let size = 256;
  while (size <= place) size = widerThan(size);
  return size;
}

/** Whole numbers of 32 bits. */
export class Rare {
  private values = new Int32Array(0);
  /** Its length, once more: V8 compares with the length of a typed array as with a double. */
  private size = 0;

  constructor(private readonly usual = 0) {}

  get(place: number): number {
    return place < this.size ? this.values[place] : this.usual;
  }

  /** @returns the number */
  set(place: number, value: number): number {
    if (place < this.size) this.values[place] = value;
    else if (value !== this.usual) this.widen(place, value);
    return value;
  }

  /** @returns the new number */
  add(place: number, change: number): number {
    return this.set(place, this.get(place) + change);
  }

  /** Sets [from, to) to one number. */
  fill(value: number, from: number, to: number): void {
    for (let place = from; place < to; place++) this.set(place, value);
  }

  private widen(place: number, value: number): void {
    const { length } = this.values;
    this.values = widened(this.values, new Int32Array(roomFor(place)));
    if (this.usual !== 0) this.values.fill(this.usual, length);
    this.size = this.values.length;
    this.values[place] = value;
  }
}

/** Times, and ids of events; usually 0. */
export class RareTimes {
  private values = new Float64Array(0);
  private size = 0;

  get(place: number): number {
    return place < this.size ? this.values[place] : 0;
  }

  /** @returns the time */
  set(place: number, value: number): number {
    if (place < this.size) this.values[place] = value;
    else if (value !== 0) this.widen(place, value);
    return value;
  }

  private widen(place: number, value: number): void {
    this.values = widened(this.values, new Float64Array(roomFor(place)));
    this.size = this.values.length;
    this.values[place] = value;
  }
}
