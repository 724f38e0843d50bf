/**
 * Spreads calls over servers by what it believes about them.
 *
 * It runs on the balanced servers themselves (network load balancing) and hears their heartbeats: the loss of a host is noticed,
 * a dead application on a living host is not, unless it is probed. With draining, a clean stop is announced: what comes after it goes
 * elsewhere, while requests under way end. Connections to a dead server break. Not modelled: skew of pooled connections.
 */
import { choice, distribution, duration, flag, kind, onItsServer, plainFaults, plainLife, SPREADS } from '../../model/index.js';

export const loadBalancer = kind({
  name: 'load-balancer',
  summary: 'Spreads calls over servers by what it believes about them.',
  omits: 'skew by pooled connections, limits of its own',
  placement: { on: { meaning: 'members', required: true } },
  parameters: {
    detection: duration('A host that misses heartbeats for this long is taken out.', { default: '5s', source: 'NLB for High Availability: 5 missed beats of 1 s' }),
    convergence: distribution('Time for the remaining hosts to agree on the new spread.', {
      default: { uniform: ['2500ms', '3s'] }, source: 'NLB for High Availability: 2.5 to 3 s',
    }),
    spread: choice('Which server takes a call: the next one, any one, or always the same one for the same client (of `clients` of the flow).', SPREADS, {
      default: 'in-turn', source: 'assumption: equal load; a repeated call goes to the next server',
    }),
    drain: flag('A server, or the application on it, that is stopped cleanly is taken out at that instant, so that no new request goes there; without it a clean stop is noticed as a failure is.', {
      default: false, source: 'assumption: nobody drains a host before he stops it',
    }),
    probe: duration('Time until a dead application on a living host is noticed by a probe.', { absent: 'the application is not probed: only the loss of a host is noticed' }),
  },
  functions: {
    balance: {
      meaning: 'accepts connections and passes them on',
      needs: [onItsServer],
    },
  },
  view: {
    meaning: 'which servers take connections', function: 'run',
    suspectAfter: { host: ['detection', 'convergence'], process: ['probe'], function: ['probe'] }, trustAfter: ['convergence'], spread: 'spread', announced: 'drain',
  },
  lifecycle: plainLife('process', ['platform']),
  faults: plainFaults('the balancing driver', undefined, 'process'),
});
