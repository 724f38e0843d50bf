/** Time per random draw: keyed streams, sequence streams, and a distribution on top. */
import { Streams, exponential } from '../../src/kernel/index.js';

export interface DrawMeasurement {
  /** Nanoseconds per draw by name of the source. */
  readonly nanoseconds: Readonly<Record<string, number>>;
}

const streams = new Streams(1, 0);
const keyed = streams.keyed('component', 'purpose');
const sequence = streams.sequence('component', 'purpose');
const variate = exponential(1);

// A loop of its own for each source: one shared loop would call them all from one unpredictable place.
const loops: Readonly<Record<string, (from: number, count: number) => number>> = {
  'keyed uniform (flow, n, leg, attempt)': (from, count) => {
    let sum = 0;
    for (let n = from; n < from + count; n++) sum += keyed.uniform(1, n, 2, 3);
    return sum;
  },
  'keyed choose (n)': (from, count) => {
    let sum = 0;
    for (let n = from; n < from + count; n++) sum += keyed.choose(7, n);
    return sum;
  },
  'keyed exponential (n)': (from, count) => {
    let sum = 0;
    for (let n = from; n < from + count; n++) sum += variate.sample(keyed.uniform(n));
    return sum;
  },
  'sequence uniform': (_, count) => {
    let sum = 0;
    for (let n = 0; n < count; n++) sum += sequence.uniform();
    return sum;
  },
  'keyed uniform, n above 2^32': (from, count) => {
    let sum = 0;
    for (let n = from + 2 ** 33; n < from + 2 ** 33 + count; n++) sum += keyed.uniform(1, n, 2, 3);
    return sum;
  },
};

export function measureDraws(count: number): DrawMeasurement {
  const nanoseconds: Record<string, number> = {};
  for (const [name, loop] of Object.entries(loops)) {
    loop(0, count / 4);
    loop(0, count / 4);
    const start = process.hrtime.bigint();
    if (!(loop(0, count) > 0)) throw new Error('draws went missing');
    nanoseconds[name] = Number(process.hrtime.bigint() - start) / count;
  }
  return { nanoseconds };
}
