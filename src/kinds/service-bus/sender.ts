/**
 * A Service Bus client that sends: tries, waits, tries again, and sends to another namespace or to both if it is told so.
 *
 * Without a client queue its caller waits until a namespace has accepted the message or all attempts failed. With one the message is
 * written down first and sent from there; then the caller hears "accepted" at once.
 * Passive replication: one queue is in use; a send that fails there goes to the other, and if that succeeds the roles change.
 * Both fail: the roles stay. Nothing brings them back by time. Active replication: every message goes to all; one success is enough.
 * Paired namespaces: while the queue has been away too long, messages go to backlog queues; receivers wait for it all the same.
 * Transactions: so many messages are stored together or not at all; none of them is tried again inside of it, and a lost answer leaves all in
 * doubt. Whoever waits for the answer may offer them again, and then they come together again, with whatever else comes.
 * Not modelled: batches, transactions over several entities, a buffer of the client library that loses what it accepted.
 */
import { choice, distribution, duration, inItsSite, integer, kind, onItsServer, plainFaults, plainLife, record, reference } from '../../model/index.js';
import { listOfIds, syphonRuns, timeForAnotherFragment, twoDatacenters } from './shared/rules.js';
import { habitsOf, tokenHabits } from './shared/tokens.js';

const SECOND = 1_000_000;
/** Retry policies of the two client libraries. */
const CLIENTS = {
  classic: { retries: 10, base: SECOND, cap: 30 * SECOND, busy: 10 * SECOND, bounded: true },
  modern: { retries: 3, base: 0.8 * SECOND, cap: 60 * SECOND, busy: 2 * SECOND, bounded: false },
} as const;

/** A transaction is of one queue or topic, and nothing inside of it is tried again. */
function againstTransactions(values: { readonly transaction: { readonly messages: number } | undefined; readonly replication: string; readonly paired: unknown; readonly 'client-queue': unknown; readonly concurrency: number | undefined; readonly retries: number | undefined }): readonly string[] {
  const { transaction, replication, concurrency = Infinity, retries } = values;
  if (transaction === undefined) return [];
  return [
    ...(replication === 'none' ? [] : [`a transaction covers one queue or topic, and ${replication} replication sends to several`]),
    ...(values.paired === undefined ? [] : ['a transaction covers one queue or topic, and paired namespaces have backlog queues besides']),
    ...(values['client-queue'] === undefined ? [] : ['what lies in a client queue is sent one by one, not in a transaction']),
    ...(concurrency < transaction.messages ? [`a transaction of ${String(transaction.messages)} messages needs a concurrency of as many, and it has ${String(concurrency)}`] : []),
    ...(retries === undefined ? [] : ['nothing is tried again inside a transaction: leave "retries" out, and let the client of the flow offer its messages again']),
  ];
}

