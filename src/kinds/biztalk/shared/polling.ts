/**
 * What receive locations have in common that poll a source: parameters, needs, faults and operations.
 *
 * Not here: their life (`polling-life.ts`), how they take and publish (`polling-hops.ts`), rules of topology (`polling-rules.ts`), what the
 * source lets several readers do (`sources/`).
 */
import { distribution, duration, flag, integer, reference } from '../../../model/index.js';
import type { FaultDeclaration, FaultKind, NeedDeclaration } from '../../../model/index.js';

/** Of all that poll. */
export const pollParameters = {
  host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
  'first-poll': duration('The first poll after time 0, of every instance; then each poll period.', { absent: 'each instance has a time of its own, drawn by its name' }),
  work: distribution('Fetching, pipeline, map and publishing of one message.', { default: '20ms', source: 'assumption: pipeline and publish 20 ms' }),
  'fault-tolerance': flag('Only the instance that reached the threshold gives up, and it tries again; else the location is disabled for all instances.', {
    default: false, source: 'how-to-enable-receive-location-fault-tolerance: 2020 and later, off by default; group-settings can be read as one instance even when off',
  }),
  'tolerance-retry': duration('With `fault-tolerance`: time between two tries of the instance that gave up.', { default: '60s', source: 'how-to-enable-receive-location-fault-tolerance: each 60 s' }),
} as const;

/** Of those that delete at the source what they have published. */
export const pollingParameters = {
  ...pollParameters,
  deletion: distribution('From the commit in the MessageBox until the message is deleted at the source. An instance that ends in between leaves it there, and it is read again.', {
    default: '10ms', source: 'assumption: one short round trip',
  }),
} as const;

/** The first poll is on the grid of the others. */
export const pollingCheck = ({ poll, 'first-poll': first }: { readonly poll: number; readonly 'first-poll': number | undefined }): readonly string[] =>
  (first !== undefined && first > poll ? ['`first-poll` is later than one `poll` period: an instance that polls so often has polled before'] : []);

/** @param source what the documentation says of it */
export const errorThreshold = <const N extends number>(threshold: N, source: string) => integer('Polls in vain, one after the other, after which it is disabled; 0: never.', { min: 0, default: threshold, source });

/** @param from the function that a source of this sort offers */
export const pollingNeeds = (from: string): readonly [NeedDeclaration, NeedDeclaration] => [
  { name: 'host', way: 'requires', from: { at: 'parameter', parameter: 'host' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the host instance on the same server' },
  { name: 'source', way: 'requires', from: { at: 'parameter', parameter: 'from' }, function: from, when: 'always', reaction: 'pause', meaning: 'the source that it polls' },
];

export const pollingFaults = {
  stop: { meaning: 'the location is disabled by somebody', depth: 'function', event: 'stop' },
  slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
  'ack-loss': { meaning: 'the message is published, and cannot be deleted at the source', depth: 'function', steps: ['settled'] },
  error: { meaning: 'the message fails in the pipeline and stays at the source', depth: 'function', steps: ['worked'] },
} as const satisfies Partial<Record<FaultKind, FaultDeclaration>>;

export const pollingOperations = {
  enable: { meaning: 'a location that was disabled after errors is enabled again', event: 'enable' },
  deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] },
} as const;
