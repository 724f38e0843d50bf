/** A computer, physical or virtual. Not modelled: its network cards, single disks, processor load other than that of databases. */
import { distribution, integer, kind, plainFaults, plainLife, size } from '../../model/index.js';

export const server = kind({
  name: 'server',
  summary: 'A computer that carries members of other components.',
  omits: 'network cards, single disks, and processor load other than that of databases',
  placement: { in: { offers: ['site'], meaning: 'containment' }, count: true },
  parameters: {
    cpus: integer('Processors; hosts derive their threads and their lock limit from it.', { min: 1, default: 4, source: 'assumption: a common size' }),
    memory: size('Memory; hosts derive limits of throttling from it.', { default: '16GiB', source: 'assumption: a common size' }),
    reboot: distribution('Time from a crash or restart to running again, when the fault names no duration of its own.', {
      default: { lognormal: { median: '5m', p95: '15m' } }, source: 'assumption: reboot, median 5 min and 95 % within 15 min',
    }),
    rebuild: distribution('Time until it runs again after the loss of its disks, when the fault names no duration.', {
      default: { triangular: ['2h', '4h', '12h'] }, source: 'assumption: rebuilt and joined again',
    }),
  },
  functions: {
    run: {
      meaning: 'carries processes',
      needs: [{ name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power and network of the site', carriesData: true }],
    },
  },
  // To everybody outside a computer that answers nothing is gone: its heartbeats are missing too.
  lifecycle: plainLife('host', ['site'], 'host'),
  faults: {
    ...plainFaults('the computer', 'reboot', 'host'),
    'disk-loss': { meaning: 'its local disks and the data on them are gone; it is built anew', depth: 'host', event: 'crash', repair: 'rebuild', wipes: true },
    disaster: { meaning: 'the computer and its local data are gone for good', depth: 'host', event: 'crash', wipes: true },
  },
  box: { scope: 'server' },
  cpus: (values) => values.cpus,
  memory: (values) => values.memory,
});
