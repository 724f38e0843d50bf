/**
 * Named random streams: every draw belongs to a name and to integers, not to the moment it is asked for.
 *
 * Two runs that differ in one fault draw the same numbers for everything the fault does not touch, which is
 * what makes a run and its twin comparable. The names are turned into keys by seedrandom when a stream is
 * first asked for; a keyed stream then has no state at all.
 * It knows nothing of distributions: it gives uniform numbers strictly between 0 and 1.
 */
import seedrandom from 'seedrandom';
import { KernelError } from './errors.js';
import { mix } from './mixer.js';

/** Version of the contract from (seed, replication, names, integers) to draws; every result states it. */
export const RNG_VERSION = 1;

/** Draws that are addressed by integers, e.g. (flow, n, leg, attempt). */
export class KeyedStream {
  /** Two keys of 32 bits. */
  constructor(
    private readonly key0: number,
    private readonly key1: number,
  ) {}

  /** A number strictly between 0 and 1 with 53 bits; the arguments are integers up to 2^53. */
  uniform(a: number, b = 0, c = 0, d = 0): number {
    return mix(this.key0, this.key1, a, b, c, d);
  }

  /**
   * An integer from 0 to `count` − 1.
   * @throws KernelError when `count` is not a whole number from 1 to 2^31 − 1
   */
  choose(count: number, a: number, b = 0, c = 0, d = 0): number {
    if ((count | 0) !== count || count < 1) refuseCount(count);
    return Math.floor(mix(this.key0, this.key1, a, b, c, d) * count);
  }
}

// Outside of the function it guards, which stays small enough to be inlined.
function refuseCount(count: number): never {
  throw new KernelError(`a choice needs a whole number of possibilities from 1 to 2^31 - 1, but got ${count}`);
}

/** Draws in sequence, for what has a life of its own and a fixed order of asking. */
export class SequenceStream {
  private readonly generator: seedrandom.PRNG;

  constructor(key: string) {
    this.generator = seedrandom.alea(key);
  }

  /** The next number strictly between 0 and 1, 53 bits. */
  uniform(): number {
    for (;;) {
      const u = this.generator.double();
      if (u > 0) return u;
    }
  }
}

/** All streams of one replication. */
export class Streams {
  private readonly seed: string;
  private readonly keyedStreams = new Map<string, KeyedStream>();
  private readonly sequenceStreams = new Map<string, SequenceStream>();

  /**
   * @param seed a finite number or any text; 7 and '7' are the same seed, since a command line knows only text
   * @param replication 0, 1, 2 … independent of each other under one seed
   * @throws KernelError when the seed is not finite or the replication no natural number
   */
  constructor(
    seed: number | string,
    private readonly replication: number,
  ) {
    if (typeof seed === 'number' && !Number.isFinite(seed)) throw new KernelError(`a seed must be finite, but is ${seed}`);
    if (!Number.isSafeInteger(replication) || replication < 0)
      throw new KernelError(`a replication is numbered 0, 1, 2 …, but is ${replication}`);
    this.seed = String(seed);
  }

  /** The stream of these names: the same object each time, the same keys whatever the order of asking. */
  keyed(component: string, purpose: string): KeyedStream {
    const name = this.nameOf('keyed', component, purpose);
    let stream = this.keyedStreams.get(name);
    if (stream === undefined) {
      const generator = seedrandom(name);
      stream = new KeyedStream(generator.int32(), generator.int32());
      this.keyedStreams.set(name, stream);
    }
    return stream;
  }

  /** The sequence of these names: the same object each time, so asking again goes on where it stood. */
  sequence(component: string, purpose: string): SequenceStream {
    const name = this.nameOf('sequence', component, purpose);
    let stream = this.sequenceStreams.get(name);
    if (stream === undefined) {
      stream = new SequenceStream(name);
      this.sequenceStreams.set(name, stream);
    }
    return stream;
  }

  /**
   * One text per (form, seed, replication, names), without ambiguity: quoted, so that 'ab' + 'c' is not
   * 'a' + 'bc', and ASCII only, because seedrandom looks at the low byte of a character.
   */
  private nameOf(form: string, component: string, purpose: string): string {
    return JSON.stringify([RNG_VERSION, form, this.seed, this.replication, component, purpose]).replace(
      /[^ -~]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
}
