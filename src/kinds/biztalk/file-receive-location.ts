/**
 * A FILE receive location: polls a share, reads files under a lock, publishes them, then deletes them.
 *
 * A share that is away at a poll is tried again a few times at longer intervals. Files of a batch are read together, each is a message of
 * its own, and all are published in one transaction: one that fails leaves all of them untouched. A file that is still being written is
 * locked by its writer, and not there yet. Not modelled: renaming while reading, change notifications of Windows.
 */
import { duration, integer, kind, record, reference } from '../../model/index.js';
import { receivedInProcess, redundantShare } from './shared/polling-rules.js';
import { pollingCheck, pollingFaults, pollingNeeds, pollingOperations, pollingParameters } from './shared/polling.js';
import { pollingLeases, putThenDelete } from './shared/polling-hops.js';
import { pollingLife } from './shared/polling-life.js';

export const fileReceiveLocation = kind({
  name: 'file-receive-location',
  summary: 'Polls a file share and publishes each file; a file is locked while it is read, so several instances share the work.',
  omits: 'renaming while reading, several batches of an instance at once, pipeline failures other than `error`, throttling',
  placement: { follows: 'host' },
  parameters: {
    ...pollingParameters,
    from: reference('The share that it polls.', { offers: ['share'], required: true }),
    poll: duration('Time between two polls of an instance.', { min: '1s', default: '60s', source: 'assumption: as FTP; no page gives one' }),
    batch: integer('Files that one instance reads at once and publishes in one transaction; the next batch begins when these are deleted.', { min: 1, default: 5, source: 'configure-the-file-adapter: 5 messages' }),
    retry: record('What happens when the share is away at a poll.', {
      count: integer('Tries before the location is disabled.', { min: 1, default: 5, source: 'configure-the-file-adapter: 5 retries' }),
      interval: duration('Time between two tries.', { min: '1s', default: '5m', source: 'configure-the-file-adapter: 5 min' }),
    }, { default: {}, source: 'configure-the-file-adapter: 5 retries, 5 min apart' }),
  },
  functions: { receive: { meaning: 'polls and publishes', needs: pollingNeeds('share') } },
  lifecycle: pollingLife({ retries: true }),
  faults: pollingFaults,
  operations: pollingOperations,
  check: pollingCheck,
  pool: {
    function: 'receive', slots: (values) => values.batch, waiting: () => Infinity,
    leases: { ...pollingLeases, ahead: () => Infinity },
  },
  hop: { ...putThenDelete, together: () => true },
  rules: [receivedInProcess, redundantShare],
});
