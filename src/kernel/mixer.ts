/**
 * The counter-based mixer: a key and up to four integers in, 53 bits out. No state, so a draw depends on what
 * it is for and never on what was drawn before it.
 *
 * Two lanes of 32 bits. The arguments are absorbed with odd constants of their own in either lane (which the
 * processor does in parallel); the second lane takes them rotated, because a product loses what its factor's
 * upper bits hold. Then three rounds of multiply and cross-shift spread every bit over both lanes. `Math.imul` is exact, so the result is the same on every machine.
 * It is not cryptographic. The test suite holds it to a battery of statistical tests.
 */

const TWO_32 = 2 ** 32;
const TWO_21 = 2 ** 21;
const TWO_MINUS_53 = 2 ** -53;
/** Half of the smallest step: stands for the one draw in 2^53 that would be exactly 0. */
const NEXT_TO_ZERO = 2 ** -54;

// Short names and short functions: what is longer than some 460 bytecodes is not inlined, and then every
// draw pays for a call and a boxed double, more than for the mixing.
const { imul } = Math;

/**
 * A uniform number strictly between 0 and 1, a multiple of 2^-53.
 * @param key0,key1 32 bits each
 * @param a,b,c,d integers up to ±2^53, of which every bit matters
 */
export function mix(key0: number, key1: number, a: number, b: number, c: number, d: number): number {
  const x = (key0 + imul(a, 0x9e3779b1) + imul(b, 0x85ebca77) + imul(c, 0xc2b2ae3d) + imul(d, 0x27d4eb2f)) | 0;
  const y =
    (key1 +
      imul((a << 11) | (a >>> 21), 0x165667b1) +
      imul((b << 17) | (b >>> 15), 0xd3a2646d) +
      imul((c << 22) | (c >>> 10), 0xfd7046c5) +
      imul((d << 7) | (d >>> 25), 0xb55a4f09)) |
    0;
  // Small natural numbers have nothing above their lowest word, and the usual case skips what is 0.
  const small = (a | 0) === a && (b | 0) === b && (c | 0) === c && (d | 0) === d && (a | b | c | d) >= 0;
  return small ? spread(x, y) : mixHigh(x, y, a, b, c, d);
}

/** Absorbs the words above 2^32 too. */
function mixHigh(x: number, y: number, a: number, b: number, c: number, d: number): number {
  const e = Math.floor(a / TWO_32);
  const f = Math.floor(b / TWO_32);
  const g = Math.floor(c / TWO_32);
  const h = Math.floor(d / TWO_32);
  return spread(
    (x + imul(e, 0x7fb5d329) + imul(f, 0x4c2c57ad) + imul(g, 0x5f356495) + imul(h, 0x68e31da5)) | 0,
    (y +
      imul((e << 19) | (e >>> 13), 0x2c1b3c6d) +
      imul((f << 14) | (f >>> 18), 0x297a2d39) +
      imul((g << 9) | (g >>> 23), 0x1b56c4e9) +
      imul((h << 5) | (h >>> 27), 0x3c6ef375)) |
      0,
  );
}

/** Makes every bit of the number depend on every bit of both lanes. */
function spread(x: number, y: number): number {
  x = imul(x ^ (x >>> 16), 0x85ebca6b);
  y = imul(y ^ (y >>> 15), 0x846ca68b);
  x = (x ^ (y >>> 13)) + imul(y, 5);
  y = y ^ ((x << 9) | (x >>> 23));
  x = imul(x ^ (x >>> 15), 0x2c1b3c6d);
  y = imul(y ^ (y >>> 14), 0xc2b2ae35);
  x = x ^ ((y << 16) | (y >>> 16));
  y = (y + x) | 0;
  x = imul(x ^ (x >>> 13), 0x297a2d39);
  y = imul(y ^ (y >>> 16), 0x7feb352d);
  x ^= (x >>> 15) ^ (y >>> 17);
  y ^= (y >>> 14) ^ (x << 7);
  const bits = (x >>> 0) * TWO_21 + (y >>> 11);
  return bits === 0 ? NEXT_TO_ZERO : bits * TWO_MINUS_53;
}
