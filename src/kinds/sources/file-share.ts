/**
 * A folder on a file share: who reads a file locks it, so of several readers one gets it.
 *
 * On one server it fails with that server; in a cluster it moves, and the files with it. Not modelled: the write cache of the server
 * (files that a power failure loses), renaming while reading, rights.
 */
import { kind, plainFaults, plainLife } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceNeeds, sourceParameters, untilDeleted } from './shared/source.js';

export const fileShare = kind({
  name: 'file-share',
  summary: 'A folder on a file share: keeps files until their reader deletes them; a file that is read is locked.',
  omits: 'the write cache of the server, renaming while reading, rights, sizes',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: sourceParameters,
  functions: { share: { meaning: 'takes, hands out and deletes files', needs: sourceNeeds } },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the share', 'restart', 'process'), ...putFaults,
    'disk-loss': { meaning: 'its files are gone; the folder is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: keptGauge,
  pool: { function: 'share', ...anyNumber },
  buffer: { function: 'share', initial: 'initial', terms: () => untilDeleted },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
