/**
 * A business process: steps of work with persistence points.
 *
 * After a crash another instance goes on from the last persistence point; the steps after it are done again. Its last step takes the
 * message, publishes the next one and ends itself in one transaction. A step may be a wait: a short one is spent in the memory of the
 * instance, a long one in the MessageBox (dehydrated). Not modelled: correlation (waits that a message ends), compensation.
 */
import { constant } from '../../kernel/index.js';
import { distribution, flag, integer, kind, list, plainLife, record, reference } from '../../model/index.js';
import { worksInProcess } from '../../model/rule/index.js';

const nothing = { work: constant(0), persist: false };

export const orchestration = kind({
  name: 'orchestration',
  summary: 'Steps of work with persistence points, run by the instances of a host.',
  omits: 'correlation, compensation, waits that a message ends',
  placement: { follows: 'host' },
  parameters: {
    host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
    steps: list('The steps, in order.', record('One step.', {
      work: distribution('Time of the step.', { absent: 'the step is a wait' }),
      wait: distribution('Instead of work: the time until it goes on. It takes no worker; longer than the `dehydration` threshold of the host, it is saved and any instance goes on.', { absent: 'the step is work' }),
      persist: flag('The state is saved after this step.', { default: false, source: 'assumption: only where the design has a persistence point' }),
    }, {}), { min: 1, default: [{ work: '100ms' }], source: 'assumption: one step of 100 ms' }),
    priority: integer('Priority of its subscription, 1 the highest: an instance takes what has the highest first, without fairness.', { min: 1, max: 9, default: 7, source: 'how-to-configure-transport-advanced-options-for-a-send-port: activating subscriptions 7' }),
    'initial-suspended': integer('Instances of the first flow through it that are suspended at time 0.', { min: 0, default: 0, source: 'assumption: none' }),
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
    resume: { meaning: 'suspended instances go on from their last persistence point', suspended: 'resume' },
    terminate: { meaning: 'suspended instances are given up: rejected, with the cause `terminated`', suspended: 'terminate' },
    deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] },
  },
  gauges: {
    suspended: { meaning: 'instances suspended', unit: 'messages', whole: true },
    dehydrated: { meaning: 'instances that wait in the MessageBox', unit: 'messages', whole: true },
  },
  hop: {
    pool: { parameter: 'host' },
    intake: 'store',
    order: () => 'one-transaction',
    // After a last wait there is still the end to do.
    steps: (values) => [
      ...values.steps.map(({ work, persist, wait }) => ({ work: work ?? nothing.work, persist, ...(wait === undefined ? {} : { wait }) })),
      ...(values.steps.at(-1)?.wait === undefined ? [] : [nothing]),
    ],
    output: 'publish',
    onError: 'suspend',
    priority: 'priority',
    suspended: 'initial-suspended',
  },
  check: ({ steps }) => steps.flatMap(({ work, wait, persist }, index) => [
    ...((work === undefined) === (wait === undefined) ? [`step ${index + 1} is either work or wait`] : []),
    ...(wait !== undefined && persist ? [`step ${index + 1}: a wait has no persist of its own; a long one is saved`] : []),
  ]),
  rules: [worksInProcess],
});
