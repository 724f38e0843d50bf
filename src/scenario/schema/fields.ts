/**
 * The fixed part of the scenario language, declared as the parameters of kinds are: type, meaning, default and its source.
 *
 * Not here: the topology, whose keys come from the catalogue (`component.ts`), and the sections themselves (`scenario.ts`).
 */
import { z } from 'zod';
import { FAULT_KINDS, OPERATION_KINDS, STEPS, SUSPENDED_CHOICES } from '../../model/index.js';
import type { DistributionSpec, RecordSpec } from '../../model/index.js';
import { arrivals } from './arrivals.js';
import { oneOf } from './forms.js';
import type { FieldTable } from './parameter.js';
import { precision } from './precision.js';
import { hours, name } from './scalars.js';

const LANGUAGE = 'scenario language';

const routeStep: z.ZodType = z.lazy(() => oneOf('route-step', 'a component, or a list of branches', [
  { mark: 'scalar', schema: z.string().min(1) },
  { mark: 'list', schema: z.array(routeStep).min(1) },
])).meta({ id: 'route-step' });
const route = z.array(routeStep).min(1);

const target = oneOf('target', 'a target: a component, a member, a glob, active(cluster), passive(cluster), or a list of them', [
  { mark: 'scalar', schema: z.string().min(1) },
  { mark: 'list', schema: z.array(z.string().min(1)).min(1) },
]).meta({ id: 'target', examples: ['sql1', 'sso@bts1', 'active(cluster)', ['bts1', 'bts2']] });

export const RUN: FieldTable = {
  horizon: { type: 'duration', min: '1us', required: true, meaning: 'How long messages arrive.', example: '2h' },
  warmup: { type: 'duration', default: '0s', source: `assumption: ${LANGUAGE}, start empty and measure at once`, meaning: 'What happens before is not counted.', example: '5m' },
  drain: { type: 'duration', default: '0s', source: `assumption: ${LANGUAGE}, the run ends at the horizon`, meaning: 'Time after the horizon in which nothing arrives and what is inside may end.', example: '10m' },
  replications: { type: 'integer', min: 1, max: 1_000_000, default: 1, source: `assumption: ${LANGUAGE}, one look first`, meaning: 'How often the run is repeated with other draws; with precision, how often at most (then 1000 if not given).', example: 20 },
  precision: {
    type: 'form', form: 'share, or map of half-width, of, max', schema: precision, absent: 'the number of replications is fixed',
    meaning: 'Replicate until all verdicts are decided or their 95 % intervals reach no further than this share from their means: at least 5 times, at most replications times.',
    example: '5%',
  },
  batches: {
    type: 'integer', min: 5, max: 1000, absent: 'a single replication has no intervals',
    meaning: 'Cuts a single long run after its warm-up into so many stretches, whose means give the 95 % intervals (batch means). 20 is usual; a stretch must be long.', example: 20,
  },
  'timeline-bin': { type: 'duration', min: '1ms', default: '1m', source: `assumption: ${LANGUAGE}, a picture of hours`, meaning: 'Width of a bin of timeline.csv. Not given, a run of more than 69 days has wider ones: 5m, 15m, 1h, 6h, 1d, 7d, 30d or 365d, at most 100 000 of them if that is enough.', example: '10s' },
};

const CLIENT: RecordSpec = {
  type: 'record', meaning: 'How the senders of this flow behave.', default: {}, source: `assumption: ${LANGUAGE}, a plain client`,
  fields: {
    retry: { type: 'integer', min: 0, default: 0, source: 'assumption: no retries', meaning: 'Attempts after the first.' },
    backoff: { type: 'distribution', default: '0s', source: 'assumption: the next attempt follows at once', meaning: 'Wait before each further attempt.' },
    timeout: { type: 'duration', min: '1us', default: '60s', source: 'assumption: a common client timeout', meaning: 'How long the client waits for the answer to one attempt.' },
  },
};

export const FLOW: FieldTable = {
  arrivals: { type: 'form', form: 'arrivals', schema: arrivals, required: true, meaning: 'How messages arrive: one of poisson, every, profile, replay, batch.', example: { poisson: '50/s' } },
  route: { type: 'form', form: 'list of components; a list inside the list forks', schema: route, required: true, meaning: 'The way of a message; it ends in a sink.', example: ['http-in', 'fulfil', 'erp-port'] },
  clients: { type: 'integer', min: 1, default: 1, source: `assumption: ${LANGUAGE}, one sender`, meaning: 'Independent clients that share the flow.' },
  client: CLIENT,
  keys: { type: 'integer', min: 1, absent: 'messages have no key and no order among each other', meaning: 'Number of distinct keys: message n has key n mod keys.', example: 100 },
  size: { type: 'size', default: '1KiB', source: `assumption: ${LANGUAGE}, a small message`, meaning: 'Size of a message.', example: '4KiB' },
};

export const OBJECTIVES: FieldTable = {
  rto: { type: 'duration', absent: 'no objective', meaning: 'Recovery time objective: the longest stop that is acceptable.', example: '3m' },
  rpo: { type: 'duration', absent: 'no objective', meaning: 'Recovery point objective: the oldest message whose loss is acceptable; 0 allows no loss.', example: '0s' },
  deadline: { type: 'duration', absent: 'nothing is late', meaning: 'A message not delivered within this time is late.', example: '5m' },
  availability: { type: 'share', absent: 'no objective', meaning: 'Share of time in which the flow is not stopped.', example: '99.9%' },
};

