/** Directory and logon. Not modelled: several controllers (declare one that fails as the set of them does), DNS names. */
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';

export const domainController = kind({
  name: 'domain-controller',
  summary: 'Logon for services: what runs goes on with its tickets, what starts needs it.',
  omits: 'replication between controllers, DNS names and clock skew',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: { lognormal: { median: '5m', p95: '15m' } }, source: 'assumption: as a server reboot',
    }),
  },
  functions: {
    logon: {
      meaning: 'issues and renews tickets',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the server it runs on' },
      ],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: plainFaults('the directory', 'restart', 'process'),
});
