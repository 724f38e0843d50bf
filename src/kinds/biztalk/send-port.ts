/**
 * Where messages leave: calls a destination, and deletes the message from the MessageBox only after success.
 *
 * Attempts are counted with the message: first the primary transport, then the backup; between attempts the message waits in the
 * MessageBox, and any instance may make the next one. When all failed it is suspended. With the SQL adapter the call and the delete
 * are one distributed transaction, if the destination can enlist; an abort is a failed attempt. Outside of its window messages wait.
 * With ordered delivery one message is sent at a time, over all instances, and what waits for a retry holds up the others.
 * Not modelled: other adapters, filters, tokens of Service Bus.
 */
import { choice, distribution, duration, flag, integer, kind, plainLife, record, reference } from '../../model/index.js';
import { worksInProcess } from '../../model/rule/index.js';

const retry = (which: string) => record(`Retries of the ${which} transport.`, {
  count: integer('Attempts after the first.', { min: 0, max: 1000, default: 3, source: 'how-to-configure-transport-advanced-options-for-a-send-port: 3' }),
  interval: distribution('Wait before each retry.', { default: '5m', source: 'how-to-configure-transport-advanced-options-for-a-send-port: 5 min' }),
}, { default: {}, source: 'how-to-configure-transport-advanced-options-for-a-send-port' });

const SECOND = 1_000_000;
/** How long one attempt waits, where nothing else is said. */
const TIMEOUTS = { http: 2000 * SECOND, sql: 2000 * SECOND, msmq: 60 * SECOND, 'sb-messaging': 60 * SECOND } as const;

export const sendPort = kind({
  name: 'send-port',
  summary: 'Sends each message to a destination, with retries, a backup transport, and suspension at the end.',
  omits: 'adapters other than HTTP, SQL, MSMQ and Service Bus, tokens of Service Bus; a message that an instance took before the window closed is still sent',
  placement: { follows: 'host' },
  parameters: {
    adapter: choice('How messages leave: by plain calls; by the SQL adapter, whose call can be one transaction with the delete from the MessageBox; into message queuing; or into Service Bus.', ['http', 'sql', 'msmq', 'sb-messaging'], {
      default: 'http', source: 'assumption: the most common transport',
    }),
    enlist: flag('The SQL adapter works in a distributed transaction with the MessageBox, where the destination can take part in one.', {
      default: true, source: 'transactional-message-batches: both ends share an MSDTC transaction',
    }),
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    to: reference('The destination; of `msmq` the message queuing service, of `sb-messaging` the queue or topic.', { offers: ['serve', 'accept'], required: true }),
    work: distribution('Time in the port before the destination is called.', { default: '0s', source: 'assumption: the send of 50 ms is the work of the destination' }),
    timeout: duration('How long one attempt waits for its answer.', { absent: '2000 s for http (http-adapter-configuration-and-tuning-parameters) and sql (assumption), 1 min for sb-messaging (sb-messaging-adapter) and msmq (assumption)' }),
    connections: integer('Calls that one instance may have under way to one destination; one more waits, with its thread.', { min: 1, absent: 'any number; the default of the product for HTTP is 2 (http-adapter-configuration-and-tuning-parameters)' }),
    retry: retry('primary'),
    priority: integer('Priority of its subscription, 1 the highest: an instance takes what has the highest first, without fairness.', { min: 1, max: 9, default: 7, source: 'how-to-configure-transport-advanced-options-for-a-send-port: activating subscriptions 7; assumption: a send port is one' }),
    'initial-suspended': integer('Messages of the first flow through it that are suspended at time 0.', { min: 0, default: 0, source: 'assumption: none' }),
    backup: record('The backup transport.', {
      to: reference('The other destination.', { offers: ['serve', 'accept'], required: true }),
      retry: retry('backup'),
    }, { absent: 'no backup transport: suspended after the last retry' }),
    window: record('Messages are taken only within these hours of each day; time 0 is midnight. Until then they wait.', {
      from: duration('It opens so long after midnight.', { max: '24h', required: true }),
      until: duration('It closes so long after midnight; before the opening: on the next day.', { max: '24h', required: true }),
    }, { absent: 'always open' }),
    ordered: choice('Ordered delivery: one message at a time, in their order. When one failed for good it is suspended, not to be resumed, and the rest goes on with a gap; or the port stops with everything behind it until it is resumed.', ['no', 'skip-failed', 'stop-on-failure'], {
      default: 'no', source: 'ordered-delivery-of-messages: off unless asked for',
    }),
    'failed-to': reference('Failed-message routing: the send port of the same group that takes what failed for good, instead of suspension. What fails there too is suspended there.', { offers: ['send'], absent: 'it is suspended' }),
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
  gauges: {
    suspended: { meaning: 'messages suspended at this port', unit: 'messages', whole: true },
    failed: { meaning: 'messages that failed for good and were given to the port named by `failed-to`', unit: 'messages', whole: true },
  },
  check: ({ window }) => (window !== undefined && window.from === window.until ? ['the window opens and closes at the same time of day: it would never be open'] : []),
  hop: {
    pool: { parameter: 'host' },
    intake: 'store',
    order: (values) => (values.adapter === 'sql' && values.enlist ? 'one-transaction' : 'put-then-settle'),
    protocol: { name: (values) => values.adapter, key: 'adapter' },
    transactional: (values) => values.adapter === 'sql' && values.enlist,
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    ladder: (values) => ({
      rungs: [
        { to: values.to, tries: values.retry.count + 1, interval: values.retry.interval },
        ...(values.backup === undefined ? [] : [{ to: values.backup.to, tries: values.backup.retry.count + 1, interval: values.backup.retry.interval }]),
      ],
      ...(values.connections === undefined ? {} : { connections: values.connections }),
      timeout: values.timeout ?? TIMEOUTS[values.adapter],
      ...(values['failed-to'] === undefined ? {} : { failedTo: values['failed-to'] }),
      exhausted: 'suspend',
      waits: 'store',
    }),
    onError: 'attempt',
    errors: 'failed-to',
    ordered: (values) => (values.ordered === 'no' ? undefined : { stops: values.ordered === 'stop-on-failure' }),
    window: (values) => values.window,
    priority: 'priority',
    suspended: 'initial-suspended',
    to: ['to'],
  },
  rules: [worksInProcess],
});
