/** What queues, topics and subscriptions of Service Bus have in common: parameters, needs, faults. Data only. */
import { choice, distribution, duration, flag, integer, record, share, size } from '../../../model/index.js';
import type { Distribution } from '../../../kernel/index.js';
import type { BufferTerms, FaultDeclaration, FaultKind, NeedDeclaration } from '../../../model/index.js';

const MINUTE = 60_000_000;

/** Needs of a function that works as long as some of the entity's messages can be reached. */
const reachable: readonly NeedDeclaration[] = [
  { name: 'namespace', way: 'requires', from: { at: 'container' }, function: 'serve', when: 'always', reaction: 'stop', meaning: 'its namespace' },
  { name: 'a-store', way: 'any-of', from: { at: 'fragments' }, function: 'store', when: 'always', reaction: 'stop', meaning: 'one of the messaging stores that it lies in' },
];

/** Needs of a function that takes new messages. */
const writable: readonly NeedDeclaration[] = [
  ...reachable,
  { name: 'writes', way: 'requires', from: { at: 'container' }, function: 'write', when: 'always', reaction: 'pause', meaning: 'its namespace takes messages' },
];

/** Needs of a function that touches all of the entity. */
const everywhere: readonly NeedDeclaration[] = [
  { name: 'namespace', way: 'requires', from: { at: 'container' }, function: 'serve', when: 'always', reaction: 'pause', meaning: 'its namespace' },
  { name: 'all-stores', way: 'requires', from: { at: 'fragments' }, function: 'store', when: 'always', reaction: 'pause', meaning: 'every messaging store that it lies in' },
];

export const entityFunctions = {
  accept: { meaning: 'accepts messages', needs: writable },
  deliver: { meaning: 'hands messages out', needs: reachable },
  manage: { meaning: 'can be created, changed and deleted', needs: everywhere },
} as const;

/** How a message comes in: it is stored, then its sender is told. */
export const acceptance = { pool: 'own', intake: 'call', order: () => 'put-then-settle' as const, output: 'publish', onError: 'refuse' } as const;

export const entityFaults: Partial<Record<FaultKind, FaultDeclaration>> = {
  outage: { meaning: 'the entity is away for a time; its messages are kept', depth: 'function', event: 'crash' },
  crash: { meaning: 'the entity is away; its messages are kept', depth: 'function', event: 'crash' },
  hang: { meaning: 'operations on the entity are not answered', depth: 'function', event: 'hang' },
};

/** Faults of the operation "send". */
export const sendFaults: Partial<Record<FaultKind, FaultDeclaration>> = {
  slow: { meaning: 'sending to it takes `factor` times longer', depth: 'function' },
  'ack-loss': { meaning: 'a message is accepted, the answer is lost', depth: 'function', steps: ['settled'] },
  error: { meaning: 'a send fails with an error', depth: 'function', steps: ['worked', 'taken'] },
};

/** Where messages come in: a queue, or a topic. */
export const entrance = {
  partitioned: flag('It has a fragment in every store of its namespace; else it lies in one store.', { default: false, source: 'service-bus-partitioning: off unless asked for' }),
  store: integer('Number of the store in which it lies when it is not partitioned, from 1.', { min: 1, absent: 'one of them, drawn by its name' }),
  'fragment-choice': choice('How a message without a key finds its fragment.', ['round-robin', 'random'], {
    default: 'round-robin', source: 'service-bus-partitioning: round-robin; the same page and S-SB also say random',
  }),
  reroute: duration('A fragment that is away is avoided after this time; sends that meet it earlier wait so long.', {
    default: '15s', source: 'service-bus-partitioning: a client needs more than 15 s for another fragment',
  }),
  'duplicate-detection': duration('An id that was accepted within this time is accepted again and dropped.', {
    min: '20s', max: '7d', absent: 'off, as in the product; where it is on, the usual window is 10m (duplicate-detection)',
  }),
  invisible: record('After trouble in its storage an accepted message may stay invisible for a while.', {
    share: share('Share of the messages.', { default: '1%', source: 'assumption: one in a hundred; no page gives a share' }),
    time: distribution('How long.', { default: { uniform: ['0s', '15m'] }, source: 'service-bus-async-messaging (2017): up to 15 min' }),
  }, { absent: 'accepted messages are there at once' }),
  size: size('Its quota; one message more is refused. Of a partitioned entity, times the number of its fragments.', { default: '1GiB', source: 'service-bus-partitioning: 1 GB, times 16 when partitioned' }),
  work: distribution('Time that the service takes to accept one message.', { default: { lognormal: { median: '15ms', p95: '60ms' } }, source: 'assumption: median 15 ms, 95 % within 60 ms' }),
} as const;

