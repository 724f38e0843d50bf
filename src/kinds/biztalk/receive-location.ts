/** Where messages enter: a receive location that is called, over HTTP, SOAP or WCF. It answers after the message is committed in the MessageBox. Not modelled: other adapters, maps, pipelines that fail. */
import { choice, distribution, kind, plainLife, reference } from '../../model/index.js';
import type { RuleDeclaration } from '../../model/rule/index.js';

/** Adapters that live in a web server, and those that a client calls over a connection. */
const WEB = ['http', 'soap', 'wcf-http'];
const CALLED = [...WEB, 'wcf-nettcp'];

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

const balancerInFront: RuleDeclaration = {
  name: 'L3',
  level: 'warning',
  meaning: 'HTTP, SOAP and WCF are received on two or more servers only behind a balancer; WCF with TCP in a clustered host needs none.',
  reason: 'clients that know one server fail with it, although the others serve',
  source: 'Planning for High Availability; scaled-out-receiving-hosts',
  remedy: 'declare a load-balancer on these servers and name it under behind:',
  find: (location, topology) => {
    if (!CALLED.includes(String(location.values.adapter)) || location.values.behind !== undefined) return [];
    return topology.named(location, 'host').filter((host) => topology.cluster(host) === undefined && topology.servers(host).length >= 2).map((host) => ({
      message: `${location.name} receives over ${String(location.values.adapter).toUpperCase()} on ${String(topology.servers(host).length)} servers, and no balancer stands in front of it`,
    }));
  },
};

export const receiveLocation = kind({
  name: 'receive-location',
  summary: 'Takes HTTP requests, publishes each to the MessageBox, then answers.',
  omits: 'adapters other than HTTP, pipeline failures, two-way request-response',
  placement: { follows: 'host' },
  parameters: {
    adapter: choice('How messages arrive: over HTTP, SOAP or WCF with HTTP in a web server, or over WCF with TCP in the process of a host.', ['http', 'soap', 'wcf-http', 'wcf-nettcp'], { default: 'http', source: 'assumption: the most common transport' }),
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
  rules: [webOnlyInIsolatedHosts, balancerInFront],
});
