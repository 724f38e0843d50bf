/**
 * The transaction coordinator of a server or cluster: two-phase commit with a log.
 *
 * Its memory ends with its process: what is not prepared then ends at the transaction timeout, what is prepared is in doubt until it is
 * back, reads its log and answers; without a commit record the answer is abort. Without its log nobody can answer. A clustered one takes
 * its log along. Not modelled: chains of coordinators (a participant whose own coordinator is down cannot be reached), network names,
 * manual resolution while the log exists.
 */
import { distribution, duration, kind, plainFaults, recoveringLife, reference } from '../../model/index.js';
import { clusterOwnsIt } from '../../model/rule/index.js';

export const msdtc = kind({
  name: 'msdtc',
  summary: 'Transaction coordinator: everything transactional beside it needs it; its log outlives its process.',
  omits: 'chains of coordinators, manual resolution of transactions while the log exists',
  placement: { on: { meaning: 'members' }, cluster: {}, in: { offers: ['sql'], meaning: 'containment' }, oneOf: ['on', 'cluster', 'in'] },
  parameters: {
    'name-life': duration('How long it goes on with names that it has looked up.', { default: '20m', source: 'assumption: names are kept for 20 min' }),
    restart: distribution('Time to be started again after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: start of the service' }),
    recovery: distribution('Time in which it reads its log after every start.', { default: '0s', source: 'assumption: included in the restart' }),
    timeout: duration('A transaction that is not prepared ends by itself this long after its beginning.', { default: '60s', source: 'Transaction State Resolution After a System Failure: 60 s' }),
    prepare: distribution('Time from the request to commit until all participants have voted.', { default: '5ms', source: 'assumption: one round trip and a forced write at each participant' }),
    commit: distribution('Time until the commit record is on disk.', { default: '2ms', source: 'assumption: one forced write' }),
    disk: reference('The shared disk that holds the log of a clustered coordinator.', { offers: ['storage'], absent: 'the log lies on its server; that of a clustered one is never lost' }),
  },
  functions: {
    transactions: {
      meaning: 'coordinates transactions',
      needs: [
        { name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the SQL Server whose machine it shares' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', carriesData: true, meaning: 'its server, or the active server of its cluster' },
        { name: 'log', way: 'requires', from: { at: 'parameter', parameter: 'disk' }, function: 'storage', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the disk of its log' },
        { name: 'names', way: 'leased', lease: 'name-life', from: { at: 'group' }, function: 'names', when: 'always', reaction: 'pause', meaning: 'names of servers, both ways, looked up not long ago' },
      ],
    },
  },
  lifecycle: recoveringLife('process', ['platform'], 'recovery'),
  faults: {
    ...plainFaults('the coordinator', 'restart', 'process'),
    'disk-loss': { meaning: 'its log is gone: nobody knows the outcome of what was prepared', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: {
    active: { meaning: 'transactions under way', unit: 'transactions' },
    'in-doubt': { meaning: 'prepared transactions whose outcome nobody can tell now', unit: 'transactions' },
  },
  coordinator: { function: 'transactions', timeout: 'timeout', prepare: 'prepare', commit: 'commit' },
  rules: [clusterOwnsIt],
});
