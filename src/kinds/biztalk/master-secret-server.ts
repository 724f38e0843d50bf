/** The one place that keeps the master secret: up or down. Not modelled: backup of the secret, promotion of another server. */
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';

export const masterSecretServer = kind({
  name: 'master-secret-server',
  summary: 'Keeps the master secret; services that start need it, services that run have a copy.',
  omits: 'secret backup, promotion of another server, secrets not restored on the second server',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: {
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: '60s', source: 'assumption: the service manager restarts it after a minute' }),
  },
  functions: {
    secret: {
      meaning: 'hands out the master secret',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'its server, or the active server of its cluster' },
      ],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: plainFaults('the service', 'restart', 'process'),
});
