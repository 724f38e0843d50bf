/**
 * A WCF-SQL receive location: polls a table.
 *
 * A statement that deletes what it reads does so in one distributed transaction with the publishing: each row comes once, whoever dies. A
 * plain select locks nothing: each instance that polls before the rows are marked gets them. Not modelled: polling while data is found.
 */
import { choice, duration, integer, kind, reference } from '../../model/index.js';
import { clusteredReader, receivedInProcess } from './shared/polling-rules.js';
import { errorThreshold, pollingCheck, pollingFaults, pollingNeeds, pollingOperations, pollingParameters } from './shared/polling.js';
import { pollingHop, pollingLeases } from './shared/polling-hops.js';
import { pollingLife } from './shared/polling-life.js';

export const sqlReceiveLocation = kind({
  name: 'sql-receive-location',
  summary: 'Polls rows of an SQL table and publishes each; exactly once where reading and deleting share the transaction of the publishing.',
  omits: 'polling while data is found, deadlocks of serializable polls, time of the two-phase commit, pipeline failures other than `error`, throttling',
  placement: { follows: 'host' },
  parameters: {
    ...pollingParameters,
    from: reference('The table that it polls.', { offers: ['rows'], required: true }),
    poll: duration('Time between two polls of an instance.', { min: '1s', default: '30s', source: 'WCF-SQL binding properties: 30 s' }),
    statement: choice('`destructive`: reads and deletes within the transaction of the publishing. `plain`: a select without it; rows are marked `deletion` after the commit.', ['destructive', 'plain'], {
      default: 'destructive', source: 'WCF-SQL binding properties: ambient transaction on',
    }),
    'error-threshold': errorThreshold(0, 'assumption: never; no page gives a threshold'),
    batch: integer('Rows that one instance works on at once.', { min: 1, default: 1, source: 'transactional-message-batches: batch size fixed 1' }),
  },
  functions: { receive: { meaning: 'polls and publishes', needs: pollingNeeds('rows') } },
  lifecycle: pollingLife({ retries: false }),
  faults: pollingFaults,
  operations: pollingOperations,
  check: pollingCheck,
  pool: {
    function: 'receive', slots: (values) => values.batch, waiting: () => Infinity,
    leases: { ...pollingLeases, ahead: () => Infinity, unlocked: (values) => values.statement === 'plain' },
  },
  hop: {
    ...pollingHop,
    order: (values) => (values.statement === 'destructive' ? 'one-transaction' : 'put-then-settle'),
    steps: (values) => [{ work: values.work, persist: false }],
    settling: (values) => (values.statement === 'destructive' ? undefined : values.deletion),
  },
  rules: [receivedInProcess, clusteredReader()],
});
