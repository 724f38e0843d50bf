/**
 * A Service Bus queue: keeps messages in one messaging store, or in a fragment of each, until a receiver settles them.
 *
 * With sessions, messages of one key are handed out one after the other. A queue that forwards sends its messages on as soon as the
 * other queue takes them. Not modelled: scheduled messages, batches, sessions that stay with one receiver.
 */
import { flag, kind, plainLife, reference } from '../../model/index.js';
import { acceptance, deadLetterOperations, entityFaults, entityFunctions, entrance, entranceTerms, keeping, keepingTerms, keptGauges, manageOperations, sendFaults, storesOf } from './shared/entity.js';

const SECOND = 1_000_000;
/** A message that was sent on so often is sent on no more (service-bus-dead-letter-queues). */
const MOST_HOPS = 4;
/** What is sent on stays here until the other queue has it, however often that is tried. */
const FORWARDING = { lock: Infinity, deliveries: Infinity, pause: SECOND } as const;

export const queue = kind({
  name: 'queue',
  summary: 'A Service Bus queue with locks, delivery count, dead-letter queue, time to live and duplicate detection.',
  omits: 'scheduled messages and batches; a session is not bound to one receiver beyond its message in hand',
  placement: { in: { offers: ['serve'], meaning: 'containment', required: true } },
  parameters: {
    ...entrance, ...keeping,
    sessions: flag('Messages with the same key are handed out in their order, the next when the one before is settled.', { default: false, source: 'message-sessions: off unless asked for' }),
    'forward-to': reference('Messages are sent on to this queue or topic.', { offers: ['accept'], absent: 'they stay here' }),
  },
  functions: entityFunctions,
  lifecycle: plainLife('function', ['namespace', 'a-store']),
  faults: { ...entityFaults, ...sendFaults },
  operations: { ...deadLetterOperations, ...manageOperations },
  gauges: keptGauges,
  pool: { function: 'accept', slots: () => Infinity, waiting: () => Infinity, leases: { ahead: () => 0, renews: () => 0 } },
  buffer: { function: 'deliver', fragments: (values, parts, draw) => storesOf(values, parts, draw), forwards: 'forward-to', hops: MOST_HOPS, terms: (values) => ({ ...entranceTerms(values), ...keepingTerms(values), sessions: values.sessions, ...(values['forward-to'] === undefined ? {} : FORWARDING) }) },
  speaks: ['sb-messaging'],
  hop: {
    ...acceptance,
    steps: (values) => [{ work: values.work, persist: false }],
    sends: (values) => (values['forward-to'] === undefined ? undefined : { to: [values['forward-to']], mode: 'single', swaps: 'on-success', targets: 1, timeout: 60 * SECOND, limit: Infinity, retries: 0, base: SECOND, cap: SECOND, busy: SECOND }),
  },
});
