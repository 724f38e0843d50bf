/** How messages arrive, as a schema: a map with exactly one tag, and the limits that all forms share. */
import { z } from 'zod';
import { mapOf, oneOf } from './forms.js';
import { duration, positiveDuration, positiveRate, rate } from './scalars.js';

const limits = {
  from: duration.optional().meta({ description: 'Nothing arrives before. Default 0.' }),
  until: duration.optional().meta({ description: 'Nothing arrives from then on. Default: the horizon.' }),
  limit: z.number().int().min(1).optional().meta({ description: 'At most so many messages.' }),
};

const step = mapOf({
  for: positiveDuration.meta({ description: 'How long this step lasts.' }),
  poisson: rate.optional().meta({ description: 'Random arrivals at this rate during the step; neither this nor every: silence.' }),
  every: positiveDuration.optional().meta({ description: 'One message per interval during the step.' }),
});

const TAGS: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  poisson: { poisson: positiveRate.meta({ description: 'Random arrivals, independent of each other, at this rate.', examples: ['50/s'] }) },
  every: { every: positiveDuration.meta({ description: 'One message per interval, the first one interval after `from`.', examples: ['200ms'] }) },
  profile: {
    profile: z.array(step).min(1).meta({ description: 'Steps one after another, each with its own rate.', examples: [[{ for: '8h', poisson: '5/s' }, { for: '16h' }]] }),
    repeat: z.boolean().optional().meta({ description: 'Begin again after the last step. Default false.', default: false }),
  },
  replay: { replay: z.string().min(1).meta({ description: 'File with one column of durations from the start, not falling; relative to this file.', examples: ['arrivals.csv'] }) },
  batch: {
    batch: mapOf({
      every: positiveDuration.meta({ description: 'Interval between batches, the first one interval after `from`.' }),
      size: z.number().int().min(1).meta({ description: 'Messages in a batch.' }),
    }).meta({ description: 'Many messages at once.', examples: [{ every: '1h', size: 500 }] }),
  },
};

export const ARRIVAL_TAGS = Object.keys(TAGS);

export const arrivals = oneOf(
  'arrivals',
  'a way of arriving: a map with one of poisson, every, profile, replay, batch',
  Object.entries(TAGS).map(([tag, shape]) => ({ mark: { tag }, schema: mapOf({ ...shape, ...limits }) })),
).meta({ id: 'arrivals', examples: [{ poisson: '50/s' }] });
