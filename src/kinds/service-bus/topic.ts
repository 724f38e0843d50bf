/** A Service Bus topic: a message that it accepts is copied to each subscription that the route names, in the same step. Not modelled: filters; a subscription that no route names. */
import { kind, plainLife } from '../../model/index.js';
import { acceptance, entityFaults, entityFunctions, entrance, entranceTerms, manageOperations, noKeeping, sendFaults, storesOf } from './shared/entity.js';

export const topic = kind({
  name: 'topic',
  summary: 'A Service Bus topic: accepts a message and puts a copy into each of its subscriptions.',
  omits: 'filters and forwarding; copies for subscriptions that no receiver of the route takes from',
  placement: { in: { offers: ['serve'], meaning: 'containment', required: true } },
  parameters: entrance,
  functions: { accept: entityFunctions.accept, manage: entityFunctions.manage },
  lifecycle: plainLife('function', ['namespace', 'a-store']),
  faults: { ...entityFaults, ...sendFaults },
  operations: manageOperations,
  pool: { function: 'accept', slots: () => Infinity, waiting: () => Infinity },
  buffer: { function: 'accept', fragments: (values, parts, draw) => storesOf(values, parts, draw), terms: (values) => ({ ...entranceTerms(values), ...noKeeping }) },
  speaks: ['sb-messaging'],
  hop: {
    ...acceptance,
    steps: (values) => [{ work: values.work, persist: false }],
  },
});
