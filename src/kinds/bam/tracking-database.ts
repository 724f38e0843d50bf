/**
 * A database that tracking data is kept in: the tracking database (DTA), or the import database of business activity monitoring.
 *
 * Rows come from the BAM Event Bus, from the job of a group, or from interceptors, and lie here until the purge job finds them old. With
 * the SQL Agent stopped they pile up. Not modelled: archives, aggregation, and what reading it costs.
 */
import { distribution, duration, integer, kind, plainFaults, plainLife } from '../../model/index.js';
import type { NeedDeclaration } from '../../model/index.js';

const instance: NeedDeclaration = {
  name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the database server it lies in',
};

export const trackingDatabase = kind({
  name: 'tracking-database',
  summary: 'A DTA or BAM import database: keeps the rows of tracking data until a job of the SQL Agent purges them.',
  omits: 'archives, aggregation, the size of rows, and events of routes: they are messages and no rows',
  placement: { in: { offers: ['sql'], meaning: 'containment', required: true } },
  parameters: {
    keep: duration('Rows that came here so long ago are purged.', { min: '1s', default: '1d', source: 'how-to-identify-bottlenecks-in-the-tracking-database: live hours 0, live days 1' }),
    purge: duration('Period of the job that purges them. It runs while every declared agent beside the database does.', { min: '1ms', default: '1m', source: 'assumption: every minute' }),
    limit: integer('With so many rows it takes nothing more until rows are purged: who brings some keeps them. What has begun to be written before is written whole.', {
      min: 1, absent: 'it takes any number (assumption: no page gives a limit)',
    }),
    restart: distribution('Time to be online again after a failure of the database alone, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: as the start of the service',
    }),
  },
  functions: {
    sql: { meaning: 'answers queries and commits transactions', needs: [instance] },
    purge: {
      meaning: 'old rows are purged',
      needs: [
        instance,
        { name: 'agent', way: 'requires', from: { at: 'beside' }, function: 'jobs', when: 'always', reaction: 'pause', meaning: 'every declared agent beside it' },
      ],
    },
  },
  lifecycle: plainLife('process'),
  faults: {
    ...plainFaults('the database', 'restart', 'process'),
    'disk-loss': { meaning: 'its data is gone; it is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: { rows: { meaning: 'rows of tracking data kept', unit: 'rows', whole: true } },
  store: { function: 'sql', keeps: () => 'committed' },
  keepsRows: { function: 'purge', period: 'purge', keep: 'keep', limit: 'limit' },
});
