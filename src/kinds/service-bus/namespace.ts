/** A Service Bus namespace in one datacenter, with the messaging stores that keep its entities. Not modelled: gateways and brokers one by one, geo-replication of the product. */
import { choice, integer, kind, plainLife } from '../../model/index.js';

export const serviceBusNamespace = kind({
  name: 'service-bus-namespace',
  summary: 'A Service Bus namespace: its queues and topics lie in its messaging stores, `name/store1` to `name/storeN`.',
  omits: 'gateways and brokers one by one, and throttling of the whole namespace',
  placement: { in: { offers: ['site'], meaning: 'containment' } },
  parameters: {
    auth: choice('How clients show that they may: by signing themselves with a key.', ['sas'], { default: 'sas', source: 'service-bus-sas' }),
    stores: integer('Messaging stores; a partitioned entity has a fragment in each.', { min: 1, max: 100, default: 16, source: 'service-bus-partitioning: 16 fragments' }),
  },
  functions: {
    serve: {
      meaning: 'answers clients',
      needs: [{ name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', carriesData: true, meaning: 'the datacenter it is tied to' }],
    },
  },
  lifecycle: plainLife('host', ['site']),
  faults: {
    outage: { meaning: 'the scale unit is away for a time; messages are kept', depth: 'host', event: 'crash' },
    crash: { meaning: 'the scale unit is away; messages are kept', depth: 'host', event: 'crash' },
    hang: { meaning: 'it is up but answers nothing', depth: 'function', event: 'hang' },
    disaster: { meaning: 'the scale unit and all messages in it are gone for good', depth: 'host', event: 'crash', wipes: true },
  },
  box: { scope: 'namespace' },
  parts: { part: 'store', kind: 'messaging-store', count: 'stores' },
});
