/** The name service (DNS) on its own, apart from the directory. Not modelled: zones, several servers, time to live of single records. */
import { distribution, kind, onItsServer, plainFaults, plainLife } from '../../model/index.js';

export const nameService = kind({
  name: 'name-service',
  summary: 'Turns names of servers into addresses: what runs goes on with names that it has looked up, what starts needs it.',
  omits: 'zones, several servers (declare one that fails as the set of them does), time to live of single records',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: { lognormal: { median: '5m', p95: '15m' } }, source: 'assumption: as a server reboot',
    }),
  },
  functions: {
    names: {
      meaning: 'turns names of servers into addresses',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site' },
        onItsServer,
      ],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: plainFaults('the name service', 'restart', 'process'),
});
