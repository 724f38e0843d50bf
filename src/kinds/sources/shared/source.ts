/**
 * What places have in common in which the business leaves messages for somebody who polls: they belong to the source until they are deleted there.
 * Data only. Not here: who polls (`biztalk/shared/polling.ts`).
 */
import { distribution, integer, onItsServer } from '../../../model/index.js';
import type { BufferTerms, FaultDeclaration, FaultKind, HopDeclaration, NeedDeclaration } from '../../../model/index.js';

export const sourceParameters = {
  work: distribution('Time that it takes to put one message there.', { default: '10ms', source: 'assumption: a small file or row' }),
  initial: integer('Messages of the first flow through it that are there at time 0.', { min: 0, default: 0, source: 'assumption: empty' }),
  restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start' }),
} as const;

/** Of what stands on a server, in a cluster, or nowhere. */
export const sourceNeeds: readonly NeedDeclaration[] = [
  { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power and network of the site' },
  { ...onItsServer, carriesData: true },
];

/** Faults of putting one message there. */
export const putFaults: Partial<Record<FaultKind, FaultDeclaration>> = {
  slow: { meaning: 'putting a message there takes `factor` times longer', depth: 'function' },
  'ack-loss': { meaning: 'a message is there, and who put it does not hear of it', depth: 'function', steps: ['settled'] },
  error: { meaning: 'putting a message there fails', depth: 'function', steps: ['worked', 'taken'] },
};

export const keptGauge = { messages: { meaning: 'messages that are there', unit: 'messages', whole: true } } as const;

/** A taken message is locked until it is deleted, or until whoever took it is gone. */
export const untilDeleted: BufferTerms = {
  lock: Infinity, deliveries: Infinity, pause: 0, timeToLive: Infinity, keepsExpired: false,
  window: 0, capacity: Infinity, capacityBytes: Infinity, spread: 'in-turn', reroute: 0,
};

/** Messages are put there by any number of clients at once. */
export const anyNumber = { slots: () => Infinity, waiting: () => Infinity } as const;

/** Who puts a message there is answered when it is there. */
export const sourceHop = {
  pool: 'own', intake: 'call', order: () => 'put-then-settle', output: 'publish', onError: 'refuse',
} as const satisfies Partial<HopDeclaration>;
