/**
 * A business process: steps of work with persistence points.
 *
 * After a crash another instance goes on from the last persistence point; the steps after it are done again. Its last step takes the
 * message, publishes the next one and ends itself in one transaction. Not modelled: correlation, long waits, dehydration, compensation.
 */
import { distribution, flag, kind, list, plainLife, record, reference } from '../../model/index.js';

export const orchestration = kind({
  name: 'orchestration',
  summary: 'Steps of work with persistence points, run by the instances of a host.',
  omits: 'correlation, long waits, dehydration, compensation',
  placement: { follows: 'host' },
  parameters: {
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    steps: list('The steps, in order.', record('One step.', {
      work: distribution('Time of the step.', { required: true }),
      persist: flag('The state is saved after this step.', { default: false, source: 'assumption: only where the design has a persistence point' }),
    }, {}), { min: 1, default: [{ work: '100ms' }], source: 'assumption: one step of 100 ms' }),
  },
  functions: {
    process: {
      meaning: 'works on messages',
      needs: [
        { name: 'host', way: 'requires', from: { at: 'parameter', parameter: 'host' }, function: 'run', when: 'always', reaction: 'pause', meaning: 'the host instance on the same server' },
      ],
    },
  },
  lifecycle: plainLife('function'),
  faults: {
    slow: { meaning: 'its steps take `factor` times longer', depth: 'function' },
    error: { meaning: 'a message fails and is suspended', depth: 'function', steps: ['worked'] },
  },
  operations: {
    resume: { meaning: 'suspended instances go on from their last persistence point', resumes: true },
    deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] },
  },
  gauges: { suspended: { meaning: 'instances suspended', unit: 'messages' } },
  hop: {
    pool: { parameter: 'host' },
    intake: 'store',
    order: () => 'one-transaction',
    steps: (values) => values.steps,
    output: 'publish',
    onError: 'suspend',
  },
});
