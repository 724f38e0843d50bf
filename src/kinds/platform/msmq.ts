/**
 * Message queuing on servers: keeps what it was given until the destination has taken it, in memory or on disk.
 *
 * An express message lies in memory and is gone with the service; a recoverable one is on disk; transactional ones are recoverable too, go
 * out in their order, and one that comes a second time is known. The member on the caller's server is called, where there is one.
 * What cannot be handed on is tried again until its time is over. A service that hands nothing on keeps a queue that others read.
 * Clustered, it moves with its group, and the group starts it again. Not modelled: journals, acknowledgement queues.
 */
import { choice, distribution, duration, flag, inItsSite, integer, kind, plainFaults, plainLife, reference } from '../../model/index.js';
import type { LifecycleTable, LifeAction } from '../../model/index.js';
import type { RuleDeclaration } from '../../model/rule/index.js';

const DAY = 86_400_000_000;
const FORGET: readonly LifeAction[] = [{ do: 'forget' }];
const plain = plainLife('process', ['platform']);

/** As any process; but whenever it ends, what it kept in memory is gone. As a resource of a cluster it is started again with its group. */
const life: LifecycleTable = {
  ...plain,
  transitions: [
    { from: ['up', 'hung', 'stopped'], on: 'crash', when: { clustered: true }, to: 'down', do: [...FORGET, { do: 'tell', need: 'platform', event: 'crash', blames: true }] },
    ...plain.transitions.map((one) => (one.on === undefined || one.on === 'hang' ? one : { ...one, do: FORGET })),
  ],
};

const sameGroup: RuleDeclaration = {
  name: 'L14',
  level: 'warning',
  meaning: 'Who sends through a clustered message queuing service, or reads its queue on its servers, works in a host of the same cluster group that depends on it.',
  reason: 'a host that stays while the service moves finds no service beside it; one that is up before the service finds it away: its locations may be disabled after a move',
  source: 'considerations-for-running-adapter-handlers; known-issues-for-the-wcf-adapters',
  remedy: 'cluster the host in the same group, and name the service under depends-on: of the host',
  find: (service, topology) => {
    const group = topology.cluster(service);
    if (group === undefined) return [];
    const users = topology.components.flatMap((one) => topology.named(one, 'host').map((host) => ({ one, host, reads: topology.named(one, 'from').includes(service), sends: topology.named(one, 'to').includes(service) })));
    // A queue on servers of its own is read from afar.
    const concerned = users.filter(({ host, reads, sends }) => sends || (reads && topology.shared(host, service).length > 0));
    return concerned.flatMap(({ one, host, reads }) => {
      const does = `${one.name} ${reads ? `reads ${service.name}` : `sends through ${service.name}`} in ${group.name}, and its host ${host.name}`;
      if (topology.cluster(host) !== group) return [{ message: `${does} is not in that group` }];
      return topology.named(host, 'depends-on').includes(service) ? [] : [{ message: `${does} does not depend on it` }];
    });
  },
};

export const msmq = kind({
  name: 'msmq',
  summary: 'Message queuing on a server: express messages end with the service, recoverable and transactional ones outlive it.',
  omits: 'journals, limits of size, and whether a queue is a transactional one: who reads in a transaction is not refused',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' }, cluster: {}, oneOf: ['on', 'cluster'] },
  parameters: {
    to: reference('Where the messages go: what reads the queue, or the message queuing service of another server.', { offers: ['serve', 'accept'], absent: 'they stay in its queue until a receive location takes them' }),
    initial: integer('Messages of the first flow through it that are in its queue at time 0.', { min: 0, default: 0, source: 'assumption: empty' }),
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
        { ...inItsSite, reaction: 'pause' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', carriesData: true, meaning: 'its server, or the active server of its cluster' },
      ],
    },
    read: {
      meaning: 'hands messages to who reads its queue',
      needs: [{ name: 'itself', way: 'requires', from: { at: 'self' }, function: 'accept', when: 'always', reaction: 'pause', meaning: 'the service' }],
    },
  },
  lifecycle: life,
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    'disk-loss': { meaning: 'what it kept is gone', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
    slow: { meaning: 'taking in takes `factor` times longer', depth: 'function' },
    error: { meaning: 'the message is refused (`taken`)', depth: 'function', steps: ['taken'] },
  },
  check: ({ to, initial }, { on }) => [
    ...(to === undefined && on.length > 1 ? [`a queue that is read lies on one server, or in a cluster, not on ${on.join(' and ')}`] : []),
    ...(to !== undefined && initial > 0 ? ['"initial" with "to": only a queue that is read has messages at time 0'] : []),
  ],
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
    initial: 'initial',
    keeps: (values) => (values.delivery === 'express' ? 'nothing' : 'committed'),
    terms: (values) => ({
      lock: Infinity, deliveries: Infinity,
      // What is to be read here has reached its queue.
      ...(values.to === undefined ? { pause: 0, timeToLive: Infinity, keepsExpired: true } : { pause: values.retry, timeToLive: values['time-to-reach-queue'], keepsExpired: values['dead-letter'] }),
      window: values.delivery === 'transactional' ? Math.max(DAY, values['time-to-reach-queue']) : 0,
      capacity: Infinity, capacityBytes: Infinity, spread: 'in-turn', reroute: 0, writing: values.write,
    }),
  },
  speaks: ['msmq'],
  hop: {
    pool: 'own',
    intake: 'call',
    beside: true,
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.to === undefined ? values.write : values.work, persist: false }],
    output: (values) => (values.to === undefined ? 'publish' : 'call'),
    sends: (values) => (values.to === undefined ? undefined : {
      to: [values.to], mode: 'single', swaps: 'on-success', targets: 1, timeout: values.timeout, limit: Infinity, retries: 0, base: 0, cap: 0, busy: 0,
    }),
    ordered: (values) => (values.delivery === 'transactional' ? { stops: false } : undefined),
    onError: 'refuse',
    to: ['to'],
  },
  rules: [sameGroup],
});
