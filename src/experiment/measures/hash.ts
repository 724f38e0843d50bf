/**
 * A small hash of a long stream of numbers and texts: 64 bits out of four lanes of 32.
 *
 * It tells whether two streams are the same; it is no defence against somebody who wants them to collide. Every number counts as the
 * bits of its double, so that taking one in is one store; the lanes do not wait for one another when a block of them is mixed in.
 * The same on every machine: the lower half of a double comes first whatever the order of its bytes.
 */

const cell = new Float64Array([1]);
/** Which half of a double is the upper one: 1.0 has a zero lower half. */
const UPPER = new Uint32Array(cell.buffer)[0] === 0 ? 1 : 0;

/** Numbers that wait to be mixed in, at most. */
const ROOM = 512;
/** Of them, so many at a time: each half has a lane of its own. */
const STRIPE = 2;

/** Odd, so that what is multiplied by it stays distinct. */
const STIR = 0x2c9277b5;
const SPREAD = 0x7a1ba2d5;

export class StreamHash {
  readonly #numbers = new Float64Array(ROOM);
  readonly #words = new Int32Array(this.#numbers.buffer);
  #used = 0;
  readonly #lanes = new Int32Array([0x2c1b3c6d, 0x297a2d39, 0x0fd12b83, 0x5bd1e995]);

  number(value: number): void {
    if (this.#used === ROOM) this.#mix();
    // 0 and -0 are the same number.
    this.#numbers[this.#used++] = value + 0;
  }

  /** The same as each of them by itself: how every entry of a ledger begins. */
  three(first: number, second: number, third: number): void {
    if (this.#used + 3 > ROOM) this.#mix();
    const numbers = this.#numbers;
    const at = this.#used;
    numbers[at] = first + 0;
    numbers[at + 1] = second + 0;
    numbers[at + 2] = third + 0;
    this.#used = at + 3;
  }

  text(text: string): void {
    this.number(text.length);
    for (let i = 0; i < text.length; i += 1) this.number(text.charCodeAt(i));
  }

  /** 16 hexadecimal digits over what came so far. */
  get hex(): string {
    this.#mix();
    const lanes = this.#lanes.slice();
    // What does not fill a stripe counts as if zeros followed; that it does not tells them from zeros that came.
    if (this.#used > 0) mixInto(lanes, Int32Array.from({ length: 2 * STRIPE }, (_, i) => (i < 2 * this.#used ? this.#words[i] : 0)), 1);
    const fold = (state: number, lane: number): number => finish(state ^ lane);
    return hexOf(lanes.reduce(fold, this.#used)) + hexOf(lanes.reduceRight(fold, ~this.#used));
  }

  /** Whole stripes; the rest begins the next block. */
  #mix(): void {
    const stripes = (this.#used / STRIPE) | 0;
    mixInto(this.#lanes, this.#words, stripes);
    const rest = this.#used - stripes * STRIPE;
    if (rest > 0) this.#numbers[0] = this.#numbers[this.#used - 1];
    this.#used = rest;
  }
}

/** Each lane is a bijection of its state, so that a difference once made never vanishes by itself. */
function mixInto(lanes: Int32Array, words: Int32Array, stripes: number): void {
  let [a, b, c, d] = lanes;
  for (let i = 0; i < 4 * stripes; i += 4) {
    a = stir(a, words[i + 1 - UPPER]);
    b = stir(b, words[i + UPPER]);
    c = stir(c, words[i + 3 - UPPER]);
    d = stir(d, words[i + 2 + UPPER]);
  }
  lanes[0] = a;
  lanes[1] = b;
  lanes[2] = c;
  lanes[3] = d;
}

function stir(lane: number, word: number): number {
  const both = lane ^ word;
  return (Math.imul((both << 15) | (both >>> 17), STIR) + SPREAD) | 0;
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
