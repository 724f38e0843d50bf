/**
 * An alias for a queue or topic that exists in two regions: senders and receivers know its name and come to the region in use.
 *
 * Only the name moves, and only by hand (operation `failover`), once: the pairing is broken then, until it is made anew (`create`).
 * Messages stay in the region they lie in; a receiver that names the queue there itself finds them when that region is back. While names are looked up
 * anew and connections made, nobody sends or receives. Not modelled: the copying of metadata, sessions, scheduled
 * messages, memories of duplicate detection (none of them is carried over).
 */
import { distribution, duration, kind, reference } from '../../model/index.js';
import { twoDatacenters } from './shared/rules.js';

export const alias = kind({
  name: 'alias',
  summary: 'The name of a queue or topic in two regions (geo-disaster recovery): leads to the active one, after a failover by hand to the other; messages stay behind.',
  omits: 'the copying of metadata; what a failover leaves behind is reached by the name of the queue itself',
  placement: {},
  parameters: {
    active: reference('The queue or topic in the region that is used at first; of a topic the alias is for senders, receivers name its subscriptions.', { offers: ['accept'], required: true }),
    passive: reference('The one in the other region.', { offers: ['accept'], required: true }),
    failover: duration('Time from the decision until the name leads to the other region.', { default: '0s', source: 'service-bus-geo-dr: near-instant once started' }),
    reconnect: distribution('Time until clients have looked up the name anew and are connected.', { default: { uniform: ['1m', '5m'] }, source: 'assumption: life of a name in caches, 1 to 5 min' }),
  },
  role: { role: 'region in use', function: 'accept', among: ['active', 'passive'] },
  functions: {
    name: { meaning: 'is known as a name', needs: [] },
    accept: { meaning: 'leads senders', needs: [] },
    deliver: { meaning: 'leads receivers', needs: [] },
  },
  lifecycle: {
    initial: 'paired',
    states: {
      paired: { meaning: 'leads to the active region', offers: 'all', normal: true },
      moving: { meaning: 'clients look up the name anew and connect', offers: ['name'], depth: 'function', silent: true },
      moved: { meaning: 'leads to the other region; the pairing is broken', offers: 'all', normal: true },
    },
    transitions: [
      { from: 'paired', on: 'failover', when: { candidate: true }, to: 'moving', noticed: true },
      { from: 'moved', on: 'create', to: 'paired' },
      { from: 'moving', after: 'reconnect', to: [{ when: { candidate: true }, to: 'moved', do: [{ do: 'take-over' }] }, { to: 'paired' }], failover: true },
    ],
  },
  faults: {},
  operations: {
    failover: { meaning: 'the name leads to the other region from now on', event: 'failover', takes: 'failover' },
    create: { meaning: 'the two are paired anew, the one in use as the active one: from now on it can be moved again', event: 'create' },
  },
  pool: { function: 'accept', slots: () => Infinity, waiting: () => Infinity },
  speaks: ['sb-messaging'],
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: () => [],
    output: 'call',
    names: ['active', 'passive'],
    onError: 'refuse',
    to: ['active', 'passive'],
  },
  rules: [twoDatacenters],
  check: (values) => (values.active === values.passive ? ['the active and the passive one are the same'] : []),
});
