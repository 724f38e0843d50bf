/**
 * Statistical tests of a keyed mixer: what must hold for draws addressed by small, regular, correlated
 * integers. All inputs are fixed, so a mixer passes or fails for good.
 *
 * Each test is a chi-square statistic and fails outside of ±5.5 normal deviations: among the thousand or so
 * statistics computed, a good mixer trips one with a chance of 4 in 100 000.
 */
import { chiSquareOfEqual, chiSquareQuantile } from './statistics.js';

/** Like the mixer of the kernel: two keys of 32 bits, four integers, a number in (0,1). */
export type Mixer = (key0: number, key1: number, a: number, b: number, c: number, d: number) => number;

type Arguments = readonly [a: number, b: number, c: number, d: number];

const Z = 5.5;
const KEYS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [0x6a09e667, 0xbb67ae85 | 0],
];
const NAMES = ['a', 'b', 'c', 'd'] as const;

/** Names of the tests that a mixer fails, with statistic and bounds. */
export function failuresOf(mixer: Mixer): string[] {
  const failures: string[] = [];
  const judge = (name: string, statistic: number, degrees: number): void => {
    const [low, high] = [chiSquareQuantile(-Z, degrees), chiSquareQuantile(Z, degrees)];
    if (!(statistic >= low && statistic <= high))
      failures.push(`${name}: ${statistic.toFixed(1)} is not in ${low.toFixed(1)} … ${high.toFixed(1)}`);
  };
  const judgeCounts = (name: string, counts: Float64Array): void => {
    judge(name, chiSquareOfEqual(counts), counts.length - 1);
  };
  for (const test of [uniformity, pairs, steps, argumentAvalanche, keyAvalanche, grid, neighbours]) test(mixer, judge, judgeCounts);
  return failures;
}

type Judge = (name: string, statistic: number, degrees: number) => void;
type JudgeCounts = (name: string, counts: Float64Array) => void;

const at = (position: number, value: number, others: number): Arguments =>
  [0, 1, 2, 3].map((index) => (index === position ? value : others)) as unknown as Arguments;

/** The draw's 53 bits as two integers: the upper 32 and the lower 21. */
const upper = (u: number): number => Math.floor(u * 2 ** 32);
const lower = (u: number): number => (u * 2 ** 53) % 2 ** 21;

/** Counting one argument upwards fills the bins evenly, in the top, the middle and the lowest bits. */
function uniformity(mixer: Mixer, _: Judge, judge: JudgeCounts): void {
  for (const [key0, key1] of KEYS) {
    for (const [position, name] of NAMES.entries()) {
      const [top, middle, low] = [new Float64Array(1024), new Float64Array(1024), new Float64Array(1024)];
      for (let n = 0; n < 1 << 17; n++) {
        const u = mixer(key0, key1, ...at(position, n, 0));
        top[upper(u) >>> 22]++;
        middle[upper(u) & 1023]++;
        low[lower(u) & 1023]++;
      }
      judge(`top bits over ${name}`, top);
      judge(`middle bits over ${name}`, middle);
      judge(`lowest bits over ${name}`, low);
    }
  }
}

/** Draws of consecutive arguments do not know each other, in the top and in the lowest bits. */
function pairs(mixer: Mixer, _: Judge, judge: JudgeCounts): void {
  for (const [position, name] of NAMES.entries()) {
    const [top, low] = [new Float64Array(4096), new Float64Array(4096)];
    let previous = mixer(7, 9, ...at(position, 0, 1));
    for (let n = 1; n <= 1 << 17; n++) {
      const u = mixer(7, 9, ...at(position, n, 1));
      top[((upper(previous) >>> 26) << 6) | (upper(u) >>> 26)]++;
      low[((lower(previous) & 63) << 6) | (lower(u) & 63)]++;
      previous = u;
    }
    judge(`consecutive ${name}, top bits`, top);
    judge(`consecutive ${name}, lowest bits`, low);
  }
}

/** Nor do draws whose argument differs by a power of two, up to 2^52. */
function steps(mixer: Mixer, _: Judge, judge: JudgeCounts): void {
  for (const [position, name] of NAMES.entries()) {
    for (let bit = 1; bit < 53; bit += 3) {
      const counts = new Float64Array(1024);
      for (let n = 0; n < 1 << 14; n++) {
        const u = mixer(3, 5, ...at(position, n, 0));
        const v = mixer(3, 5, ...at(position, n + 2 ** bit, 0));
        counts[((upper(u) >>> 27) << 5) | (upper(v) >>> 27)]++;
      }
      judge(`${name} and ${name} + 2^${bit}`, counts);
    }
  }
}

