/**
 * A folder on a file share: who reads a file locks it, so of several readers one gets it.
 *
 * On one server it fails with that server; in a cluster it moves, and the files with it. A file that is being written is locked by its
 * writer: it is there when it is complete. With a write cache its writer hears so before it is on disk, and a failure in between loses it.
 * Not modelled: renaming while reading, rights.
 */
import { duration, kind, plainFaults, plainLife } from '../../model/index.js';
import type { LifecycleTable } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceNeeds, sourceParameters, untilDeleted } from './shared/source.js';

const plain = plainLife('process', ['site', 'platform']);
/** Whatever ends it without warning ends its cache. */
const life: LifecycleTable = {
  ...plain,
  transitions: plain.transitions.map((one) => (one.on === 'crash' || one.on?.endsWith('-lost') === true ? { ...one, do: [{ do: 'forget' }] } : one)),
};

export const fileShare = kind({
  name: 'file-share',
  summary: 'A folder on a file share: keeps files until their reader deletes them; a file that is read is locked.',
  omits: 'renaming while reading, rights, sizes; what a writer leaves behind that dies while he writes',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: {
    ...sourceParameters,
    'write-cache': duration('A file is on disk so long after its writer was told that it is; a failure before that loses it. A clean stop writes everything.', {
      min: '1ms', absent: 'no write cache: a file is on disk when its writer is told so (configure-the-file-adapter: off)',
    }),
  },
  functions: { share: { meaning: 'takes, hands out and deletes files', needs: sourceNeeds } },
  lifecycle: life,
  faults: {
    ...plainFaults('the share', 'restart', 'process'), ...putFaults,
    'disk-loss': { meaning: 'its files are gone; the folder is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: keptGauge,
  pool: { function: 'share', ...anyNumber },
  buffer: { function: 'share', initial: 'initial', cached: (values) => values['write-cache'], terms: () => untilDeleted },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
