/** The forms of a distribution as a schema: a plain duration is a constant, else a map with exactly one tag. */
import { z } from 'zod';
import type { DISTRIBUTION_TAGS } from '../words.js';
import { mapOf, oneOf } from './forms.js';
import { duration, positiveDuration } from './scalars.js';

const number = (description: string, least: number): z.ZodType => z.number().min(least).meta({ description });

const OPTIONS: Readonly<Record<(typeof DISTRIBUTION_TAGS)[number], { schema: z.ZodType; description: string; examples: unknown[] }>> = {
  exponential: { schema: positiveDuration, description: 'Without memory; the value is its mean.', examples: ['30d'] },
  uniform: { schema: z.array(duration).length(2), description: 'Equally likely between two durations.', examples: [['0s', '60s']] },
  triangular: { schema: z.array(duration).length(3), description: 'Least, most likely and greatest value.', examples: [['5s', '15s', '45s']] },
  lognormal: {
    schema: mapOf({ median: positiveDuration, p95: positiveDuration }), description: 'Its logarithm is normal; given by two quantiles.',
    examples: [{ median: '45s', p95: '180s' }],
  },
  weibull: {
    schema: mapOf({ shape: z.number().positive().meta({ description: 'Above 1: wear; below 1: early failures.' }), scale: positiveDuration }),
    description: 'Failure rate that grows or falls with age.', examples: [{ shape: 2, scale: '1000h' }],
  },
  erlang: {
    schema: mapOf({ k: z.number().int().min(1).max(10_000).meta({ description: 'Number of phases.' }), mean: positiveDuration }),
    description: 'Sum of k exponential phases with this mean in all.', examples: [{ k: 2, mean: '4s' }],
  },
  hyperexponential: {
    schema: mapOf({ mean: positiveDuration, cv2: number('Squared coefficient of variation, at least 1.', 1) }),
    description: 'Mixture of two exponentials: more variable than one.', examples: [{ mean: '1s', cv2: 4 }],
  },
  empirical: { schema: z.string().min(1), description: 'File with one column of durations, relative to this file; each as likely as the others.', examples: ['repairs.csv'] },
};

export const distribution = oneOf('distribution', 'a distribution: a duration, or a map with one tag like {exponential: 30d}', [
  { mark: 'scalar', schema: duration },
  ...Object.entries(OPTIONS).map(([tag, { schema, description, examples }]) => ({
    mark: { tag }, schema: mapOf({ [tag]: schema.meta({ description, examples }) }),
  })),
]).meta({ id: 'distribution', examples: ['30s', { exponential: '30d' }] });
