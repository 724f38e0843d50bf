/**
 * A few bits about every message of a flow that is not closed yet.
 *
 * One byte a message, in chunks that are dropped when all their messages are closed: memory follows what is open, not what was
 * offered. Messages are opened in the order of their numbers. Not a record of a message: nobody can list what is in here.
 */
const CHUNK = 4096;

interface Chunk { readonly index: number; readonly bits: Uint8Array; open: number }

export class OpenFlags {
  readonly #chunks = new Map<number, Chunk>();
  #tail: Chunk | null = null;
  #last: Chunk | null = null;

  /** A message with this number exists now, without flags. */
  open(n: number): void {
    const index = Math.floor(n / CHUNK);
    let tail = this.#tail;
    if (tail?.index !== index) {
      if (tail?.open === 0) this.#chunks.delete(tail.index);
      tail = this.#chunks.get(index) ?? { index, bits: new Uint8Array(CHUNK), open: 0 };
      this.#chunks.set(index, tail);
      this.#tail = tail;
    }
    tail.open += 1;
  }

  /** Adds flags; has no effect on a message whose chunk is gone. */
  set(n: number, bits: number): void {
    const chunk = this.#chunkOf(n);
    if (chunk !== null) chunk.bits[n - chunk.index * CHUNK] |= bits;
  }

  has(n: number, bits: number): boolean {
    const chunk = this.#chunkOf(n);
    return chunk !== null && (chunk.bits[n - chunk.index * CHUNK] & bits) !== 0;
  }

  /** The message is closed; nobody will ask for its flags. */
  close(n: number): void {
    const chunk = this.#chunkOf(n);
    if (chunk === null) return;
    chunk.open -= 1;
    if (chunk.open === 0 && chunk !== this.#tail) {
      this.#chunks.delete(chunk.index);
      this.#last = null;
    }
  }

  /** Chunks held now, for tests of memory. */
  get chunks(): number {
    return this.#chunks.size;
  }

  #chunkOf(n: number): Chunk | null {
    const index = Math.floor(n / CHUNK);
    if (this.#last?.index === index) return this.#last;
    if (this.#tail?.index === index) return this.#tail;
    const chunk = this.#chunks.get(index);
    if (chunk === undefined) return null;
    this.#last = chunk;
    return chunk;
  }
}
