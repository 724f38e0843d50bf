/**
 * When messages of a flow are offered.
 *
 * Random arrivals are made in cells (10 s, or a profile step), the exponential clock starting anew at each border: exactly Poisson,
 * and every gap belongs to its cell, so a run can start anywhere in time. Running sums are not rounded, only the instants are.
 * Not here: what a message is.
 */
import type { KeyedStream } from '../../kernel/index.js';
import type { ArrivalDefinition, ProfileStep } from '../definition.js';
import type { Microseconds } from '../parameter.js';

const CELL: Microseconds = 10_000_000;
const SECOND = 1_000_000;

/** Instants in ascending order; Infinity when there are no more. */
export interface Arrivals { next(): Microseconds }

/** Arrivals within the window of the definition and before `horizon`. */
export function arrivalsOf(definition: ArrivalDefinition, stream: KeyedStream, horizon: Microseconds): Arrivals {
  const from = definition.from ?? 0;
  const until = Math.min(horizon, definition.until ?? Infinity);
  const raw = rawArrivals(definition, stream, from, until);
  let left = definition.limit ?? Infinity;
  return {
    next: () => {
      if (left <= 0) return Infinity;
      left--;
      const time = raw();
      return time < until ? time : Infinity;
    },
  };
}

function rawArrivals(definition: ArrivalDefinition, stream: KeyedStream, from: Microseconds, until: Microseconds): () => Microseconds {
  switch (definition.type) {
    case 'poisson':
      return poisson(() => definition.ratePerSecond, stream, from, until);
    case 'every': {
      let k = 0;
      return () => from + ++k * definition.interval;
    }
    case 'batch': {
      let k = 0;
      return () => from + (Math.floor(k++ / definition.size) + 1) * definition.interval;
    }
    case 'replay': {
      let k = 0;
      return () => (k < definition.times.length ? from + definition.times[k++] : Infinity);
    }
    case 'profile':
      return profile(definition.steps, definition.repeat, stream, from, until);
  }
}

function poisson(rateOf: (cell: number) => number, stream: KeyedStream, from: Microseconds, until: Microseconds): () => Microseconds {
  let cell = -1;
  let time = 0;
  let k = 0;
  return () => {
    for (;;) {
      const start = from + cell * CELL;
      if (cell >= 0) {
        const rate = rateOf(cell);
        time += (-Math.log1p(-stream.uniform(cell, k++)) / rate) * SECOND;
        if (start + time < start + CELL) return Math.round(start + time);
      }
      cell++;
      time = 0;
      k = 0;
      if (from + cell * CELL >= until) return Infinity;
    }
  };
}

function profile(steps: readonly ProfileStep[], repeat: boolean, stream: KeyedStream, from: Microseconds, until: Microseconds): () => Microseconds {
  let index = -1;
  let start = from;
  let end = from;
  let time = 0;
  let k = 0;
  return () => {
    for (;;) {
      if (index >= 0) {
        const step = steps[index % steps.length];
        if (step.ratePerSecond !== undefined && step.ratePerSecond > 0) {
          time += (-Math.log1p(-stream.uniform(index, k++)) / step.ratePerSecond) * SECOND;
          if (start + time < end) return Math.round(start + time);
        } else if (step.interval !== undefined) {
          time += step.interval;
          if (start + time <= end) return start + time;
        }
      }
      index++;
      if ((!repeat && index >= steps.length) || end >= until) return Infinity;
      start = end;
      end = start + steps[index % steps.length].for;
      time = 0;
      k = 0;
    }
  };
}

/** Messages a second on the average; 0 where their number is limited. */
export function meanRate(arrivals: ArrivalDefinition): number {
  if (arrivals.limit !== undefined) return 0;
  switch (arrivals.type) {
    case 'poisson': return arrivals.ratePerSecond;
    case 'every': return SECOND / arrivals.interval;
    case 'batch': return (arrivals.size * SECOND) / arrivals.interval;
    case 'replay': return (arrivals.times.length * SECOND) / Math.max(SECOND, arrivals.times.at(-1) ?? SECOND);
    case 'profile': {
      const time = arrivals.steps.reduce((sum, step) => sum + step.for, 0);
      const messages = arrivals.steps.reduce((sum, step) => sum + (step.for / SECOND) * (step.ratePerSecond ?? (step.interval === undefined ? 0 : SECOND / step.interval)), 0);
      return messages / (time / SECOND);
    }
  }
}
