/**
 * The forms of `run.precision`: a share, or a map with more to say.
 *
 * Not here: what its metrics refer to (`expectations/precision.ts`).
 */
import { z } from 'zod';
import { LEAST_REPLICATIONS } from '../../experiment/precision.js';
import { parseShare } from '../quantities/amounts.js';
import { bad, good } from '../quantities/parsed.js';
import { mapOf, oneOf, readBy } from './forms.js';
import { shapeOf } from './parameter.js';
import type { FieldTable } from './parameter.js';
import { share } from './scalars.js';

const positiveShare = readBy(share, (value) => {
  const parsed = parseShare(value);
  return parsed.ok && parsed.value === 0 ? bad('HS014', 'must be above 0', { remedy: 'no number of replications makes an interval vanish' }) : good(0);
}).meta({ id: 'positive-share', 'x-type': 'share, above 0' });

const figures = oneOf('figures', 'a metric, an expectation, the word expectations, or a list of them', [
  { mark: 'scalar', schema: z.string().min(1) }, { mark: 'list', schema: z.array(z.string().min(1)).min(1) },
]);

export const PRECISION: FieldTable = {
  'half-width': { type: 'form', form: 'share, above 0', schema: positiveShare, required: true, meaning: 'How far a 95 % interval may reach from its mean, as a share of the mean.', example: '5%' },
  of: {
    type: 'form', form: 'list of metrics and expectations', schema: figures,
    absent: 'the expectations; without any, delay.mean of each flow; without flows, availability of each component',
    meaning: 'What must be settled: a metric (the mean over replications), an expectation as written under expect, or the word expectations for all of them.',
    example: ['orders.delay.mean', 'expectations'],
  },
  max: {
    type: 'integer', min: LEAST_REPLICATIONS, max: 1_000_000, absent: 'run.replications; without that, 1000',
    meaning: 'Most replications; if the precision is not reached by then, the run is undecided.', example: 500,
  },
};

export const precision = oneOf('precision', 'a precision: a share like 5%, or a map like {half-width: 5%, of: [orders.delay.mean]}', [
  { mark: 'scalar', schema: positiveShare }, { mark: 'map', schema: mapOf(shapeOf(PRECISION)) },
]);