/** How messages are kept for their receivers: a queue, or a subscription. */
export const keeping = {
  'lock-duration': duration('A message taken in peek-lock mode is locked so long.', { min: '5s', max: '5m', default: '60s', source: 'Queue Description: 60 s now, 30 s in 2014; at most 5 min' }),
  'max-delivery-count': integer('A message delivered so often and not settled goes to the dead-letter queue.', { min: 1, max: 2000, default: 10, source: 'service-bus-dead-letter-queues: 10' }),
  'time-to-live': duration('A message that nobody took within this time expires.', { min: '1s', absent: 'unlimited (Queue Description)' }),
  'dead-letter-on-expiry': flag('Expired messages go to the dead-letter queue; else they are dropped.', { default: false, source: 'service-bus-dead-letter-queues: off unless asked for' }),
} as const;

interface Entrance { readonly partitioned: boolean; readonly store: number | undefined; readonly 'fragment-choice': string; readonly reroute: number; readonly 'duplicate-detection': number | undefined; readonly size: number; readonly invisible: { readonly share: number; readonly time: Distribution } | undefined }
interface Keeping { readonly 'lock-duration': number; readonly 'max-delivery-count': number; readonly 'time-to-live': number | undefined; readonly 'dead-letter-on-expiry': boolean }

/** Stores that an entity lies in. */
export function storesOf(values: Pick<Entrance, 'partitioned' | 'store'>, parts: number, draw: number): readonly number[] {
  if (values.partitioned) return Array.from({ length: parts }, (_, index) => index);
  return [values.store === undefined ? Math.floor(draw * parts) : values.store - 1];
}

export function entranceTerms(values: Entrance): Pick<BufferTerms, 'window' | 'capacity' | 'capacityBytes' | 'spread' | 'reroute' | 'hides'> {
  return {
    window: values['duplicate-detection'] ?? 0, capacity: Infinity, capacityBytes: values.size,
    spread: values['fragment-choice'] === 'random' ? 'random' : 'in-turn', reroute: values.reroute,
    ...(values.invisible === undefined ? {} : { hides: values.invisible }),
  };
}

export function keepingTerms(values: Keeping): Pick<BufferTerms, 'lock' | 'deliveries' | 'pause' | 'timeToLive' | 'keepsExpired'> {
  return {
    lock: values['lock-duration'], deliveries: values['max-delivery-count'], pause: 0,
    timeToLive: values['time-to-live'] ?? Infinity, keepsExpired: values['dead-letter-on-expiry'],
  };
}

/** Of what keeps nothing for receivers. */
export const noKeeping: Pick<BufferTerms, 'lock' | 'deliveries' | 'pause' | 'timeToLive' | 'keepsExpired'> = { lock: MINUTE, deliveries: Infinity, pause: 0, timeToLive: Infinity, keepsExpired: false };
export const noEntrance: Pick<BufferTerms, 'window' | 'capacity' | 'capacityBytes' | 'spread' | 'reroute'> = { window: 0, capacity: Infinity, capacityBytes: Infinity, spread: 'in-turn', reroute: 0 };

export const deadLetterOperations = {
  resume: { meaning: 'messages of the dead-letter queue go back to the queue, their deliveries forgotten', suspended: 'resume' },
  terminate: { meaning: 'messages of the dead-letter queue are given up: rejected, with the cause `terminated`', suspended: 'terminate' },
} as const;

export const keptGauges = {
  messages: { meaning: 'messages that it keeps, the dead-letter queue included', unit: 'messages', whole: true },
  'dead-lettered': { meaning: 'messages in its dead-letter queue', unit: 'messages', whole: true },
} as const;

/** Creating and deleting an entity touches every store that it lies in. */
export const manageOperations = {
  create: { meaning: 'the entity is created again, or changed', needs: [{ name: 'itself', way: 'requires', from: { at: 'self' }, function: 'manage', when: 'start', reaction: 'pause', meaning: 'every store that the entity lies in' }], changes: true },
  delete: { meaning: 'the entity is deleted, as far as the service lets it; its messages are not touched in the model', needs: [{ name: 'itself', way: 'requires', from: { at: 'self' }, function: 'manage', when: 'start', reaction: 'pause', meaning: 'every store that the entity lies in' }], changes: true },
} as const;
