/**
 * Where messages leave: calls a destination, and deletes the message from the MessageBox only after success.
 *
 * Attempts are counted with the message: first the primary transport, then the backup; between attempts the message waits in the
 * MessageBox, and any instance may make the next one. When all failed it is suspended. With the SQL adapter the call and the delete
 * are one distributed transaction, if the destination can enlist; an abort is a failed attempt. Not modelled: other adapters,
 * connection limits, service windows, ordered delivery.
 */
import { choice, distribution, duration, flag, integer, kind, plainLife, record, reference } from '../../model/index.js';
import { worksInProcess } from '../../model/rule/index.js';

const retry = (which: string) => record(`Retries of the ${which} transport.`, {
  count: integer('Attempts after the first.', { min: 0, max: 1000, default: 3, source: 'how-to-configure-transport-advanced-options-for-a-send-port: 3' }),
  interval: distribution('Wait before each retry.', { default: '5m', source: 'how-to-configure-transport-advanced-options-for-a-send-port: 5 min' }),
}, { default: {}, source: 'how-to-configure-transport-advanced-options-for-a-send-port' });

export const sendPort = kind({
  name: 'send-port',
  summary: 'Sends each message to a destination, with retries, a backup transport, and suspension at the end.',
  omits: 'adapters other than HTTP and SQL, connection limits, service windows, ordered delivery',
  placement: { follows: 'host' },
  parameters: {
    adapter: choice('How messages leave: by plain calls, or by the SQL adapter, whose call can be one transaction with the delete from the MessageBox.', ['http', 'sql'], {
      default: 'http', source: 'assumption: the most common transport',
    }),
    enlist: flag('The SQL adapter works in a distributed transaction with the MessageBox, where the destination can take part in one.', {
      default: true, source: 'transactional-message-batches: both ends share an MSDTC transaction',
    }),
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    to: reference('The destination.', { offers: ['serve'], required: true }),
    work: distribution('Time in the port before the destination is called.', { default: '0s', source: 'assumption: the send of 50 ms is the work of the destination' }),
    timeout: duration('How long one attempt waits for its answer.', { default: '2000s', source: 'http-adapter-configuration-and-tuning-parameters: 2000 s' }),
    retry: retry('primary'),
    priority: integer('Priority of its subscription, 1 the highest: an instance takes what has the highest first, without fairness.', { min: 1, max: 9, default: 7, source: 'how-to-configure-transport-advanced-options-for-a-send-port: activating subscriptions 7; assumption: a send port is one' }),
    'initial-suspended': integer('Messages of the first flow through it that are suspended at time 0.', { min: 0, default: 0, source: 'assumption: none' }),
    backup: record('The backup transport.', {
      to: reference('The other destination.', { offers: ['serve'], required: true }),
      retry: retry('backup'),
    }, { absent: 'no backup transport: suspended after the last retry' }),
  },
  functions: {
    send: {
      meaning: 'sends messages',
      needs: [
        { name: 'host', way: 'requires', from: { at: 'parameter', parameter: 'host' }, function: 'run', when: 'always', reaction: 'pause', meaning: 'the host instance on the same server' },
      ],
    },
  },
  lifecycle: plainLife('function'),
  faults: {
    stop: { meaning: 'the port is stopped; messages wait', depth: 'function', event: 'stop' },
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    error: { meaning: 'an attempt fails in the port', depth: 'function', steps: ['worked'] },
  },
  operations: {
    resume: { meaning: 'suspended messages go back to the queue, with their attempts forgotten', suspended: 'resume' },
    terminate: { meaning: 'suspended messages are given up: rejected, with the cause `terminated`', suspended: 'terminate' },
    deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] },
  },
  gauges: { suspended: { meaning: 'messages suspended at this port', unit: 'messages', whole: true } },
  hop: {
    pool: { parameter: 'host' },
    intake: 'store',
    order: (values) => (values.adapter === 'sql' && values.enlist ? 'one-transaction' : 'put-then-settle'),
    transactional: (values) => values.adapter === 'sql' && values.enlist,
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    ladder: (values) => ({
      rungs: [
        { to: values.to, tries: values.retry.count + 1, interval: values.retry.interval },
        ...(values.backup === undefined ? [] : [{ to: values.backup.to, tries: values.backup.retry.count + 1, interval: values.backup.retry.interval }]),
      ],
      timeout: values.timeout,
      exhausted: 'suspend',
      waits: 'store',
    }),
    onError: 'attempt',
    priority: 'priority',
    suspended: 'initial-suspended',
    to: ['to'],
  },
  rules: [worksInProcess],
});
