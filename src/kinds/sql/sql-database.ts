/** A database of an SQL Server instance or cluster. Not modelled: its size, its backups. */
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';
import { protection, supportedCopies } from '../../model/rule/index.js';

export const sqlDatabase = kind({
  name: 'sql-database',
  summary: 'A database in an SQL Server instance or cluster; it can be offline while the instance runs.',
  omits: 'size, backups and locks between users',
  placement: { in: { offers: ['sql'], meaning: 'containment', required: true } },
  parameters: {
    restart: distribution('Time to be online again after a failure of the database alone, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: as the start of the service',
    }),
    protection,
  },
  functions: {
    sql: {
      meaning: 'answers queries and commits transactions',
      needs: [{ name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the instance it lives in' }],
    },
  },
  lifecycle: plainLife('process'),
  faults: {
    ...plainFaults('the database', 'restart', 'process'),
    'disk-loss': { meaning: 'its data is gone; it is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  store: { function: 'sql', keeps: () => 'committed' },
  rules: [supportedCopies],
});