export const OPERATOR: FieldTable = {
  reaction: { type: 'distribution', required: true, meaning: 'Time from the need for a person to the deed.', example: { lognormal: { median: '10m', p95: '40m' } } },
  suspended: { type: 'choice', of: SUSPENDED_CHOICES, default: 'resume', source: 'assumption: what failed is tried again', meaning: 'What becomes of suspended messages: they are resumed, or given up.', example: 'terminate' },
  hours: { type: 'form', form: 'hours of the day', schema: hours, absent: 'at all hours', meaning: 'When somebody acts; time 0 is midnight of a Monday.', example: 'mon-fri 08:00-17:00' },
};

const moment = (meaning: string, example: unknown): DistributionSpec & { example: unknown } => ({ type: 'distribution', meaning, example });
const AFTER: RecordSpec & { example: unknown } = {
  type: 'record', meaning: 'So long after the start of another fault.', example: { fault: 'sql1-dies', by: '30s' },
  fields: {
    fault: { type: 'text', required: true, meaning: 'Id of the other fault.' },
    by: { type: 'distribution', default: '0s', source: 'assumption: at the same instant', meaning: 'Delay after it.' },
  },
};
const FIRST = moment('every: the first time, from the start of the run; absent: one interval after it.', '6d2h');
const ID = { type: 'form', form: 'name', schema: name, required: true, meaning: 'Name in results and expectations.', example: 'sql1-dies' } as const;
const TARGET = { type: 'form', form: 'target', schema: target, required: true, meaning: 'What is hit: a component, a member sso@bts1, active(cluster), passive(cluster), a glob, or a list of them.', example: 'sql1' } as const;

export const FAULT: FieldTable = {
  id: ID,
  kind: { type: 'choice', of: FAULT_KINDS, absent: 'required, unless the rows of `replay` say it', meaning: 'What happens to the target; each kind of component declares which faults it can suffer.', example: 'crash' },
  target: { ...TARGET, required: false, absent: 'required, unless the rows of `replay` say it' },
  at: moment('The instant of the fault, from the start of the run.', '30m'),
  after: AFTER,
  every: moment('Again and again, with this interval from the start of the run.', '2h'),
  when: {
    type: 'record', meaning: 'Immediately after a step of a message.', example: { component: 'erp-port', step: 'put', nth: 10 },
    fields: {
      component: { type: 'text', required: true, meaning: 'A component of a route.' },
      step: { type: 'choice', of: STEPS, required: true, meaning: 'The step.' },
      nth: { type: 'integer', min: 1, default: 1, source: 'assumption: the first time', meaning: 'Which time it happens.' },
    },
  },
  first: FIRST,
  mttf: moment('At random: time from the end of a repair to the next failure. Every member of the target fails on its own.', { exponential: '30d' }),
  mttr: moment('Time to repair after such a failure; goes with mttf.', { exponential: '4h' }),
  start: { type: 'choice', of: ['up', 'stationary'], default: 'up', source: `assumption: ${LANGUAGE}, everything is new at the start`, meaning: 'mttf: at time 0 everything is up and new, or as an observer finds it after years.' },
  together: { type: 'flag', default: false, source: `assumption: ${LANGUAGE}, failures are independent`, meaning: 'mttf: one cause hits all members of the target at once.' },
  beta: { type: 'share', absent: 'no common cause', meaning: 'mttf: share of the failures of each member that have a common cause and hit all members of the target at once.', example: '5%' },
  replay: { type: 'text', meaning: 'Table with the faults of a recorded history: columns at, target, kind and for.', example: 'failures.csv' },
  for: { type: 'distribution', absent: 'until the recovery of the component itself, or, if it has none, to the end', meaning: 'How long it lasts.', example: '40m' },
  crew: { type: 'text', absent: 'the repair begins at once', meaning: 'A component that does repairs: `for` or `mttr` begins when one of its crews is free.', example: 'technicians' },
  priority: { type: 'integer', min: 0, default: 0, source: `assumption: ${LANGUAGE}, all repairs are as urgent`, meaning: 'Among the repairs that wait for the crew: a smaller number is more urgent, if the crew goes by priority.' },
  factor: { type: 'number', meaning: 'slow: work takes this many times longer.', example: 10 },
  probability: { type: 'share', meaning: 'ack-loss, error: share of the steps that are hit.', example: '1%' },
  count: { type: 'integer', min: 1, meaning: 'error: the next steps that are hit.', example: 3 },
  step: { type: 'choice', of: STEPS, absent: 'the first step that the kind of the target declares', meaning: 'ack-loss, error: the step that is hit.', example: 'put' },
};

export const OPERATION: FieldTable = {
  id: { ...ID, example: 'deploy-1' },
  do: { type: 'choice', of: OPERATION_KINDS, required: true, meaning: 'What a person or a pipeline does.', example: 'failover' },
  target: { ...TARGET, meaning: 'What it is done to.', example: 'cluster' },
  at: moment('The instant, from the start of the run.', '1h'),
  after: AFTER,
  every: moment('Again and again, with this interval.', '30d'),
  first: FIRST,
};
