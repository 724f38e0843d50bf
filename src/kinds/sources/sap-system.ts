/**
 * An SAP system that sends transactional calls (tRFC units) to listeners: it keeps each unit until its listener has confirmed it.
 *
 * It picks one of the listeners that are registered, at random; a unit whose call failed is repeated later, to any of them.
 * Not modelled: queues of units (qRFC), program ids one by one, units that are refused.
 */
import { duration, kind, plainFaults, plainLife } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceNeeds, sourceParameters, untilDeleted } from './shared/source.js';

export const sapSystem = kind({
  name: 'sap-system',
  summary: 'Sends transactional units to listeners, one of them at random, and repeats what was not confirmed.',
  omits: 'queued units (qRFC), program ids one by one, units that are refused',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: {
    ...sourceParameters,
    repeat: duration('A unit whose call failed is sent again after this time.', { min: '1s', default: '15m', source: 'assumption: the scheduled repetition of tRFC; no page gives one' }),
  },
  functions: { units: { meaning: 'keeps units and sends them', needs: sourceNeeds } },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: { ...plainFaults('the SAP system', 'restart', 'process'), ...putFaults },
  gauges: keptGauge,
  pool: { function: 'units', ...anyNumber },
  buffer: { function: 'units', initial: 'initial', terms: (values) => ({ ...untilDeleted, pause: values.repeat }) },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
