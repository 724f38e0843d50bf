/** Storage that several servers reach, one at a time. Not modelled: paths, caches, performance. */
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';

export const sharedDisk = kind({
  name: 'shared-disk',
  summary: 'Storage that the servers of a cluster reach, one at a time: the single copy of its data.',
  omits: 'paths, caches, RAID rebuilds and performance',
  placement: { in: { offers: ['site'], meaning: 'containment' } },
  parameters: {
    restore: distribution('Time to bring the disk back after its loss, when the fault names no duration.', {
      default: { triangular: ['1h', '3h', '8h'] }, source: 'assumption: restore of a shared disk, 1 to 8 hours',
    }),
  },
  functions: {
    storage: {
      meaning: 'reads and writes blocks',
      needs: [{ name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site', carriesData: true }],
    },
  },
  lifecycle: plainLife('host', ['site']),
  faults: {
    ...plainFaults('the disk', 'restore', 'host'),
    'disk-loss': { meaning: 'the disk and all data on it are gone; it is empty when it is back', depth: 'host', event: 'crash', repair: 'restore', wipes: true },
    disaster: { meaning: 'the disk and all data on it are gone for good', depth: 'host', event: 'crash', wipes: true },
  },
});
