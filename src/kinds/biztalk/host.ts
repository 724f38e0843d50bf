/**
 * An in-process host: a name for work, with one process (host instance) on each of its servers.
 *
 * An instance takes messages of its host from the MessageBox at each poll, locks them, and works on as many as it has threads.
 * When a database is lost it ends itself within a minute, waits a minute and starts again; when its single sign-on service is away it ends
 * at once and is back with it, or, if the restart rule says so, after a start that failed only by an operator; when it crashes its locks stay
 * until it is back or until a job of the SQL Agent frees them. Above its limits an instance holds back what it publishes and what it works on.
 * Clustered, it is one instance on the active server: when its process dies the cluster starts it again there, or moves it. The cluster
 * looks whether the process lives, so a hang is not noticed unless somebody asks the process. It goes offline with what it depends on in
 * its group. Not modelled: garbage collection; a clustered instance that moves takes its locks with it.
 */
import { choice, distribution, duration, flag, integer, kind, record, reference, throttleGauges, throttling } from '../../model/index.js';
import type { Branch, Guard, LifecycleTable } from '../../model/index.js';
import { instanceOnEveryOwner, notBesideClusteredSignOn, oneInstancePerServer, twoInstances } from '../../model/rule/index.js';

const startOrFail: readonly Branch[] = [{ when: { startable: true }, to: 'starting', do: [{ do: 'tell', need: 'credentials', event: 'host-started' }] }, { to: 'failing' }];
/** The cluster has started it: that time is the time of the group's restart or move. */
const broughtUp: Branch = { when: { all: [{ clustered: true }, { startable: true }] }, to: 'running', do: [{ do: 'free-own-locks' }, { do: 'tell', need: 'credentials', event: 'host-started' }] };
const signOnAway: Guard = { need: 'credentials', met: false };
const giveUpOrCycle: readonly Branch[] = [
  { when: { parameter: 'restart-rule', is: 'once' }, to: 'failed' },
  { when: { all: [{ parameter: 'restart-rule', is: 'reconciled' }, signOnAway] }, to: 'failed' },
  { to: 'waiting' },
];
const alive = ['running', 'hung', 'stopping', 'waiting', 'starting', 'failing', 'crashed', 'depending'];
const process = [...alive, 'failed', 'unowned'];
/** A resource of a cluster that ends by itself tells its group, which starts or moves all that is in it. */
const toldGroup = [{ do: 'tell', need: 'platform', event: 'crash', blames: true }] as const;

const life: LifecycleTable = {
  initial: 'running',
  absent: 'absent',
  states: {
    running: { meaning: 'takes and works on messages', offers: 'all', normal: true },
    hung: { meaning: 'the process is there but does nothing', offers: 'none', depth: 'function', silent: true, work: 'frozen' },
    stopping: { meaning: 'a database is gone: closes receive locations and ends itself', offers: 'none', work: 'kept' },
    waiting: { meaning: 'waits for the next restart', offers: 'none', work: 'dropped' },
    starting: { meaning: 'starts; everything it needs was there', offers: 'none', work: 'dropped' },
    failing: { meaning: 'tries to start, in vain: something it needs was away', offers: 'none', work: 'dropped' },
    crashed: { meaning: 'the process died', offers: 'none', work: 'dropped' },
    off: { meaning: 'its server or its single sign-on service is gone', offers: 'none', work: 'dropped' },
    depending: { meaning: 'its single sign-on service is away; one start is tried after the delay', offers: 'none', work: 'dropped' },
    stopped: { meaning: 'stopped cleanly: sends under way are ended, locks are given back', offers: 'none', work: 'released', clean: true },
    killed: { meaning: 'hung, and ended by its cluster, which starts it again', offers: 'none', work: 'dropped' },
    unowned: { meaning: 'the cluster moved it to a server where it has no instance that may start', offers: 'none', work: 'dropped' },
    failed: { meaning: 'a start failed; only an operator starts it again', offers: 'none', work: 'dropped', operator: true },
    absent: { meaning: 'not there yet', offers: 'none', clean: true },
  },
  transitions: [
    { from: process, on: 'platform-lost', to: 'off' },
    { from: alive, on: 'credentials-lost', to: 'off' },
    { from: alive, on: 'resources-lost', to: 'off' },
    { from: process, on: 'platform-left', to: 'stopped' },
    { from: alive, on: 'credentials-left', to: 'stopped' },
    { from: alive, on: 'resources-left', to: 'stopped' },
    { from: ['off', 'stopped', 'killed'], when: { all: [{ clustered: true }, { need: 'platform', met: true }, { not: { kept: 'owners' } }] }, to: 'unowned', do: toldGroup },
    { from: ['off', 'depending'], when: { all: [{ hosted: true }, { held: false }] }, to: [broughtUp, ...startOrFail] },
    { from: 'killed', when: { hosted: true }, to: [broughtUp, ...startOrFail] },
    { from: 'off', when: { all: [{ not: { parameter: 'restart-rule', is: 'cycle' } }, { need: 'platform', met: true }, signOnAway, { held: false }] }, to: 'depending' },
    { from: 'depending', after: 'restart-delay', to: 'failing' },
    { from: process, on: 'stop', to: 'stopped' },
    { from: 'stopped', on: 'platform-lost', to: 'off' },
    { from: 'stopped', when: { all: [{ hosted: true }, { held: false }, { idle: true }] }, to: startOrFail },
    { from: ['running', 'hung', 'stopping', 'waiting', 'starting', 'failing'], on: 'crash', when: { clustered: true }, to: 'off', do: toldGroup },
    { from: ['running', 'hung', 'stopping', 'waiting', 'starting', 'failing'], on: 'crash', to: 'crashed', noticed: true },
    { from: 'crashed', when: { held: false }, to: 'waiting' },
    { from: 'running', on: 'hang', to: 'hung' },
    { from: 'hung', after: 'asked', when: { clustered: true }, to: 'killed', do: toldGroup },
    { from: 'hung', when: { held: false }, to: 'running' },
    { from: ['running', 'hung'], on: 'recycle', to: 'stopping' },
    { from: 'stopping', after: 'shutdown', to: 'waiting' },
    { from: 'waiting', after: 'restart-delay', to: startOrFail },
    { from: 'starting', on: 'recycle', to: giveUpOrCycle },
    { from: 'starting', after: 'start-up', to: 'running', do: [{ do: 'free-own-locks' }] },
    { from: 'failed', on: 'operator', to: startOrFail },
    { from: 'failing', after: 'start-up', to: giveUpOrCycle },
  ],
};

