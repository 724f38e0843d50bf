/** Reading parameter values by name: dotted paths into records, and durations that may be fixed or distributed. */
import type { Distribution } from '../kernel/index.js';
import type { Microseconds } from './parameter.js';

/** The value under a dotted path (`restarts.count`); undefined when it is not there. */
export function valueAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values);
}

export function isDistribution(value: unknown): value is Distribution {
  return typeof value === 'object' && value !== null && 'sample' in value;
}

/** A duration in whole microseconds from a fixed value or a distribution with its uniform draw. */
export function durationOf(value: unknown, uniform: () => number): Microseconds {
  if (typeof value === 'number') return value;
  if (isDistribution(value)) return Math.round(value.sample(uniform()));
  return 0;
}

/** Whether a duration never varies, so that no draw is needed. */
export function meanOf(value: unknown): Microseconds {
  return typeof value === 'number' ? value : isDistribution(value) ? value.mean : 0;
}
