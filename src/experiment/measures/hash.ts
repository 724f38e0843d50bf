/**
 * A small hash of a long stream of numbers and texts: 64 bits out of four lanes of 32.
 *
 * It tells whether two streams are the same; it is no defence against somebody who wants them to collide. What comes is kept as words
 * of 32 bits and mixed in by blocks; the lanes take turns, so that none waits for another.
 * The same on every machine: the lower half of a double comes first whatever the order of its bytes.
 */

const one = new Uint32Array(new Float64Array([1]).buffer);
/** Where the halves of a double lie: 1.0 has a zero lower half. */
const LOWER = one[0] === 0 ? 0 : 1;
const UPPER = 1 - LOWER;

/** Words that wait to be mixed in, at most. */
const ROOM = 1024;
/** Of them, so many at a time: one for each lane. */
const LANES = 4;

/** Odd, so that what is multiplied by it stays distinct. */
const STIR = 0x2c9277b5;
const SPREAD = 0x7a1ba2d5;

export class StreamHash {
  /** What waits; to be written only where `reserve` says. */
  readonly words = new Int32Array(ROOM);
  readonly #cell = new Float64Array(1);
  readonly #halves = new Int32Array(this.#cell.buffer);
  #used = 0;
  readonly #lanes = new Int32Array([0x2c1b3c6d, 0x297a2d39, 0x0fd12b83, 0x5bd1e995]);

  /** @returns the place of the first of so many words, all of which the caller writes before anything else comes */
  reserve(count: number): number {
    if (this.#used + count > ROOM) this.#mix();
    const at = this.#used;
    this.#used = at + count;
    return at;
  }

  /** A whole number; only its lower 32 bits count. */
  word(value: number): void {
    this.words[this.reserve(1)] = value;
  }

  /** Any number, to its last bit. */
  number(value: number): void {
    // 0 and -0 are the same number.
    this.#cell[0] = value + 0;
    const at = this.reserve(2);
    this.words[at] = this.#halves[LOWER];
    this.words[at + 1] = this.#halves[UPPER];
  }

  text(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i += 1) this.word(text.charCodeAt(i));
  }

  /** 16 hexadecimal digits over what came so far. */
  get hex(): string {
    this.#mix();
    const lanes = this.#lanes.slice();
    // What does not fill the lanes counts as if zeros followed; that it does not tells them from zeros that came.
    if (this.#used > 0) mixInto(lanes, this.words.slice(0, LANES).fill(0, this.#used), LANES);
    const fold = (state: number, lane: number): number => finish(state ^ lane);
    return hexOf(lanes.reduce(fold, this.#used)) + hexOf(lanes.reduceRight(fold, ~this.#used));
  }

  /** As many as fill the lanes; the rest begins the next block. */
  #mix(): void {
    const whole = this.#used - (this.#used % LANES);
    mixInto(this.#lanes, this.words, whole);
    this.words.copyWithin(0, whole, this.#used);
    this.#used -= whole;
  }
}

/** Each lane is a bijection of its state, so that a difference once made never vanishes by itself. Written out, because every message passes here. */
function mixInto(lanes: Int32Array, words: Int32Array, count: number): void {
  let a = lanes[0];
  let b = lanes[1];
  let c = lanes[2];
  let d = lanes[3];
  for (let i = 0; i < count; i += LANES) {
    a ^= words[i];
    b ^= words[i + 1];
    c ^= words[i + 2];
    d ^= words[i + 3];
    a = (Math.imul((a << 15) | (a >>> 17), STIR) + SPREAD) | 0;
    b = (Math.imul((b << 15) | (b >>> 17), STIR) + SPREAD) | 0;
    c = (Math.imul((c << 15) | (c >>> 17), STIR) + SPREAD) | 0;
    d = (Math.imul((d << 15) | (d >>> 17), STIR) + SPREAD) | 0;
  }
  lanes[0] = a;
  lanes[1] = b;
  lanes[2] = c;
  lanes[3] = d;
}

/** 32 bits of a text, for tables of names. */
export function textHash(text: string): number {
  const hash = new StreamHash();
  hash.text(text);
  return parseInt(hash.hex.slice(0, 8), 16) | 0;
}

/** Digest of texts, such as the digests of replications, in their order. */
export function digestOf(texts: readonly string[]): string {
  const hash = new StreamHash();
  for (const text of texts) hash.text(text);
  return hash.hex;
}

/** Every bit of the state reaches every bit of the answer. */
function finish(state: number): number {
  let h = state;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
