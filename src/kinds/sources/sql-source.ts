/**
 * Rows in an SQL database that somebody polls: one row is one message. How they are read is up to who reads them.
 * Not modelled: contents, locks between statements, deadlocks of a serializable poll.
 */
import { kind, plainFaults, plainLife } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceParameters, untilDeleted } from './shared/source.js';

export const sqlSource = kind({
  name: 'sql-source',
  summary: 'A table in an SQL database from which rows are polled; each row is a message.',
  omits: 'contents, locks between statements, deadlocks',
  placement: { in: { offers: ['sql'], meaning: 'containment', required: true } },
  parameters: sourceParameters,
  functions: {
    rows: {
      meaning: 'executes statements on the rows',
      needs: [{ name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'stop', carriesData: true, meaning: 'the database it lies in' }],
    },
  },
  lifecycle: plainLife('process', ['instance']),
  faults: { ...plainFaults('the table', 'restart', 'function'), ...putFaults },
  gauges: keptGauge,
  pool: { function: 'rows', ...anyNumber },
  buffer: { function: 'rows', initial: 'initial', terms: () => untilDeleted },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
