/**
 * An FTP receive location: polls a folder, fetches each file, publishes it, then deletes it at the server.
 *
 * FTP has no locks: every instance that polls while a file is there fetches it. Not modelled: files still being written, time limits of a transfer.
 */
import { integer, duration, kind, reference } from '../../model/index.js';
import { clusteredReader, oneReaderOfAnAddress, receivedInProcess } from './shared/polling-rules.js';
import { errorThreshold, pollingParameters } from './shared/polling.js';
import { fetching } from './shared/polling-hops.js';

export const ftpReceiveLocation = kind({
  name: 'ftp-receive-location',
  summary: 'Polls a folder on an FTP server and publishes each file; every instance that sees a file takes it.',
  omits: 'files still being written, timeouts of transfers, pipeline failures other than `error`, throttling',
  parameters: {
    ...pollingParameters,
    from: reference('The folder that it polls.', { offers: ['files'], required: true }),
    poll: duration('Time between two polls of an instance.', { min: '1s', default: '60s', source: 'configuring-the-ftp-adapter: 60 s' }),
    'error-threshold': errorThreshold(10, 'configuring-the-ftp-adapter: 10; assumption: consecutive, as stated for SharePoint'),
    concurrency: integer('Files that one instance fetches at once.', { min: 1, default: 1, source: 'assumption: one connection' }),
  },
  ...fetching('files'),
  rules: [receivedInProcess, clusteredReader(), oneReaderOfAnAddress],
});
