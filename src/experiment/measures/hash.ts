/**
 * A small hash of a long stream of numbers and texts: two 32-bit lanes, so about 64 bits.
 *
 * It tells whether two streams are the same; it is no defence against somebody who wants them to collide. The same on every
 * machine: a number is hashed as a whole one where it fits 32 bits, else by the bits of its double, upper half first.
 */

const cell = new Float64Array(1);
const halves = new Uint32Array(cell.buffer);
// 1.0 has a zero lower half, so whichever half is not zero is the upper one on this machine.
cell[0] = 1;
const UPPER = halves[0] === 0 ? 1 : 0;
/** Marks that the bits of a double follow, which a whole number could otherwise be taken for. */
const DOUBLE = 0x5bd1e995;

/** Words that wait to be mixed in: mixed in one go, the state stays in registers. */
const WAITING = 256;

export class StreamHash {
  #left = 0x2c1b3c6d;
  #right = 0x297a2d39;
  readonly #words = new Int32Array(WAITING);
  #used = 0;

  /** Mixes in 32 bits. */
  word(word: number): void {
    if (this.#used === WAITING) this.#mix();
    this.#words[this.#used++] = word;
  }

  number(value: number): void {
    if ((value | 0) === value) {
      this.word(value | 0);
      return;
    }
    this.word(DOUBLE);
    this.double(value);
  }

  /** A number by its bits alone: for what rarely fits 32 bits, such as instants. Not the same as `number`. */
  double(value: number): void {
    cell[0] = value;
    this.word(halves[UPPER]);
    this.word(halves[1 - UPPER]);
  }

  /** The same as `word`, `double` and `number` one after the other: how nearly every entry of a ledger begins. */
  entry(word: number, time: number, value: number): void {
    if (this.#used + 4 > WAITING) this.#mix();
    const words = this.#words;
    const at = this.#used;
    words[at] = word;
    cell[0] = time;
    words[at + 1] = halves[UPPER];
    words[at + 2] = halves[1 - UPPER];
    if ((value | 0) === value) {
      words[at + 3] = value;
      this.#used = at + 4;
      return;
    }
    this.#used = at + 3;
    this.number(value);
  }

  text(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i += 1) this.word(text.charCodeAt(i));
  }

  /** 16 hexadecimal digits over what came so far. */
  get hex(): string {
    this.#mix();
    return hexOf(finish(this.#left ^ this.#right)) + hexOf(finish(this.#right));
  }

  /** Each lane is a bijection of its state, so that a difference once made never vanishes by itself. */
  #mix(): void {
    const words = this.#words;
    const used = this.#used;
    let left = this.#left;
    let right = this.#right;
    for (let i = 0; i < used; i += 1) {
      const word = words[i];
      left = Math.imul(left ^ word, 0x2c9277b5);
      left = (left << 15) | (left >>> 17);
      left = (Math.imul(left, 5) + 0x38495ab5) | 0;
      right = Math.imul((right + word) | 0, 0x165667b1);
      right ^= right >>> 13;
      right = (Math.imul(right, 9) + 0x52dce729) | 0;
    }
    this.#left = left;
    this.#right = right;
    this.#used = 0;
  }
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
