/**
 * A client of relay endpoints: calls the one in use, and the other when that fails.
 *
 * Each client of the flow (`clients`) draws the endpoint it begins with. A call that fails there is made again at the other, and if that
 * succeeds the roles change; both fail: the caller gets the error and the roles stay. Nothing brings them back by time. A call that is
 * made again may be done twice. Not modelled: channels that stay open, calls without an answer.
 */
import { distribution, duration, inItsSite, integer, kind, onItsServer, plainFaults, plainLife, reference } from '../../model/index.js';
import type { RuleDeclaration } from '../../model/index.js';

const differentEndpoints: RuleDeclaration = {
  name: 'L22',
  level: 'error',
  meaning: 'The endpoints of one relay client have different names.',
  reason: 'a service listens on both at once, and two listeners of one name compete for one endpoint instead of making two; queues and topics of two namespaces may share a name',
  source: 'insulating applications against Service Bus outages',
  remedy: 'give each endpoint: a name of its own',
  find: (client, topology) => {
    const names = topology.named(client, 'to').map((relay) => ({ relay: relay.name, endpoint: String(relay.values.endpoint ?? relay.name) }));
    return names.flatMap(({ relay, endpoint }, index) => {
      const first = names.slice(0, index).find((other) => other.endpoint === endpoint);
      return first === undefined ? [] : [{ component: relay, message: `${first.relay} and ${relay}, between which ${client.name} chooses, are both the endpoint "${endpoint}"` }];
    });
  },
};

export const relayClient = kind({
  name: 'relay-client',
  summary: 'Calls one of several relay endpoints, another when that fails; each client of the flow begins with one at random.',
  omits: 'channels that stay open, and calls without an answer',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    to: reference('The endpoints.', { offers: ['relay'], many: true, required: true }),
    timeout: duration('It waits so long for the answer of one endpoint.', { default: '60s', source: 'assumption: open and send timeouts of the service model, 1 min' }),
    work: distribution('Time in the client before a call.', { default: '0s', source: 'assumption: none' }),
    concurrency: integer('Calls that one member makes at once.', { min: 1, absent: 'any number' }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start, as a host instance' }),
  },
  functions: {
    call: {
      meaning: 'makes calls',
      needs: [inItsSite, onItsServer],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the client', 'restart', 'process'),
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the call is made, its caller does not hear of it', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the call is refused (`taken`), or fails in the client (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  pool: { function: 'call', slots: (values) => values.concurrency ?? Infinity, waiting: () => Infinity },
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    sends: (values) => ({
      to: values.to, mode: 'passive', begins: 'any', swaps: 'on-success', targets: values.to.length,
      timeout: values.timeout, limit: values.timeout, retries: 0, base: 0, cap: 0, busy: 0,
    }),
    onError: 'refuse',
    to: ['to'],
  },
  rules: [differentEndpoints],
});
