/**
 * A POP3 receive location: polls a mailbox, publishes each mail, then deletes it.
 *
 * It is not transactional: a mail that could not be deleted is read again at the next poll. Not modelled: sizes, time limits.
 */
import { duration, integer, kind, reference } from '../../model/index.js';
import { clusteredReader, receivedInProcess } from './shared/polling-rules.js';
import { errorThreshold, pollingParameters } from './shared/polling.js';
import { fetching } from './shared/polling-hops.js';

export const pop3ReceiveLocation = kind({
  name: 'pop3-receive-location',
  summary: 'Polls a mailbox and publishes each mail; several instances get the same mail only where the server lets them in at once.',
  omits: 'sizes and time limits, pipeline failures other than `error`, throttling',
  parameters: {
    ...pollingParameters,
    from: reference('The mailbox that it polls.', { offers: ['mail'], required: true }),
    poll: duration('Time between two polls of an instance.', { min: '1s', default: '5m', source: 'how-to-configure-a-pop3-receive-location: 5 min' }),
    'error-threshold': errorThreshold(10, 'how-to-configure-a-pop3-receive-location: 10; 0 = never'),
    concurrency: integer('Mails that one instance fetches at once.', { min: 1, default: 1, source: 'assumption: one session, one mail after the other' }),
  },
  ...fetching('mail'),
  // One session at a time needs no cluster: what-is-the-pop3-adapter.
  rules: [receivedInProcess, clusteredReader((source) => source.values['concurrent-sessions'] === true)],
});
