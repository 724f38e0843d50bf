/**
 * An MQSeries receive location: polls a queue of a queue manager, in batches, each in one transaction with its publishing.
 *
 * Several instances may read one queue; then the order of messages is lost. Not modelled: order, the agent beside the queue manager.
 */
import { duration, flag, integer, kind, reference } from '../../model/index.js';
import { receivedInProcess } from './shared/polling-rules.js';
import { errorThreshold, pollParameters } from './shared/polling.js';
import { taking } from './shared/polling-hops.js';

export const mqseriesReceiveLocation = kind({
  name: 'mqseries-receive-location',
  summary: 'Polls a queue of a queue manager; exactly once in a transaction, at most once without.',
  omits: 'order, the agent beside the queue manager, pipeline failures and suspension, throttling; without a transaction also what a clean stop ends is lost',
  parameters: {
    ...pollParameters,
    from: reference('The queue that it polls.', { offers: ['get'], required: true }),
    poll: duration('Time between two polls of an instance.', { min: '1ms', default: '3s', source: 'assumption: no page at hand gives one' }),
    transactional: flag('A batch is taken and published in one transaction.', { default: true, source: 'assumption: as the adapter offers it' }),
    batch: integer('Messages that one instance takes at once.', { min: 1, default: 100, source: 'assumption: no page at hand gives one' }),
    'error-threshold': errorThreshold(0, 'assumption: never; no page gives a threshold'),
  },
  ...taking('get'),
  rules: [receivedInProcess],
});
