/**
 * A Service Bus queue: keeps messages in one messaging store, or in a fragment of each, until a receiver settles them.
 *
 * Not modelled: sessions, transactions, scheduled messages, forwarding, batches.
 */
import { kind, plainLife } from '../../model/index.js';
import { deadLetterOperations, entityFaults, entrance, entranceTerms, everywhere, keeping, keepingTerms, keptGauges, manageOperations, reachable, sendFaults, storesOf } from './entity.js';

export const queue = kind({
  name: 'queue',
  summary: 'A Service Bus queue with locks, delivery count, dead-letter queue, time to live and duplicate detection.',
  omits: 'sessions, transactions, scheduled messages, forwarding and batches',
  placement: { in: { offers: ['serve'], meaning: 'containment', required: true } },
  parameters: { ...entrance, ...keeping },
  functions: {
    accept: { meaning: 'accepts messages', needs: reachable },
    deliver: { meaning: 'hands messages out', needs: reachable },
    manage: { meaning: 'can be created, changed and deleted', needs: everywhere },
  },
  lifecycle: plainLife('function', ['namespace', 'a-store']),
  faults: { ...entityFaults, ...sendFaults },
  operations: { ...deadLetterOperations, ...manageOperations },
  gauges: keptGauges,
  pool: { function: 'accept', slots: () => Infinity, waiting: () => Infinity },
  buffer: { function: 'deliver', fragments: (values, parts, draw) => storesOf(values, parts, draw), terms: (values) => ({ ...entranceTerms(values), ...keepingTerms(values) }) },
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'publish',
    onError: 'refuse',
  },
});