/** Counts how often each of 53 output bits changes; half of the times is right. */
function avalanche(name: string, samples: number, judge: Judge, pair: (sample: number) => readonly [number, number]): void {
  const changes = new Float64Array(53);
  for (let sample = 0; sample < samples; sample++) {
    const [u, v] = pair(sample);
    const high = upper(u) ^ upper(v);
    const low = lower(u) ^ lower(v);
    for (let bit = 0; bit < 32; bit++) changes[bit] += (high >>> bit) & 1;
    for (let bit = 0; bit < 21; bit++) changes[32 + bit] += (low >>> bit) & 1;
  }
  judge(
    name,
    changes.reduce((sum, count) => sum + (count - samples / 2) ** 2 / (samples / 4), 0),
    53,
  );
}

/** Flipping any bit of any argument flips every bit of the draw half of the times, also among small integers. */
function argumentAvalanche(mixer: Mixer, judge: Judge): void {
  for (const [position, name] of NAMES.entries()) {
    for (let bit = 0; bit < 53; bit++) {
      avalanche(`avalanche of bit ${bit} of ${name}`, 2048, judge, (sample) => {
        const values = [sample & 15, sample, sample >> 8, sample & 3];
        const flipped = [...values];
        const isSet = Math.floor(values[position] / 2 ** bit) % 2 === 1;
        flipped[position] += isSet ? -(2 ** bit) : 2 ** bit;
        return [mixer(11, 13, ...(values as unknown as Arguments)), mixer(11, 13, ...(flipped as unknown as Arguments))];
      });
    }
  }
}

/** So does flipping any bit of the keys: streams with neighbouring keys are strangers. */
function keyAvalanche(mixer: Mixer, judge: Judge): void {
  for (let bit = 0; bit < 32; bit++) {
    const mask = 1 << bit;
    avalanche(`avalanche of bit ${bit} of key 0`, 2048, judge, (n) => [mixer(21, 22, 0, n, 0, 0), mixer(21 ^ mask, 22, 0, n, 0, 0)]);
    avalanche(`avalanche of bit ${bit} of key 1`, 2048, judge, (n) => [mixer(21, 22, 0, n, 0, 0), mixer(21, 22 ^ mask, 0, n, 0, 0)]);
  }
}

/** A full grid of (flow, n, leg, attempt) fills the bins, and no more draws coincide than chance makes. */
function grid(mixer: Mixer, judge: Judge, judgeCounts: JudgeCounts): void {
  const draws: number[] = [];
  const counts = new Float64Array(4096);
  for (let flow = 0; flow < 8; flow++)
    for (let n = 0; n < 4096; n++)
      for (let leg = 0; leg < 4; leg++)
        for (let attempt = 0; attempt < 4; attempt++) {
          const u = mixer(31, 37, flow, n, leg, attempt);
          draws.push(upper(u));
          counts[upper(u) >>> 20]++;
        }
  judgeCounts('bins over a grid', counts);
  const sorted = Float64Array.from(draws).sort();
  let equal = 0;
  for (let index = 1; index < sorted.length; index++) equal += +(sorted[index] === sorted[index - 1]);
  // Poisson with this mean; as a chi-square of one part equal against expected it would have one degree
  const expected = draws.length ** 2 / 2 ** 33;
  const deviation = Math.abs(equal - expected) / Math.sqrt(expected);
  judge('coincidences over a grid', deviation < Z ? 1000 : Infinity, 1000);
}

/** What belongs to one message does not know what belongs to its next leg, attempt, message, flow or swap. */
function neighbours(mixer: Mixer, _: Judge, judge: JudgeCounts): void {
  const others: Readonly<Record<string, (flow: number, n: number) => Arguments>> = {
    'next flow': (flow, n) => [flow + 1, n, 0, 0],
    'next leg': (flow, n) => [flow, n, 1, 0],
    'next attempt': (flow, n) => [flow, n, 0, 1],
    'leg for attempt': (flow, n) => [flow, n, 1, 1],
    'flow and n swapped': (flow, n) => [n, flow, 0, 0],
    'n shifted over 2^32': (flow, n) => [flow, (n + 1) * 2 ** 32, 0, 0],
    'n and n·2^32': (flow, n) => [flow, n + n * 2 ** 32 + 2 ** 32, 0, 0],
  };
  for (const [name, other] of Object.entries(others)) {
    const counts = new Float64Array(1024);
    for (let n = 100; n < 100 + (1 << 13); n++) {
      for (let flow = 0; flow < 4; flow++) {
        const u = mixer(41, 43, flow, n, 0, 0);
        const v = mixer(41, 43, ...other(flow, n));
        counts[((upper(u) >>> 27) << 5) | (upper(v) >>> 27)]++;
      }
    }
    judge(name, counts);
  }
}