export const host = kind({
  name: 'host',
  summary: 'In-process host: one host instance on each of its servers, or a clustered one, takes messages from the MessageBox.',
  omits: 'garbage collection; a clustered instance takes its locks with it when it moves',
  placement: { in: { offers: ['messages'], meaning: 'membership', required: true }, on: { meaning: 'members' }, cluster: {}, oneOf: ['on', 'cluster'] },
  parameters: {
    poll: duration('Time between two looks into the MessageBox.', { default: '500ms', source: 'how-to-modify-general-settings: MessageBox polling 500 ms' }),
    'threads-per-cpu': integer('Messages that one instance works on at once, per processor of its server.', { min: 1, default: 20, source: 'how-to-modify-general-settings: engine threads per CPU' }),
    threads: integer('Messages that one instance works on at once, whatever its processors.', { min: 1, absent: 'threads-per-cpu times the processors of the server' }),
    'queue-size': integer('Messages that one instance locks ahead of work.', { min: 0, default: 100, source: 'how-to-modify-resource-based-throttling-settings: in-memory queue size' }),
    'in-process-per-cpu': integer('Messages in process in one instance, per processor.', { min: 1, default: 1000, source: 'how-to-modify-resource-based-throttling-settings: in-process messages per CPU' }),
    shutdown: distribution('Time in which an instance ends itself after it lost a database.', { default: { uniform: ['0s', '60s'] }, source: 'how-to-handle-adapter-failures: at most 60 s' }),
    'restart-delay': duration('Wait before each restart.', { default: '60s', source: 'host-instance-service-properties-in-services: restart after 1 minute' }),
    'start-up': distribution('Time that a start takes.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: start of a host instance' }),
    'restart-rule': choice('After a start that failed: try again each minute for ever; give up; or give up only when the single sign-on service was away.', ['cycle', 'once', 'reconciled'], {
      default: 'cycle', source: 'avoiding-dbnetlib-exceptions, database-failover-support; `once`: host-instance-service-properties-in-services; `reconciled`: assumption that both are right',
    }),
    heartbeat: duration('Time between two signs of life of an instance in the MessageBox.', { default: '60s', source: 'How does BizTalk detect if a host instance is dead: 60 s' }),
    'dead-after': duration('An instance is dead this long after its last sign of life.', { default: '600s', source: 'How does BizTalk detect if a host instance is dead: last beat + 600 s' }),
    cleanup: duration('Period of the job MessageBox_DeadProcesses_Cleanup, which frees what dead instances had locked.', { default: '60s', source: 'assumption: the job runs each minute' }),
    throttling,
    dehydration: record('Which waits of an orchestration are spent in the MessageBox instead of in memory.', {
      min: duration('Under memory pressure (throttling states 4 and 5): waits longer than this.', { default: '1s', source: 'dehydration-default-properties: minimum threshold 1 s; assumption: memory pressure alone lowers it' }),
      max: duration('Else: waits longer than this.', { default: '1800s', source: 'dehydration-default-properties: maximum threshold 1800 s' }),
    }, { default: {}, source: 'dehydration-default-properties' }),
    owners: reference('Clustered: the servers of its cluster on which it has an instance that may start; moved to another one, it fails there.', { offers: ['run'], many: true, absent: 'every server of the cluster' }),
    'depends-on': reference('Clustered: what it depends on in its group, such as message queuing: it is taken offline with that, and is back after it.', { offers: ['read'], many: true, absent: 'it depends on nothing but its server' }),
    asked: duration('Clustered: time until an instance that hangs is noticed, and ended.', { absent: 'a hang is not noticed: the cluster looks whether the process lives (assumption: a generic service)' }),
    'uses-rules': flag('Its instances fetch rules: they end and start again while the rule engine database is away.', { default: false, source: 'assumption: no orchestration calls rules' }),
    initial: integer('Messages of the first flow through this host that wait in its queue at time 0.', { min: 0, default: 0, source: 'assumption: an empty queue' }),
  },
  functions: {
    run: {
      meaning: 'takes and works on messages',
      needs: [
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the server it runs on, or the cluster that carries it' },
        { name: 'credentials', way: 'requires', from: [{ at: 'beside', moving: true }, { at: 'active-server' }], function: 'credentials', when: 'always', reaction: 'stop', meaning: 'the single sign-on service on its server' },
        { name: 'resources', way: 'requires', from: { at: 'parameter', parameter: 'depends-on' }, function: 'read', when: 'always', reaction: 'stop', meaning: 'what it depends on in its cluster group' },
        { name: 'messages', way: 'requires', from: { at: 'container' }, function: 'messages', when: 'always', reaction: 'recycle', meaning: 'the MessageBox of its group' },
        { name: 'management', way: 'requires', from: { at: 'container' }, function: 'management', when: 'always', reaction: 'recycle', meaning: 'the management database of its group' },
        {
          name: 'rules', way: 'requires', from: { at: 'container' }, function: 'rules', when: 'always', reaction: 'recycle', only: { parameter: 'uses-rules', is: true },
          meaning: 'the rule engine database of its group, for hosts that use rules',
        },
        { name: 'tickets', way: 'requires', from: { at: 'container' }, function: 'tickets', when: 'always', reaction: 'recycle', meaning: 'valid tickets' },
        { name: 'known-names', way: 'requires', from: { at: 'container' }, function: 'known-names', when: 'always', reaction: 'recycle', meaning: 'names of servers looked up not long ago' },
        { name: 'logon', way: 'requires', from: { at: 'container' }, function: 'logon', when: 'start', reaction: 'pause', meaning: 'logon of its service account' },
        { name: 'names', way: 'requires', from: { at: 'container' }, function: 'names', when: 'start', reaction: 'pause', meaning: 'names of servers' },
        { name: 'transactions', way: 'requires', from: [{ at: 'beside' }, { at: 'active-server' }], function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator on its server' },
      ],
    },
  },
  lifecycle: life,
  faults: {
    crash: { meaning: 'the process of an instance dies; the service manager starts it again', depth: 'process', event: 'crash', repair: 'own' },
    stop: { meaning: 'an instance is stopped cleanly', depth: 'process', event: 'stop' },
    restart: { meaning: 'an instance is stopped cleanly and started again', depth: 'process', event: 'stop', repair: 'own' },
    hang: { meaning: 'an instance is there but does nothing', depth: 'function', event: 'hang' },
    slow: { meaning: 'work in the instance takes `factor` times longer', depth: 'function' },
  },
  operations: { deploy: { meaning: 'a change of its configuration, by way of its group', by: ['in'] } },
  gauges: {
    locked: { meaning: 'messages that an instance holds locked', unit: 'messages' },
    'messages-in-database': { meaning: 'messages of the host in the MessageBox, whatever their state', unit: 'messages', whole: true },
    ...throttleGauges,
  },
  pool: {
    function: 'run',
    slots: (values, cpus) => values.threads ?? values['threads-per-cpu'] * cpus,
    waiting: () => Infinity,
    takes: {
      containerParameter: 'message-box', containerFunction: 'messages',
      poll: 'poll',
      lockLimit: (values, cpus) => values['queue-size'] + values['in-process-per-cpu'] * cpus,
      processLimit: (values, cpus) => values['in-process-per-cpu'] * cpus,
      beat: 'heartbeat', deadAfter: 'dead-after', sweep: 'cleanup', jobs: { function: 'jobs', messages: 'message-cleanup' },
      initial: 'initial',
    },
    throttle: 'throttling',
    dehydration: { min: 'dehydration.min', max: 'dehydration.max' },
  },
  check: ({ dehydration, owners, asked, 'depends-on': resources }, { on }) => [
    ...(dehydration.min > dehydration.max ? ['`dehydration.min` must not be longer than `dehydration.max`: pressure saves shorter waits, not longer ones'] : []),
    ...Object.entries({ owners, asked, 'depends-on': resources }).flatMap(([key, value]) => (value === undefined || on.length === 0 ? [] : [`"${key}" is for a clustered host, and this one has an instance on each of ${on.join(', ')}`])),
  ],
  rules: [twoInstances, oneInstancePerServer, notBesideClusteredSignOn, instanceOnEveryOwner],
});
