/**
 * The single sign-on service: on each of its servers, or as one instance that moves with a cluster.
 *
 * It decrypts the configuration of ports with a copy of the master secret that it keeps in memory: a crash, a stop, a reboot drop the
 * copy, the loss of the master secret server does not. Without its database for minutes it refuses everything, but keeps its copy.
 * Not modelled: tickets, single applications and their mappings, the load of requests.
 */
import { choice, connectedLife, connectedParameters, distribution, duration, kind, onItsServer, plainFaults, reference } from '../../model/index.js';
import type { Provider } from '../../model/index.js';
import { clusterOwnsIt } from '../../model/rule/index.js';

const database: readonly Provider[] = [{ at: 'parameter', parameter: 'database' }, { at: 'group', function: 'credential-store', unless: 'database' }];
const secret: readonly Provider[] = [{ at: 'parameter', parameter: 'secret' }, { at: 'group', function: 'master-secret', unless: 'secret' }];

export const enterpriseSso = kind({
  name: 'enterprise-sso',
  summary: 'Single sign-on service on a server: host instances depend on it; it works on its copy of the master secret.',
  omits: 'tickets, affiliate applications and their mappings, load',
  placement: { on: { meaning: 'members' }, cluster: {}, oneOf: ['on', 'cluster'] },
  parameters: {
    secret: reference('The master secret server.', { offers: ['secret'], absent: 'that of its group; if the group names none, the secret is always at hand' }),
    database: reference('The single sign-on database.', { offers: ['sql'], absent: 'that of its group; if the group names none, the database never fails' }),
    'cache-rule': choice('What drops the copy of the master secret besides the end of the service: nothing, or each start of a host instance on its server.', ['service', 'host-restart'], {
      default: 'service', source: 'S-PLAN: only a restart of the service; `host-restart`: master-secret-server (core page)',
    }),
    refresh: duration('Time between two looks for a changed master secret.', { default: '60s', source: 'high-availability-for-the-master-secret-server: 60 s (master-secret-server says 30 s)' }),
    ...connectedParameters,
    restart: distribution('Time to be started again after a crash, when the fault names no duration.', {
      default: '60s', source: 'assumption: the service manager restarts it after a minute',
    }),
  },
  functions: {
    credentials: {
      meaning: 'decrypts the configuration of ports',
      needs: [
        onItsServer,
        { name: 'database', way: 'leased', lease: 'offline-after', renewEvery: 'check', from: database, function: 'sql', when: 'always', reaction: 'pause', meaning: 'a good look at its database not long ago' },
        {
          name: 'secret', way: 'cached', from: secret, function: 'secret', when: 'always', reaction: 'pause',
          droppedOn: ['crash', 'stop', 'platform-lost', 'platform-left', { event: 'host-started', when: { parameter: 'cache-rule', is: 'host-restart' } }],
          staleOn: ['secret-changed'], refresh: 'refresh',
          meaning: 'a copy of the master secret, kept in memory while the service runs',
        },
        { name: 'connection', way: 'requires', from: database, function: 'sql', when: 'start', reaction: 'pause', meaning: 'its database' },
        { name: 'source', way: 'requires', from: secret, function: 'secret', when: 'start', reaction: 'pause', meaning: 'the master secret server' },
        { name: 'coordinator', way: 'requires', from: { at: 'beside' }, function: 'transactions', when: 'start', reaction: 'pause', meaning: 'the transaction coordinator on its server' },
        { name: 'logon', way: 'requires', from: { at: 'group' }, function: 'logon', when: 'start', reaction: 'pause', meaning: 'logon of its service account' },
        { name: 'names', way: 'requires', from: { at: 'group' }, function: 'names', when: 'start', reaction: 'pause', meaning: 'names of servers' },
      ],
    },
  },
  lifecycle: connectedLife({
    hosts: ['platform'],
    ready: [{ to: 'online' }],
    states: { 'no-secret': { meaning: 'runs, but its copy of the master secret is gone and there is no new one', offers: 'none', work: 'dropped' } },
    transitions: [
      { from: 'online', when: { need: 'secret', met: false }, to: 'no-secret' },
      { from: 'no-secret', every: 'refresh', when: { need: 'source', met: true }, to: 'online' },
    ],
  }),
  faults: plainFaults('the service', 'restart', 'process'),
  rules: [clusterOwnsIt],
});
