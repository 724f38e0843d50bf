/**
 * An SAP receive location: a listener that takes transactional units, publishes them, and confirms them afterwards.
 *
 * The ids of units that it has published are recorded with the commit, in the instance that published them: that instance confirms a
 * repeated unit without publishing it again. Another instance does not know it: a cluster has only one. Not modelled: units that are refused.
 */
import { distribution, integer, kind, plainLife, reference } from '../../model/index.js';
import { receivedInProcess, singleListener } from './shared/polling-rules.js';
import { pollingNeeds } from './shared/polling.js';
import { pollingHop } from './shared/polling-hops.js';

export const sapReceiveLocation = kind({
  name: 'sap-receive-location',
  summary: 'Takes transactional units from an SAP system; a unit that is repeated to another instance is published again.',
  omits: 'units that are refused because their transaction is with another instance, pipeline failures other than `error`, throttling',
  placement: { follows: 'host' },
  parameters: {
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    from: reference('The SAP system whose units it takes.', { offers: ['units'], required: true }),
    work: distribution('Calls, pipeline, map and publishing of one unit.', { default: '20ms', source: 'assumption: pipeline and publish 20 ms' }),
    confirmation: distribution('From the commit in the MessageBox until SAP has the confirmation.', { default: '10ms', source: 'assumption: one short round trip' }),
    concurrency: integer('Units that one instance works on at once.', { min: 1, default: 10, source: 'assumption: a few connections' }),
    remembers: integer('Ids of units that an instance remembers, the oldest is forgotten first.', { min: 1, default: 100_000, source: 'assumption: a table that is cleaned up rarely' }),
  },
  functions: { receive: { meaning: 'takes units and publishes them', needs: pollingNeeds('units') } },
  lifecycle: plainLife('function', ['host']),
  faults: {
    stop: { meaning: 'the location is disabled by somebody', depth: 'function', event: 'stop' },
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the unit is published, and SAP does not hear the confirmation', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the call is answered with an error, and SAP repeats the unit', depth: 'function', steps: ['worked'] },
  },
  operations: { deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] } },
  pool: {
    function: 'receive', slots: (values) => values.concurrency, waiting: () => Infinity,
    leases: { from: 'from', ahead: () => 0, renews: () => 0, atRandom: true },
  },
  hop: {
    ...pollingHop, order: () => 'put-then-settle', steps: (values) => [{ work: values.work, persist: false }], settling: (values) => values.confirmation,
    remembers: (values) => ({ ids: values.remembers, durable: true, apart: true }),
  },
  rules: [receivedInProcess, singleListener],
});
