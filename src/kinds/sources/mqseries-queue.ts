/**
 * A queue of an MQSeries queue manager: keeps persistent messages until a reader has taken them; who reads in a transaction locks them.
 * Not modelled: messages that are not persistent, channels between queue managers, backout queues.
 */
import { kind, plainFaults, plainLife } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceNeeds, sourceParameters, untilDeleted } from './shared/source.js';

export const mqseriesQueue = kind({
  name: 'mqseries-queue',
  summary: 'A queue of a queue manager: keeps persistent messages until somebody takes them.',
  omits: 'messages that are not persistent, channels between queue managers, backout queues, sizes',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: sourceParameters,
  functions: { get: { meaning: 'takes messages in and hands them out', needs: sourceNeeds } },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the queue manager', 'restart', 'process'), ...putFaults,
    'disk-loss': { meaning: 'its messages are gone; the queue is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: keptGauge,
  pool: { function: 'get', ...anyNumber },
  buffer: { function: 'get', initial: 'initial', terms: () => untilDeleted },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
