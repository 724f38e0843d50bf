/** Where messages enter: an HTTP receive location. It answers after the message is committed in the MessageBox. Not modelled: other adapters, maps, pipelines that fail. */
import { choice, distribution, kind, plainLife, reference } from '../../model/index.js';
import type { RuleDeclaration } from '../../model/rule/index.js';

/** Adapters that live in a web server. */
const WEB = ['http'];

const webOnlyInIsolatedHosts: RuleDeclaration = {
  name: 'L6',
  level: 'error',
  meaning: 'HTTP and SOAP are received in isolated hosts only.',
  reason: 'these adapters live in the process of the web server, and an in-process host has a process of its own',
  source: 'providing-high-availability-for-biztalk-hosts',
  remedy: 'name an isolated host',
  find: (location, topology) => {
    if (!WEB.includes(String(location.values.adapter))) return [];
    return topology.named(location, 'host').filter((host) => host.kind.pool !== undefined && host.kind.traits?.includes('isolated') !== true).map((host) => ({
      message: `${location.name} receives over ${String(location.values.adapter).toUpperCase()}, and its host ${host.name} (${host.kind.name}) is not isolated`,
    }));
  },
};

export const receiveLocation = kind({
  name: 'receive-location',
  summary: 'Takes HTTP requests, publishes each to the MessageBox, then answers.',
  omits: 'adapters other than HTTP, pipeline failures, two-way request-response',
  placement: { follows: 'host' },
  parameters: {
    adapter: choice('How messages arrive.', ['http'], { default: 'http', source: 'assumption: the only adapter of this version' }),
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    behind: reference('The balancer in front of it.', { offers: ['balance'], absent: 'callers take the servers in turn, whether or not they live' }),
    work: distribution('Pipeline, map and publishing of one message.', { default: '20ms', source: 'assumption: pipeline and publish 20 ms' }),
  },
  functions: {
    receive: {
      meaning: 'takes requests',
      needs: [
        { name: 'host', way: 'requires', from: { at: 'parameter', parameter: 'host' }, function: 'run', when: 'always', reaction: 'pause', meaning: 'the host instance on the same server' },
      ],
    },
  },
  lifecycle: plainLife('function'),
  faults: {
    stop: { meaning: 'the location is disabled', depth: 'function', event: 'stop' },
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the message is published, the answer is lost', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the request is refused (`taken`), or fails in the pipeline (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  operations: {
    deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] },
  },
  hop: {
    pool: { parameter: 'host' },
    intake: 'call',
    through: 'behind',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'publish',
    onError: 'refuse',
  },
  rules: [webOnlyInIsolatedHosts],
});
