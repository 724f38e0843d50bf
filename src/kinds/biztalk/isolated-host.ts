/**
 * An isolated host: receive handlers inside the web server of each of its servers.
 *
 * When a database is away its receive locations are disabled and enabled again with it; its process is not restarted.
 * Above the limits of the database it publishes to, it holds back what it publishes: callers wait for their answer.
 * Not modelled: recycling of worker processes, rapid-fail protection.
 */
import { distribution, integer, kind, plainFaults, plainLife, throttleGauges, throttling } from '../../model/index.js';
import { notBesideClusteredSignOn, oneInstancePerServer, twoInstances } from '../../model/rule/index.js';

export const isolatedHost = kind({
  name: 'isolated-host',
  summary: 'Isolated host: receive handlers for HTTP inside the web server; pauses while a database is away.',
  omits: 'worker recycling, rapid-fail protection, idle stop',
  placement: { in: { offers: ['messages'], meaning: 'membership', required: true }, on: { meaning: 'members', required: true } },
  parameters: {
    'threads-per-cpu': integer('Requests worked on at once, per processor of the server.', { min: 1, default: 2, source: 'http-adapter-configuration-and-tuning-parameters: 2 threads per CPU' }),
    threads: integer('Requests worked on at once, whatever the processors.', { min: 1, absent: 'threads-per-cpu times the processors of the server' }),
    queue: integer('Requests at one server, in work or waiting; one more is refused.', { min: 1, default: 256, source: 'http-adapter-configuration-and-tuning-parameters: 256 concurrent requests' }),
    restart: distribution('Time until a crashed worker process serves again, when the fault names no duration.', { default: { uniform: ['2s', '10s'] }, source: 'assumption: restart on the next request, 2 to 10 s' }),
    throttling,
  },
  functions: {
    run: {
      meaning: 'serves requests',
      needs: [
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the server it runs on' },
        { name: 'credentials', way: 'requires', from: { at: 'beside', moving: true }, function: 'credentials', when: 'always', reaction: 'pause', meaning: 'the single sign-on service on its server' },
        { name: 'messages', way: 'requires', from: { at: 'container' }, function: 'messages', when: 'always', reaction: 'pause', meaning: 'the MessageBox of its group' },
        { name: 'management', way: 'requires', from: { at: 'container' }, function: 'management', when: 'always', reaction: 'pause', meaning: 'the management database of its group' },
        { name: 'tickets', way: 'requires', from: { at: 'container' }, function: 'tickets', when: 'always', reaction: 'pause', meaning: 'valid tickets' },
        { name: 'known-names', way: 'requires', from: { at: 'container' }, function: 'known-names', when: 'always', reaction: 'pause', meaning: 'names of servers looked up not long ago' },
        { name: 'transactions', way: 'requires', from: { at: 'beside' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator on its server' },
      ],
    },
  },
  lifecycle: plainLife('process', ['platform']),
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
