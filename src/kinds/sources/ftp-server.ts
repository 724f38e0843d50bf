/**
 * An FTP server with a folder of files: nobody can lock a file, so everybody who looks while it is there takes a copy.
 * Not modelled: files that are still being written, sizes and transfer limits, several folders (each is a component).
 */
import { kind, plainFaults, plainLife } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceNeeds, sourceParameters, untilDeleted } from './shared/source.js';

export const ftpServer = kind({
  name: 'ftp-server',
  summary: 'A folder on an FTP server: keeps files until somebody deletes them; the protocol knows no locks.',
  omits: 'files still being written, sizes and limits of transfers, several folders (each is a component)',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: sourceParameters,
  functions: { files: { meaning: 'takes, lists, hands out and deletes files', needs: sourceNeeds } },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the FTP server', 'restart', 'process'), ...putFaults,
    'disk-loss': { meaning: 'its files are gone; the folder is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: keptGauge,
  pool: { function: 'files', ...anyNumber },
  buffer: { function: 'files', initial: 'initial', terms: () => ({ ...untilDeleted, unlocked: true }) },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
