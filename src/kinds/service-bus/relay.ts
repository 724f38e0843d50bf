/**
 * A relay endpoint: passes a request on to the service that listens on it, and the answer back. Nothing is stored.
 *
 * A request in its hands when it fails is broken off; the service may be at work on it all the same, so that a client that asks again
 * elsewhere has it done twice. Not modelled: one-way and buffered relaying, hybrid connections, sharing of one endpoint by listeners.
 */
import { distribution, duration, kind, plainFaults, plainLife, reference, text } from '../../model/index.js';

export const relay = kind({
  name: 'relay',
  summary: 'A relay endpoint in a namespace: passes each request on to the service that listens on it; nothing is stored.',
  omits: 'one-way and buffered relaying, hybrid connections, several listeners on one endpoint',
  placement: { in: { offers: ['serve', 'site'], meaning: 'containment' } },
  parameters: {
    listener: reference('The service that listens on this endpoint and answers.', { offers: ['serve', 'receive'], required: true }),
    endpoint: text('Name of the endpoint. The two endpoints of one client need different names.', { absent: 'its own name' }),
    work: distribution('Time that relaying adds to a request.', { default: '10ms', source: 'assumption: one more hop' }),
    timeout: duration('It waits so long for the answer of the listener.', { default: '60s', source: 'assumption: send timeout of the service model, 1 min' }),
  },
  functions: {
    relay: {
      meaning: 'passes requests on',
      needs: [
        { name: 'namespace', way: 'requires', from: { at: 'container', function: 'serve' }, function: 'serve', when: 'always', reaction: 'stop', meaning: 'its namespace' },
        { name: 'site', way: 'requires', from: { at: 'container', function: 'site' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'its datacenter' },
      ],
    },
  },
  lifecycle: plainLife('function', ['namespace', 'site']),
  faults: {
    ...plainFaults('the endpoint', undefined, 'function'),
    slow: { meaning: 'relaying takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the service has answered, the answer is lost', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the request is refused (`taken`), or fails before it is passed on (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  pool: { function: 'relay', slots: () => Infinity, waiting: () => Infinity },
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    sends: (values) => ({
      to: [values.listener], mode: 'single', swaps: 'on-success', targets: 1,
      timeout: values.timeout, limit: values.timeout, retries: 0, base: 0, cap: 0, busy: 0,
    }),
    onError: 'refuse',
    to: ['listener'],
  },
});
