/**
 * A single SQL Server instance with its data on its own disk. Its operations compete for the processors of its server with those of
 * other instances that are active there. Not modelled: queries other than those of messages. Its jobs are those of an
 * sql-agent beside it.
 */
import { choice, distribution, integer, kind, onItsServer, plainFaults, recoveringLife } from '../../model/index.js';
import { protection, supportedCopies } from '../../model/rule/index.js';

export const sqlServer = kind({
  name: 'sql-server',
  summary: 'A single SQL Server instance; on a server of its own unless `on:` names one.',
  omits: 'load other than that of messages',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 } },
  parameters: {
    operation: distribution('Time of a processor of its server that one published message costs: routing, later its dequeue and delete.', {
      absent: 'queries take no time of the server',
    }),
    cpus: integer('Processors of the server of its own, when `on:` names none.', { min: 1, default: 4, source: 'assumption: a common size' }),
    restart: distribution('Time to be started again after a crash, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: start of the service',
    }),
    'crash-recovery': distribution('Redo and undo of the databases after every start.', {
      default: '0s', source: 'assumption: included in the outage; the documented target is up to 60 s',
    }),
    'in-doubt-resolution': choice('What becomes of its part of a prepared transaction whose coordinator has lost its log.', ['none', 'commit', 'abort'], {
      default: 'none', source: 'in-doubt xact resolution: 0 = no presumption, it waits for a person; 1 commit; 2 abort',
    }),
    protection,
  },
  functions: {
    sql: {
      meaning: 'answers queries and commits transactions',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', carriesData: true, meaning: 'power and network of the site' },
        { ...onItsServer, carriesData: true },
      ],
    },
  },
  lifecycle: recoveringLife('process', ['site', 'platform'], 'crash-recovery'),
  faults: {
    ...plainFaults('the SQL Server instance', 'restart', 'process'),
    'disk-loss': { meaning: 'its data is gone; it is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
    disaster: { meaning: 'the instance and its data are gone for good', depth: 'host', event: 'crash', wipes: true },
  },
  box: { scope: 'server' },
  store: { function: 'sql', keeps: () => 'committed', inDoubt: (values) => values['in-doubt-resolution'], operation: (values) => values.operation },
  cpus: (values) => values.cpus,
  rules: [supportedCopies],
});
