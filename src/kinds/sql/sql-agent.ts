/**
 * The SQL Server Agent: runs the jobs of the databases beside it. While it is stopped, what dead instances had locked is not freed and
 * finished messages are not deleted. Not modelled: single jobs that fail, the time that a run takes.
 */
import { distribution, kind, plainFaults, plainLife, reference } from '../../model/index.js';

export const sqlAgent = kind({
  name: 'sql-agent',
  summary: 'The service that runs the jobs of an SQL Server instance.',
  omits: 'single jobs that fail or are disabled, the time that a run takes',
  placement: { on: { meaning: 'members' }, cluster: {}, in: { offers: ['sql'], meaning: 'containment' }, oneOf: ['on', 'cluster', 'in'] },
  parameters: {
    instance: reference('The SQL Server instance that it belongs to, where its place does not say so.', { offers: ['sql'], absent: 'the one that contains it or whose cluster it is on' }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: start of the service' }),
  },
  functions: {
    jobs: {
      meaning: 'runs the jobs beside it',
      needs: [
        {
          name: 'instance', way: 'requires', from: [{ at: 'container' }, { at: 'server' }, { at: 'parameter', parameter: 'instance' }], function: 'sql', when: 'always', reaction: 'pause',
          meaning: 'the SQL Server instance it belongs to',
        },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'its server, or the active server of its cluster' },
      ],
    },
  },
  lifecycle: plainLife('process', ['platform']),
  faults: plainFaults('the agent', 'restart', 'process'),
});
