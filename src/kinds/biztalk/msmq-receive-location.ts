/**
 * An MSMQ receive location: polls the queue of a message queuing service, in batches.
 *
 * In a transaction a batch is taken and published together or not at all: what an instance had in hand when it ended is in the queue, and
 * comes once. Without one a message is gone from the queue when it is taken: what is not published yet ends with its instance. The
 * location works through the service on its own server too: where that is stopped it shuts down at the next poll. Not modelled: ordered
 * processing, messages that fail in the pipeline and are suspended, an instance that is stopped in order and ends what it has taken.
 */
import { duration, flag, integer, kind, reference } from '../../model/index.js';
import { clusteredReader, receivedInProcess } from './shared/polling-rules.js';
import { errorThreshold, pollParameters } from './shared/polling.js';
import { taking } from './shared/polling-hops.js';

export const msmqReceiveLocation = kind({
  name: 'msmq-receive-location',
  summary: 'Polls the queue of a message queuing service; exactly once in a transaction, at most once without.',
  omits: 'ordered processing, pipeline failures and suspension, throttling; without a transaction also what a clean stop ends is lost',
  parameters: {
    ...pollParameters,
    from: reference('The message queuing service whose queue it polls; one that hands nothing on.', { offers: ['read'], required: true }),
    poll: duration('Time between two polls of an instance.', { min: '1ms', default: '500ms', source: 'how-to-configure-an-msmq-receive-location: fixed at 0.5 s' }),
    transactional: flag('A batch is taken and published in one transaction.', { default: false, source: 'how-to-configure-an-msmq-receive-location: Transactional = False' }),
    batch: integer('Messages that one instance takes at once.', { min: 1, default: 20, source: 'how-to-configure-an-msmq-receive-location: 20' }),
    'error-threshold': errorThreshold(1, 'known-issues-for-the-wcf-adapters: locations may be disabled after a move; assumption: at the first poll in vain'),
  },
  ...taking('read', { from: [{ at: 'parameter', parameter: 'from' }, { at: 'beside' }, { at: 'active-server' }], meaning: 'the queue that it polls, and the message queuing service on its own server' }),
  rules: [receivedInProcess, clusteredReader((queue, location, topology) => topology.shared(queue, location).length > 0)],
});
