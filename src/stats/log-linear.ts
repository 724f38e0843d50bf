/**
 * The bucket of a positive number on a log-linear scale: octaves (powers of two), each cut into 128 equal parts.
 *
 * The number is read off the bits of the double itself: exponent and the first 7 bits of the fraction. That is
 * faster than a logarithm and, unlike `Math.log2`, the same on every engine. Knows no counts.
 */

/** Equal parts per power of two: a bucket is at most 1/128 as wide as its lower edge. */
export const BUCKETS_PER_OCTAVE = 128;

/** Bits of the upper half of a double below those that choose the bucket: 20 of fraction, 7 used. */
const UNUSED_BITS = 13;

// One shared cell, so that looking up a bucket allocates nothing.
const cell = new Float64Array(1);
const halves = new Uint32Array(cell.buffer);
// 1.0 has a zero lower half, so whichever half is not zero is the upper one on this machine.
cell[0] = 1;
const UPPER = halves[0] === 0 ? 1 : 0;

/**
 * Bucket of a finite `value` > 0, a whole number in [0, 2047 × 128), growing with the value. Subnormal values
 * (below 2^-1022) share the first 128 buckets, whose width is then absolute. The caller has checked the range.
 */
export function bucketOf(value: number): number {
  cell[0] = value;
  return halves[UPPER] >>> UNUSED_BITS;
}
