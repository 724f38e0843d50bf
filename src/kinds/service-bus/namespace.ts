/**
 * A Service Bus namespace in one datacenter, or over the availability zones of a region, with the messaging stores that keep its entities.
 *
 * With zones, each a datacenter, every message lies in all of them: the loss of one costs seconds of errors and no message, that of most
 * of them the namespace until they are back. With a second region there is another copy of everything (geo-replication): in step with the
 * first (sync), so that nothing is accepted that is not in both, or behind it (async). Somebody promotes the second region; meanwhile nothing
 * is sent or received, and there is no way back. Not modelled: gateways and brokers one by one, the loss of the data with all zones (it
 * waits for them), a fault of the whole namespace that one region survives.
 */
import { choice, distribution, duration, integer, kind, plainLife, rate, reference } from '../../model/index.js';
import { tokensHaveAnIssuer } from './shared/rules.js';
import type { LifecycleTable } from '../../model/index.js';

const plain = plainLife('host', ['site', 'home', 'zones']);
const ALIVE = ['up', 'hung', 'down', 'stopped', 'rekeyed', 'switching'];
/** Up, but with a key that clients do not know yet; up, but a zone has just been lost. */
const life: LifecycleTable = {
  ...plain,
  states: {
    ...plain.states,
    rekeyed: { meaning: 'up; its clients do not have the new key yet', offers: ['serve', 'redundancy'], depth: 'function' },
    promoting: { meaning: 'the second region takes over: nothing is sent or received', offers: 'none', depth: 'function' },
    switching: { meaning: 'a zone is lost: connections move to the others', offers: ['admit'], depth: 'function' },
  },
  transitions: [
    ...plain.transitions.map((one) => (one.on === undefined || one.on === 'hang' ? one : { ...one, from: [...[one.from].flat(), 'rekeyed', 'switching'] })),
    { from: 'up', on: 'recycle', to: 'switching', noticed: true },
    { from: 'switching', after: 'zone-failover', to: 'up' },
    { from: 'up', on: 'rotate-key', to: 'rekeyed' },
    { from: 'rekeyed', after: 'key-rollout', to: 'up' },
    { from: ALIVE, on: 'failover', when: { relocatable: true }, to: 'promoting', noticed: true },
    { from: 'promoting', after: 'promotion', to: 'up', do: [{ do: 'relocate' }], failover: true },
  ],
};

export const serviceBusNamespace = kind({
  name: 'service-bus-namespace',
  summary: 'A Service Bus namespace: its queues and topics lie in its messaging stores, `name/store1` to `name/storeN`.',
  omits: 'gateways and brokers one by one, and the loss of the data with all zones',
  placement: { in: { offers: ['site'], meaning: 'containment' } },
  parameters: {
    auth: choice('How clients show that they may: with a key (sas), or with a token of a token service (acs).', ['sas', 'acs'], { default: 'sas', source: 'insulating applications against Service Bus outages: SAS has no issuer that can fail' }),
    'token-service': reference('Who issues the tokens.', { offers: ['issue'], absent: 'none: clients use a key' }),
    credits: rate('Operations a second that all its entities may do together, sends and receives; one more is answered "busy".', { absent: 'any number (premium); the standard tier has 1000/s (service-bus-throttling)' }),
    'key-rollout': duration('After a key was regenerated: until clients have the new one.', { default: '15m', source: 'assumption: somebody configures them, 15 min' }),
    stores: integer('Messaging stores; a partitioned entity has a fragment in each.', { min: 1, max: 100, default: 16, source: 'service-bus-partitioning: 16 fragments' }),
    zones: reference('Premium: the three availability zones that it is spread over, each a datacenter; instead of in:.', { offers: ['site'], many: true, absent: 'it is not spread over zones' }),
    secondary: reference('Premium: the datacenter of a second region that has a copy of everything (geo-replication).', { offers: ['site'], absent: 'there is one copy' }),
    copies: choice('The second copy is in step with the first, and a send needs both regions (sync); or it is behind (async).', ['async', 'sync'], { default: 'async', source: 'service-bus-geo-replication: either; assumption: async' }),
    lag: distribution('Async: how far the second copy is behind the first when that is lost.', { default: { exponential: '5s' }, source: 'assumption: seconds; reliability-service-bus: the loss is at most the lag' }),
    promotion: distribution('Time that the promotion of the second region takes.', { default: { uniform: ['5m', '10m'] }, source: 'reliability-service-bus: typically 5 to 10 min' }),
    'zone-failover': distribution('Time of errors after the loss of a zone.', { default: '5s', source: 'assumption: reliability-service-bus names a few seconds' }),
  },
  functions: {
    write: {
      meaning: 'takes new messages',
      needs: [{ name: 'other-region', way: 'requires', from: { at: 'parameter', parameter: 'secondary' }, function: 'site', when: 'always', reaction: 'pause', only: { parameter: 'copies', is: 'sync' }, meaning: 'the second region, where both copies are in step' }],
    },
    admit: { meaning: 'knows the keys of its clients', needs: [] },
    redundancy: {
      meaning: 'has a copy of everything in every zone',
      onlyWith: 'zones',
      needs: [{ name: 'zone', way: 'requires', from: { at: 'parameter', parameter: 'zones' }, function: 'site', when: 'always', reaction: 'recycle', meaning: 'every zone; the loss of one breaks connections' }],
    },
    serve: {
      meaning: 'answers clients',
      needs: [
        { name: 'zones', way: 'k-of-n', k: 'majority', from: { at: 'parameter', parameter: 'zones' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'most of its zones' },
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', carriesData: true, only: { parameter: 'secondary', is: undefined }, meaning: 'the datacenter it is tied to' },
        { name: 'home', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', only: { parameter: 'secondary', not: undefined }, meaning: 'the region it works in, where another has a copy' },
      ],
    },
  },
  lifecycle: life,
  faults: {
    outage: { meaning: 'the scale unit is away for a time; messages are kept', depth: 'host', event: 'crash' },
    crash: { meaning: 'the scale unit is away; messages are kept', depth: 'host', event: 'crash' },
    hang: { meaning: 'it is up but answers nothing', depth: 'function', event: 'hang' },
    disaster: { meaning: 'the scale unit and all messages in it are gone for good', depth: 'host', event: 'crash', wipes: true },
  },
  relocation: 'secondary',
  lags: (values) => (values.secondary !== undefined && values.copies === 'async' ? values.lag : undefined),
  operations: {
    failover: { meaning: 'the second region is promoted, whether or not the first is there', event: 'failover' },
    'rotate-key': { meaning: 'a key is regenerated: clients that sign with it are turned away until they have the new one', event: 'rotate-key' },
  },
  credits: { perSecond: 'credits' },
  access: { function: 'admit', issuer: 'token-service', issues: 'issue', lifetime: 'lifetime' },
  check: (values) => [
    ...(values.zones !== undefined && values.zones.length < 3 ? [`a namespace over zones has three of them, and "zones" names ${String(values.zones.length)}`] : []),
    ...(values.auth === 'acs' && values['token-service'] === undefined ? ['with auth acs it needs a "token-service"'] : []),
    ...(values.auth === 'sas' && values['token-service'] !== undefined ? ['it names a token service, but its clients use keys: say auth: acs'] : []),
  ],
  box: { scope: 'namespace' },
  rules: [tokensHaveAnIssuer],
  parts: { part: 'store', kind: 'messaging-store', count: 'stores' },
});
