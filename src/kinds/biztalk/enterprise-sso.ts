/** The single sign-on service of a server: up or down, with its copy of the master secret. Not modelled: its database, secret refresh, configuration changes. */
import { distribution, kind, plainFaults, plainLife, reference } from '../../model/index.js';

export const enterpriseSso = kind({
  name: 'enterprise-sso',
  summary: 'Single sign-on service on a server: host instances depend on it; it works on its copy of the master secret.',
  omits: 'its database, the refresh of the secret, configuration changes',
  placement: { on: { meaning: 'members', required: true } },
  parameters: {
    secret: reference('The master secret server.', { offers: ['secret'], absent: 'the secret is always at hand' }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: '60s', source: 'assumption: the service manager restarts it after a minute',
    }),
  },
  functions: {
    credentials: {
      meaning: 'decrypts the configuration of ports',
      needs: [
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the server it runs on' },
        {
          name: 'secret', way: 'cached', droppedOn: ['crash', 'stop', 'platform-lost', 'platform-left'], from: { at: 'parameter', parameter: 'secret' }, function: 'secret', when: 'always', reaction: 'pause',
          meaning: 'a copy of the master secret, kept in memory while the service runs',
        },
      ],
    },
  },
  lifecycle: plainLife('process', ['platform']),
  faults: plainFaults('the service', 'restart', 'process'),
});
