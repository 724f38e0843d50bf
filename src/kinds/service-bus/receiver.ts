/**
 * A Service Bus client that receives: takes messages of one queue or of several, works on them, and settles.
 *
 * In peek-lock mode a message is settled after the work; if its lock has ended by then it is delivered again. In receive-and-delete mode
 * it is gone once it is taken. Ids that it remembers are looked up before the work; those recorded after it are recorded with the
 * effect, so that a copy that was in work at the same time has none.
 * With "to" it sends a message on after the work and settles it when that is accepted; in a transaction both are one: whoever dies in
 * between, or has lost the lock, has done neither.
 * Not modelled: the queue of its own in which a transaction leaves what its target does not take yet (the work fails instead); sessions,
 * batches, deferral, the time of a receive operation itself.
 */
import { choice, distribution, duration, flag, inItsSite, integer, kind, onItsServer, plainFaults, plainLife, record, reference, share } from '../../model/index.js';
import { lockLongerThanWork } from './shared/rules.js';
import { habitsOf, tokenHabits } from './shared/tokens.js';

const SECOND = 1_000_000;

export const serviceBusReceiver = kind({
  name: 'service-bus-receiver',
  summary: 'Takes messages from queues and subscriptions, does the work, and may send on what came of it; members compete for them.',
  omits: 'the queue in which a transaction leaves what its target does not take yet, sessions, batches, deferral, and the time of a receive operation itself',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    from: reference('Queues and subscriptions that it takes from.', { offers: ['deliver'], many: true, required: true }),
    mode: choice('Settled after the work, under a lock; or deleted when taken.', ['peek-lock', 'receive-and-delete'], { default: 'peek-lock', source: 'message-transfers-locks-settlement: peek-lock is the default' }),
    concurrency: integer('Messages that one member works on at once.', { min: 1, default: 1, source: 'ServiceBusProcessorOptions: one call at a time' }),
    prefetch: integer('Messages that one member takes ahead of its work; their locks run meanwhile.', { min: 0, default: 0, source: 'service-bus-prefetch: off' }),
    work: distribution('Time that the work on one message takes.', { default: '50ms', source: 'assumption: as other destinations' }),
    renew: duration('Locks of messages in hand are prolonged, for so long altogether.', { absent: 'never; the modern processor would do it for 5 min' }),
    'busy-wait': duration('After the answer that the service is busy, a member asks for nothing for so long.', { min: '100ms', default: '10s', source: 'service-bus-async-messaging (2017): 10 s; service-bus-throttling: 2 s now' }),
    remember: record('Ids of messages: one that comes again is settled without work.', {
      ids: integer('Ids remembered, the oldest is forgotten first.', { min: 1, default: 256, source: 'GeoReplication sample: the last 256' }),
      record: choice('An id is recorded before the work, or after its success.', ['before', 'after-success'], { default: 'after-success', source: 'assumption: the correct design; the GeoReplication sample records before' }),
      'removed-on-match': flag('An id that came again is forgotten.', { default: false, source: 'assumption: kept; the GeoReplication sample removes it' }),
      durable: flag('The list survives a restart of the receiver, and its members share it; else each has its own, in memory.', { default: false, source: 'GeoReplication sample: in memory' }),
    }, { absent: 'it does not know a message again' }),
    to: reference('Queue or topic to which it sends a message on after the work.', { offers: ['accept'], absent: 'the work is the end of the way' }),
    transaction: flag('What was taken is settled in the transaction of the send: both or neither. The two lie in one namespace.', { default: false, source: 'service-bus-transactions: two operations unless they are put into one scope' }),
    timeout: duration('Of one send with all its tries; in a transaction there is one.', { default: '30s', source: 'assumption: half of a lock' }),
    poison: share('Share of the messages on which the work always fails.', { default: '0%', source: 'assumption: none' }),
    ...tokenHabits,
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start, as a host instance' }),
  },
  functions: {
    process: {
      meaning: 'takes and works on messages',
      needs: [inItsSite, onItsServer],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the client', 'restart', 'process'),
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the work is done, and the service does not hear of it', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the work fails, and the message is given back', depth: 'function', steps: ['worked'] },
  },
  check: (values) => [
    ...(values.transaction && values.to === undefined ? ['a transaction settles with a send, and it sends nothing: say "to"'] : []),
    ...(values.transaction && values.mode !== 'peek-lock' ? ['what is deleted when it is taken cannot be settled in a transaction: use mode: peek-lock'] : []),
    ...(values.to !== undefined && values.from.includes(values.to) ? ['it cannot send on into the queue that it takes from'] : []),
    ...(values.to !== undefined && values.remember !== undefined ? ['who sends on remembers no ids: let the last receiver do it'] : []),
  ],
  pool: {
    function: 'process',
    slots: (values) => values.concurrency,
    waiting: () => Infinity,
    leases: { from: 'from', ahead: (values) => values.prefetch, renews: (values) => values.renew ?? 0, busy: (values) => values['busy-wait'], tokens: (values) => habitsOf(values) },
  },
  hop: {
    pool: 'own',
    intake: 'store',
    order: (values) => (values.mode === 'peek-lock' ? 'put-then-settle' : 'settle-first'),
    steps: (values) => [{ work: values.work, persist: false }],
    output: (values) => (values.to === undefined ? 'effect' : 'call'),
    sends: (values) => (values.to === undefined ? undefined : {
      to: [values.to], mode: 'single', swaps: 'on-success', targets: 1, settles: values.transaction,
      timeout: values.timeout, limit: values.timeout, retries: values.transaction ? 0 : 10, base: SECOND, cap: 30 * SECOND, busy: values['busy-wait'], tokens: habitsOf(values),
    }),
    onError: 'refuse',
    to: ['to'],
    poison: (values) => values.poison,
    remembers: (values) => (values.remember === undefined ? undefined : {
      ids: values.remember.ids, durable: values.remember.durable, removes: values.remember['removed-on-match'],
      before: values.remember.record === 'before' ? 'record' : 'look',
    }),
  },
  rules: [lockLongerThanWork],
});
