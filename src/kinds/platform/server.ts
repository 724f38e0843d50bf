/** A computer, physical or virtual. Not modelled: its network cards, its local disks, load other than the work of its members. */
import { distribution, integer, kind, plainFaults, plainLife, size } from '../../model/index.js';

export const server = kind({
  name: 'server',
  summary: 'A computer that carries members of other components.',
  omits: 'network cards, local disks, and processor load: work takes its time whatever else runs',
  placement: { in: { offers: ['site'], meaning: 'containment' }, count: true },
  parameters: {
    cpus: integer('Processors; hosts derive their threads and their lock limit from it.', { min: 1, default: 4, source: 'assumption: a common size' }),
    memory: size('Memory; hosts derive limits of throttling from it.', { default: '16GiB', source: 'assumption: a common size' }),
    reboot: distribution('Time from a crash or restart to running again, when the fault names no duration of its own.', {
      default: { lognormal: { median: '5m', p95: '15m' } }, source: 'assumption: reboot, median 5 min and 95 % within 15 min',
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
    disaster: { meaning: 'the computer and its local data are gone for good', depth: 'host', event: 'crash', wipes: true },
  },
  box: { scope: 'server' },
  cpus: (values) => values.cpus,
  memory: (values) => values.memory,
});
