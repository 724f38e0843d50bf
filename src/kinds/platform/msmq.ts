/**
 * Message queuing on servers: keeps what it was given until the destination has taken it, in memory or on disk.
 *
 * An express message lies in memory and is gone with the service; a recoverable one is on disk; transactional ones are recoverable too, go
 * out in their order, and one that comes a second time is known. The member on the caller's server is called, where there is one.
 * What cannot be handed on is tried again until its time is over. Clustered, it moves with its group.
 * Not modelled: the read side of a queue with its own transaction, journals, acknowledgement queues.
 */
import { choice, distribution, duration, flag, integer, kind, plainFaults, plainLife, reference } from '../../model/index.js';
import type { LifecycleTable, LifeAction } from '../../model/index.js';
import type { RuleDeclaration } from '../../model/rule/index.js';

const DAY = 86_400_000_000;
const FORGET: readonly LifeAction[] = [{ do: 'forget' }];
const plain = plainLife('process', ['platform']);

/** As any process; but whenever it ends, what it kept in memory is gone. */
const life: LifecycleTable = {
  ...plain,
  transitions: plain.transitions.map((one) => (one.on === undefined || one.on === 'hang' ? one : { ...one, do: FORGET })),
};

const sameGroup: RuleDeclaration = {
  name: 'L14',
  level: 'warning',
  meaning: 'Who sends through a clustered message queuing service works in a host of the same cluster group.',
  reason: 'a host that stays while the service moves finds no service beside it, and its locations may be disabled after a move',
  source: 'considerations-for-running-adapter-handlers; known-issues-for-the-wcf-adapters',
  remedy: 'cluster the host in the same group',
  find: (service, topology) => {
    const group = topology.cluster(service);
    if (group === undefined) return [];
    const senders = topology.components.filter((one) => topology.named(one, 'to').includes(service));
    return senders.flatMap((sender) => topology.named(sender, 'host').filter((host) => topology.cluster(host) !== group).map((host) => ({
      message: `${sender.name} sends through ${service.name} in ${group.name}, and its host ${host.name} is not in that group`,
    })));
  },
};

export const msmq = kind({
  name: 'msmq',
  summary: 'Message queuing on a server: express messages end with the service, recoverable and transactional ones outlive it.',
  omits: 'the read side of a queue with a transaction of its own, journals, and limits of size',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' }, cluster: {}, oneOf: ['on', 'cluster'] },
  parameters: {
    to: reference('Where the messages go: what reads the queue, or the message queuing service of another server.', { offers: ['serve', 'accept'], required: true }),
    delivery: choice('Messages are kept in memory; on disk; or on disk, handed on in their order, and known when they come again.', ['express', 'recoverable', 'transactional'], {
      default: 'express', source: 'how-to-configure-an-msmq-send-port: transactional and recoverable are off',
    }),
    'time-to-reach-queue': duration('A message that could not be handed on for so long is dead.', { min: '1s', default: '4d', source: 'MaxTimeToReachQueue: 4 days' }),
    'dead-letter': flag('Dead messages are kept for an operator; else they are dropped.', { default: true, source: 'how-to-configure-an-msmq-send-port: on' }),
    retry: duration('A message that could not be handed on is tried again after this time.', { default: '30s', source: 'SeqResend: 30 s for the first tries; assumption: for all of them' }),
    timeout: duration('One attempt waits so long for its answer.', { default: '60s', source: 'assumption: as other clients' }),
    concurrency: integer('Messages handed on at once, by one member.', { min: 1, absent: 'one where they are transactional, else any number' }),
    write: distribution('Time to take a message in.', { default: '1ms', source: 'assumption: 1 ms' }),
    work: distribution('Time of the service before it hands a message on.', { default: '0s', source: 'assumption: none' }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: '20s', source: 'assumption: restart of the service 20 s; a move is the business of its cluster group' }),
  },
  functions: {
    accept: {
      meaning: 'takes messages in and hands them on',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'pause', meaning: 'power and network of its site' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', carriesData: true, meaning: 'its server, or the active server of its cluster' },
      ],
    },
  },
  lifecycle: life,
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    'disk-loss': { meaning: 'what it kept is gone', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
    slow: { meaning: 'taking in takes `factor` times longer', depth: 'function' },
    error: { meaning: 'the message is refused (`taken`)', depth: 'function', steps: ['taken'] },
  },
  operations: {
    resume: { meaning: 'dead messages are tried again', suspended: 'resume' },
    terminate: { meaning: 'dead messages are given up: rejected, with the cause `terminated`', suspended: 'terminate' },
  },
  gauges: {
    messages: { meaning: 'messages that it keeps, dead ones included', unit: 'messages', whole: true },
    'dead-lettered': { meaning: 'dead messages', unit: 'messages', whole: true },
  },
  pool: {
    function: 'accept',
    slots: (values) => values.concurrency ?? (values.delivery === 'transactional' ? 1 : Infinity),
    waiting: () => Infinity,
    leases: { ahead: () => 0, renews: () => 0 },
  },
  buffer: {
    function: 'accept',
    keeps: (values) => (values.delivery === 'express' ? 'nothing' : 'committed'),
    terms: (values) => ({
      lock: Infinity, deliveries: Infinity, pause: values.retry, timeToLive: values['time-to-reach-queue'], keepsExpired: values['dead-letter'],
      window: values.delivery === 'transactional' ? Math.max(DAY, values['time-to-reach-queue']) : 0,
      capacity: Infinity, capacityBytes: Infinity, spread: 'in-turn', reroute: 0, writing: values.write,
    }),
  },
  hop: {
    pool: 'own',
    intake: 'call',
    beside: true,
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    sends: (values) => ({
      to: [values.to], mode: 'single', swaps: 'on-success', targets: 1, timeout: values.timeout, limit: Infinity, retries: 0, base: 0, cap: 0, busy: 0,
    }),
    ordered: (values) => (values.delivery === 'transactional' ? { stops: false } : undefined),
    onError: 'refuse',
    to: ['to'],
  },
  rules: [sameGroup],
});
