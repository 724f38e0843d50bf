/**
 * Rows written in an SQL database: a destination whose work can be part of the sender's transaction.
 *
 * Called in a transaction, its rows appear with the commit or not at all; prepared rows outlive a crash of their database and wait,
 * locked, for the outcome. Called outside of one, they appear when the work ends. Not modelled: contents, locks between messages, deadlocks.
 */
import { distribution, integer, kind, plainLife } from '../../model/index.js';

export const sqlTable = kind({
  name: 'sql-table',
  summary: 'A destination in an SQL database: each message becomes rows, within the transaction of its sender if it has one.',
  omits: 'contents, locks between messages, deadlocks, triggers',
  placement: { in: { offers: ['sql'], meaning: 'containment', required: true } },
  parameters: {
    work: distribution('Time of the statements for one message.', { default: '50ms', source: 'assumption: as the send to any destination' }),
    concurrency: integer('Messages worked on at once.', { min: 1, absent: 'every message is worked on at once' }),
  },
  functions: {
    serve: {
      meaning: 'executes statements',
      needs: [{ name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'stop', carriesData: true, meaning: 'the database it lies in' }],
    },
    enlist: {
      meaning: 'takes part in distributed transactions',
      needs: [{ name: 'coordinator', way: 'requires', from: { at: 'beside' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator beside its database' }],
    },
  },
  // Open transactions end with the instance: what was not prepared is rolled back.
  lifecycle: plainLife('process', ['instance']),
  faults: {
    stop: { meaning: 'the table cannot be written (locked, or its database restricted)', depth: 'function', event: 'stop' },
    slow: { meaning: 'its statements take `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the statements are done, the answer is lost', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the statement is refused (`taken`), or fails after its work without effect (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  pool: { function: 'serve', slots: (values) => values.concurrency ?? Infinity, waiting: () => Infinity },
  speaks: ['sql'],
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'effect',
    onError: 'refuse',
    enlists: () => 'enlist',
  },
});
