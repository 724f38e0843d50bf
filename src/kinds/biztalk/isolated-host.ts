/**
 * An isolated host: receive handlers inside the web server of each of its servers.
 *
 * When a database is away its receive locations are disabled and enabled again with it; its process is not restarted.
 * Above the limits of the database it publishes to, it holds back what it publishes: callers wait for their answer.
 * A worker process that crashes is restarted with the next request; too many crashes in a short time and the pool is stopped until somebody
 * starts it (rapid-fail protection, each server for itself). A clean stop lets requests under way end.
 * Not modelled: recycling of worker processes by plan, idle stop.
 */
import { distribution, duration, flag, integer, kind, onItsServer, plainFaults, plainLife, record, throttleGauges, throttling } from '../../model/index.js';
import type { LifecycleTable } from '../../model/index.js';
import { notBesideClusteredSignOn, oneInstancePerServer, twoInstances } from '../../model/rule/index.js';

const plain = plainLife('process', ['platform']);
const forgotten = [{ do: 'reset', trip: 'crashes' }] as const;

const life: LifecycleTable = {
  ...plain,
  states: {
    ...plain.states,
    draining: { meaning: 'is being stopped: refuses what comes, ends what is under way', offers: 'none', depth: 'process', work: 'kept', clean: true },
    'shut-off': { meaning: 'crashed too often (rapid-fail protection): refuses every request until somebody starts it', offers: 'none', depth: 'process', work: 'dropped', operator: true },
  },
  transitions: [
    {
      from: ['up', 'hung'], on: 'crash', when: { parameter: 'rapid-fail.enabled', is: true }, do: [{ do: 'count', trip: 'crashes' }],
      to: [{ when: { trip: 'crashes', tripped: true }, to: 'shut-off' }, { to: 'down' }],
    },
    { from: 'up', on: 'stop', to: 'draining' },
    { from: 'draining', on: 'crash', to: 'down' },
    { from: 'draining', on: 'platform-lost', to: 'down' },
    { from: 'draining', on: 'platform-left', to: 'stopped' },
    { from: 'draining', when: { idle: true }, to: 'stopped' },
    { from: 'shut-off', on: 'operator', do: forgotten, to: [{ when: { all: [{ held: false }, { hosted: true }] }, to: 'up' }, { to: 'down' }] },
    { from: 'shut-off', on: 'stop', do: forgotten, to: 'stopped' },
    { from: 'shut-off', on: 'platform-lost', do: forgotten, to: 'down' },
    { from: 'shut-off', on: 'platform-left', do: forgotten, to: 'stopped' },
    ...plain.transitions,
  ],
};

export const isolatedHost = kind({
  name: 'isolated-host',
  summary: 'Isolated host: receive handlers for HTTP inside the web server; pauses while a database is away.',
  omits: 'worker recycling by plan, idle stop',
  placement: { in: { offers: ['messages'], meaning: 'membership', required: true }, on: { meaning: 'members', required: true } },
  parameters: {
    'threads-per-cpu': integer('Requests worked on at once, per processor of the server.', { min: 1, default: 2, source: 'http-adapter-configuration-and-tuning-parameters: 2 threads per CPU' }),
    threads: integer('Requests worked on at once, whatever the processors.', { min: 1, absent: 'threads-per-cpu times the processors of the server' }),
    queue: integer('Requests at one server, in work or waiting; one more is refused.', { min: 1, default: 256, source: 'http-adapter-configuration-and-tuning-parameters: 256 concurrent requests' }),
    restart: distribution('Time until a crashed worker process serves again, when the fault names no duration.', { default: { uniform: ['2s', '10s'] }, source: 'assumption: restart on the next request, 2 to 10 s' }),
    'rapid-fail': record('Rapid-fail protection: a pool whose worker process crashes too often is stopped until somebody starts it.', {
      enabled: flag('It is on.', { default: true, source: 'Rapid-fail protection: on' }),
      crashes: integer('The crash that stops the pool.', { min: 1, default: 5, source: 'Rapid-fail protection: 5' }),
      within: duration('Only crashes within this time count.', { default: '5m', source: 'Rapid-fail protection: 5 min' }),
    }, { default: {}, source: 'Rapid-fail protection' }),
    throttling,
  },
  functions: {
    run: {
      meaning: 'serves requests',
      needs: [
        onItsServer,
        { name: 'credentials', way: 'requires', from: { at: 'beside', moving: true }, function: 'credentials', when: 'always', reaction: 'pause', meaning: 'the single sign-on service on its server' },
        { name: 'messages', way: 'requires', from: { at: 'container' }, function: 'messages', when: 'always', reaction: 'pause', meaning: 'the MessageBox of its group' },
        { name: 'management', way: 'requires', from: { at: 'container' }, function: 'management', when: 'always', reaction: 'pause', meaning: 'the management database of its group' },
        { name: 'tickets', way: 'requires', from: { at: 'container' }, function: 'tickets', when: 'always', reaction: 'pause', meaning: 'valid tickets' },
        { name: 'known-names', way: 'requires', from: { at: 'container' }, function: 'known-names', when: 'always', reaction: 'pause', meaning: 'names of servers looked up not long ago' },
        { name: 'transactions', way: 'requires', from: { at: 'beside' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator on its server' },
      ],
    },
  },
  trips: { crashes: { meaning: 'crashes of the worker process', threshold: 'rapid-fail.crashes', window: 'rapid-fail.within', each: true } },
  lifecycle: life,
  faults: {
    ...plainFaults('the worker process', 'restart', 'process'),
    slow: { meaning: 'work takes `factor` times longer', depth: 'function' },
  },
  gauges: throttleGauges,
  operations: { deploy: { meaning: 'a change of its configuration, by way of its group', by: ['in'] } },
  pool: {
    function: 'run',
    slots: (values, cpus) => values.threads ?? values['threads-per-cpu'] * cpus,
    waiting: (values, cpus) => Math.max(0, values.queue - (values.threads ?? values['threads-per-cpu'] * cpus)),
    throttle: 'throttling',
  },
  rules: [twoInstances, oneInstancePerServer, notBesideClusteredSignOn],
  traits: ['isolated'],
});