export const serviceBusSender = kind({
  name: 'service-bus-sender',
  summary: 'Sends messages to a queue or topic, with retries, replication to a second namespace, and a durable queue of its own.',
  omits: 'batches, and transactions over several entities',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    to: reference('Queues or topics, in the order of use; several for replication.', { offers: ['accept'], many: true, required: true }),
    replication: choice('To one of them only; to one, and to another when that fails; or to all of them.', ['none', 'passive', 'active'], {
      default: 'none', source: 'insulating applications against Service Bus outages: replication is for the application to build',
    }),
    swap: choice('Passive replication: the roles change when a send fails at the queue in use and succeeds at another; or at every failure, as the sample does.', ['document', 'sample'], {
      default: 'document', source: 'insulating applications against Service Bus outages; GeoReplication sample: swaps at each of up to 10 tries',
    }),
    client: choice('Retry policy: the whole operation is bounded by the timeout (classic), or each try is (modern).', ['classic', 'modern'], {
      default: 'classic', source: 'RetryPolicy.Default of the client of the document (2017); modern: ServiceBusRetryOptions',
    }),
    timeout: duration('Classic: of an operation with all its tries. Modern: of one try.', { default: '60s', source: 'service-bus-partitioning and ServiceBusRetryOptions: 60 s' }),
    retries: integer('Tries after the first.', { min: 0, max: 50, absent: '10 for classic (RetryExponential), 3 for modern (ServiceBusRetryOptions)' }),
    'first-wait': duration('Wait before the second try; it doubles from try to try.', { absent: '1 s for classic (assumption), 0.8 s for modern (ServiceBusRetryOptions)' }),
    'longest-wait': duration('Waits do not grow beyond this.', { absent: '30 s for classic (RetryExponential), 60 s for modern (ServiceBusRetryOptions)' }),
    'busy-wait': duration('Wait after the answer that the service is busy.', { absent: '10 s for classic (service-bus-async-messaging), 2 s for modern (service-bus-throttling)' }),
    work: distribution('Time in the client before a message is sent.', { default: '0s', source: 'assumption: none' }),
    concurrency: integer('Messages that one member sends at once.', { min: 1, absent: 'any number' }),
    paired: record('Paired namespaces: what cannot be sent for `failover-interval` goes to backlog queues in a second namespace, from where a syphon brings it back.', {
      backlog: reference('The backlog queues.', { offers: ['accept'], many: true, required: true }),
      'failover-interval': duration('Time without a success since the first failure (an error or no answer, once the tries are over) until backlog queues are used; 0: at that failure. Busy and unauthorized do not count.', { default: '10m', source: 'assumption: no default was found; samples use 1 min and 10 s' }),
      ping: duration('Then the queue is asked so often whether it accepts again; the first time it does, it is used again.', { min: '1s', default: '60s', source: 'service-bus-paired-namespaces: every minute' }),
    }, { absent: 'no second namespace for messages that wait' }),
    'client-queue': record('A durable queue of its own: messages are written down first, then sent.', {
      capacity: integer('Messages that it holds; one more is refused.', { min: 1, default: 100_000, source: 'assumption: 100 000' }),
      write: distribution('Time to write one message.', { default: '1ms', source: 'assumption: 1 ms' }),
      pause: duration('A message that could not be sent waits so long before it is taken up again.', { default: '5s', source: 'assumption: 5 s' }),
    }, { absent: 'none: the caller waits for the answer of the service' }),
    transaction: record('It sends so many messages, one after the other as they come, in one transaction: all of them are stored, or none.', {
      messages: integer('Messages of one transaction; the service takes at most 100 (service-bus-quotas). Each member gathers its own.', { min: 2, max: 100, required: true }),
      key: choice('For a partitioned queue or topic, which refuses a transaction with different keys or without one: each message has the key of its flow; only messages of one key come together; or all get one key, that of the transaction.', ['own', 'same', 'transaction'], {
        default: 'own', source: 'BrokeredMessage.PartitionKey: the application sets it',
      }),
      timeout: duration('From its first message until it is committed; then it is rolled back, also what never came together.', { min: '1s', default: '2m', source: 'service-bus-transactions: two minutes from the first operation' }),
    }, { absent: 'every message for itself' }),
    ...tokenHabits,
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start, as a host instance' }),
  },
  functions: {
    send: {
      meaning: 'takes messages and sends them',
      needs: [
        { ...inItsSite, carriesData: true },
        { ...onItsServer, carriesData: true },
      ],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the client', 'restart', 'process'),
    'disk-loss': { meaning: 'what its own queue held is gone', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'a message is sent, or written down; its caller does not hear of it', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the request is refused (`taken`), or fails in the client (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  gauges: { messages: { meaning: 'messages in its own queue', unit: 'messages', whole: true } },
  check: (values) => [
    ...againstTransactions(values),
    ...(values.replication !== 'none' && values.to.length < 2 ? [`${values.replication} replication needs two targets or more, and "to" names ${String(values.to.length)}`] : []),
    ...(values.replication !== 'none' && values.paired !== undefined ? [`${values.replication} replication and paired namespaces exclude each other`] : []),
    ...(values.paired?.backlog.some((queue) => values.to.includes(queue)) === true ? ['a queue that it sends to cannot be a backlog queue of it'] : []),
    ...(values.replication === 'none' && values.to.length > 1 ? ['without replication it sends to one target, and "to" names several'] : []),
  ],
  pool: {
    function: 'send',
    slots: (values) => values.concurrency ?? Infinity,
    waiting: () => Infinity,
    leases: { ahead: () => 0, renews: () => 0 },
  },
  buffer: {
    function: 'send',
    terms: (values) => (values['client-queue'] === undefined ? undefined : {
      lock: Infinity, deliveries: Infinity, pause: values['client-queue'].pause, timeToLive: Infinity, keepsExpired: false,
      window: 0, capacity: values['client-queue'].capacity, capacityBytes: Infinity, spread: 'in-turn', reroute: 0, writing: values['client-queue'].write,
    }),
  },
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    sends: (values) => {
      const policy = CLIENTS[values.client];
      const { paired } = values;
      return {
        ...(paired === undefined ? { to: values.to, mode: values.replication === 'none' ? 'single' : values.replication }
          : { to: [...values.to, ...paired.backlog], mode: 'standby', standby: { after: paired['failover-interval'], ping: paired.ping } }),
        ...(values.transaction === undefined ? {} : { together: values.transaction }),
        swaps: values.swap === 'sample' ? 'on-failure' : 'on-success',
        targets: values.swap === 'sample' ? 10 : values.to.length,
        timeout: values.timeout, limit: policy.bounded ? values.timeout : Infinity,
        retries: values.retries ?? policy.retries, base: values['first-wait'] ?? policy.base, cap: values['longest-wait'] ?? policy.cap, busy: values['busy-wait'] ?? policy.busy,
        tokens: habitsOf(values),
      };
    },
    onError: 'refuse',
    to: ['to'],
  },
  rules: [twoDatacenters, listOfIds, timeForAnotherFragment, syphonRuns],
});
