/**
 * Where messages enter: a receive location that is called, over HTTP, SOAP or WCF.
 *
 * One-way, it answers when the message is committed in the MessageBox. Two-way, the caller is answered when the message has been worked on
 * to the end: all that was published for it is settled, and the reply has come back through the MessageBox to the instance that was called,
 * which alone knows the caller. Not modelled: other adapters, maps, pipelines that fail; the reply as a message of its own.
 */
import { choice, distribution, duration, kind, plainLife, reference } from '../../model/index.js';
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
  omits: 'adapters that are not called, pipeline failures, the reply as a message of its own (it is not lost on its way back, and not counted)',
  placement: { follows: 'host' },
  parameters: {
    adapter: choice('How messages arrive: over HTTP, SOAP or WCF with HTTP in a web server, or over WCF with TCP in the process of a host.', ['http', 'soap', 'wcf-http', 'wcf-nettcp'], { default: 'http', source: 'assumption: the most common transport' }),
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    behind: reference('The balancer in front of it.', { offers: ['balance'], absent: 'callers take the servers in turn, whether or not they live' }),
    answers: choice('When the caller is answered: when his message is committed (one-way), or when the work on it is done (two-way).', ['when-published', 'when-processed'], {
      default: 'when-published', source: 'http-receive-adapter: 202 after the commit for one-way, 200 with the response for two-way',
    }),
    reply: distribution('Two-way: from the end of the work until the caller has his answer.', { default: { uniform: ['0s', '500ms'] }, source: 'assumption: it is fetched from the MessageBox at a poll of 500 ms' }),
    'reply-timeout': duration('Two-way: so long after its publication a request without a reply is answered with an error.', {
      min: '1s', default: '20m', source: 'how-to-modify-general-settings: request-response timeout 20; assumption: minutes',
    }),
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
    replies: (values) => (values.answers === 'when-published' ? undefined : { time: values.reply, timeout: values['reply-timeout'] }),
    onError: 'refuse',
  },
  rules: [webOnlyInIsolatedHosts, balancerInFront],
});
