/**
 * A backlog queue of paired namespaces: a queue in the secondary namespace in which messages wait until the primary one is back.
 *
 * As the client makes it: in one store, 5 GB, locks of a minute, without a limit of deliveries and of time. `count: 10` makes as many
 * as the product does. Not modelled: the headers with the original path; a syphon knows where its queues belong.
 */
import { duration, flag, integer, kind, plainLife, size } from '../../model/index.js';
import { acceptance, deadLetterOperations, entityFaults, entityFunctions, entrance, keptGauges, manageOperations, noEntrance, sendFaults, storesOf } from './shared/entity.js';

/** What a syphon could not send on, because the queue is full, is not tried again at once. */
const SECOND = 1_000_000;

export const backlogQueue = kind({
  name: 'backlog-queue',
  summary: 'A queue in the secondary of two paired namespaces: keeps messages while the primary one is away.',
  omits: 'the original path in the headers of a message: a syphon knows where its queues belong',
  placement: { in: { offers: ['serve'], meaning: 'containment', required: true }, count: true },
  parameters: {
    store: integer('Number of the store in which it lies, from 1.', { min: 1, absent: 'one of them, drawn by its name' }),
    size: size('Its quota; one message more is refused.', { default: '5GiB', source: 'service-bus-paired-namespaces: 10 queues of 5 GB' }),
    'lock-duration': duration('A message taken by the syphon is locked so long.', { min: '5s', max: '5m', default: '60s', source: 'service-bus-async-messaging: 1 min' }),
    'dead-letter-on-expiry': flag('Expired messages go to the dead-letter queue; they do not expire unless time-to-live says so.', { default: true, source: 'service-bus-async-messaging: on' }),
    'time-to-live': duration('A message that nobody took within this time expires.', { min: '1s', absent: 'unlimited (service-bus-async-messaging)' }),
    work: entrance.work,
  },
  functions: entityFunctions,
  lifecycle: plainLife('function', ['namespace', 'a-store']),
  faults: { ...entityFaults, ...sendFaults },
  operations: { ...deadLetterOperations, ...manageOperations },
  gauges: keptGauges,
  pool: { function: 'accept', slots: () => Infinity, waiting: () => Infinity },
  buffer: {
    function: 'deliver',
    fragments: (values, parts, draw) => storesOf({ partitioned: false, store: values.store }, parts, draw),
    terms: (values) => ({
      ...noEntrance, capacityBytes: values.size,
      lock: values['lock-duration'], deliveries: Infinity, pause: SECOND, timeToLive: values['time-to-live'] ?? Infinity, keepsExpired: values['dead-letter-on-expiry'],
    }),
  },
  speaks: ['sb-messaging'],
  hop: {
    ...acceptance,
    steps: (values) => [{ work: values.work, persist: false }],
  },
});
