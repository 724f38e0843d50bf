/**
 * A WCF service or a WF workflow whose BAM interceptor writes an event about each message straight into the BAM import database.
 *
 * At its start it reads from a database what to intercept. A workflow looks again until it is there; a WCF service does not, and works
 * without interception until it is started again. An event that cannot be written is lost, kept, or makes its work fail.
 * Not modelled: several events of one message, steps of a workflow, a transaction of the caller.
 */
import { answeringHop, answeringPool, choice, distribution, duration, flag, inItsSite, integer, kind, onItsServer, plainFaults, reference } from '../../model/index.js';
import type { LifecycleTable } from '../../model/index.js';

const WORKING = ['up', 'blind'];
const WELL = [...WORKING, 'hung', 'hung-blind'];

/** As any process; but what it finds at its start decides whether it intercepts. */
const lifecycle: LifecycleTable = {
  initial: 'up',
  absent: 'absent',
  appears: 'starting',
  states: {
    up: { meaning: 'works, and knows what to intercept', offers: 'all', normal: true },
    blind: { meaning: 'works without interception: it could not read its configuration when it started', offers: ['serve', 'record'] },
    starting: { meaning: 'reads its configuration; takes no time', offers: 'none', depth: 'process' },
    down: { meaning: 'failed, or what carries it failed', offers: 'none', depth: 'process', work: 'dropped' },
    stopped: { meaning: 'shut down cleanly', offers: 'none', depth: 'process', work: 'released', clean: true },
    hung: { meaning: 'up, but answers nothing', offers: 'none', depth: 'function', silent: true, work: 'frozen' },
    'hung-blind': { meaning: 'up without interception, but answers nothing', offers: 'none', depth: 'function', silent: true, work: 'frozen' },
    absent: { meaning: 'not there yet', offers: 'none', depth: 'host', clean: true },
  },
  transitions: [
    { from: [...WELL, 'stopped'], on: 'crash', to: 'down' },
    { from: WELL, on: 'stop', to: 'stopped' },
    { from: 'up', on: 'hang', to: 'hung' },
    { from: 'blind', on: 'hang', to: 'hung-blind' },
    ...['site', 'platform'].flatMap((need) => [
      { from: [...WELL, 'stopped'], on: `${need}-lost`, to: 'down' },
      { from: WELL, on: `${need}-left`, to: 'stopped' },
    ]),
    { from: 'hung', when: { held: false }, to: 'up' },
    { from: 'hung-blind', when: { held: false }, to: 'blind' },
    { from: ['down', 'stopped'], when: { all: [{ held: false }, { hosted: true }] }, to: 'starting' },
    { from: 'starting', when: { hosted: false }, to: 'down' },
    { from: 'starting', when: { hosted: true }, to: [{ when: { need: 'config', met: true }, to: 'up' }, { to: 'blind' }] },
    { from: 'blind', every: 'config-retry', when: { all: [{ parameter: 'interceptor', is: 'workflow' }, { need: 'config', met: true }] }, to: 'up' },
  ],
};

export const interceptedService = kind({
  name: 'intercepted-service',
  summary: 'A WCF service or a workflow that is called, and whose interceptor writes events straight into the BAM import database.',
  omits: 'several events of one message, steps of a workflow, a transaction of the caller',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    interceptor: choice('Without its configuration a `workflow` looks for it again; a `wcf` service works without interception until it is started again.', ['workflow', 'wcf'], { required: true }),
    bam: reference('The BAM import database: one event is written there with the end of the work on each message.', { offers: ['sql'], required: true }),
    config: reference('Where the configuration of the interceptor is read from at the start.', { offers: ['sql'], absent: 'the BAM import database (loading-bam-interceptors-using-the-bam-api: one connection string for both)' }),
    'config-retry': duration('A workflow without its configuration looks for it again at this period; until then it works without interception (assumption).', {
      min: '1s', default: '300s', source: 'loading-bam-interceptors-using-the-bam-api: polls each 300 s in its example',
    }),
    transaction: choice('The event and the work are parts of one transaction (`ambient`): while the event cannot be written, the work fails. For a `wcf` service this is an assumption.', ['none', 'ambient'], {
      default: 'none', source: 'bam-interceptors-in-a-high-availability-environment: only where there is an ambient transaction the instance ends',
    }),
    'retry-writes': flag('An event that cannot be written is kept in the memory of the process and tried again (the batch service of a workflow with retries).', {
      absent: 'it is lost (bam-interceptors-in-a-high-availability-environment: no retry of writing)',
    }),
    'write-retry': duration('Period of these tries.', { min: '1ms', default: '20s', source: 'assumption: no page gives the pause of the batch service' }),
    work: distribution('Time that one message takes.', { default: '50ms', source: 'assumption: as an application' }),
    concurrency: integer('Messages worked on at once, per member.', { min: 1, absent: 'every message is worked on at once' }),
    queue: integer('Messages that may wait for a free worker, per member; one more is refused.', { min: 0, absent: 'any number may wait' }),
    answer: choice('When the caller is told "accepted": after the work, or on receipt. Then an instance that ends loses what was accepted.', ['after-work', 'on-receipt'], {
      default: 'after-work', source: 'assumption: a synchronous call',
    }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start, as a host instance',
    }),
  },
  functions: {
    serve: {
      meaning: 'answers calls',
      needs: [inItsSite, onItsServer],
    },
    intercept: {
      meaning: 'knows what to write events about',
      needs: [
        {
          name: 'config', way: 'requires', from: [{ at: 'parameter', parameter: 'config' }, { at: 'parameter', parameter: 'bam', unless: 'config' }], function: 'sql', when: 'start', reaction: 'pause',
          meaning: 'the configuration of its interceptor',
        },
      ],
    },
    record: {
      meaning: 'can write events',
      needs: [{ name: 'bam', way: 'requires', from: { at: 'parameter', parameter: 'bam' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the BAM import database' }],
    },
  },
  lifecycle,
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the work is done, the answer is lost', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the message is refused (`taken`), or its work fails without effect and without an event (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  gauges: {
    'events-written': { meaning: 'events written since the beginning', unit: 'events' },
    'events-lost': { meaning: 'events that could not be written and are gone; the messages are not', unit: 'events' },
    'events-missed': { meaning: 'messages worked on without interception', unit: 'events' },
    'events-waiting': { meaning: 'events kept in memory until they can be written', unit: 'events' },
  },
  check: (values) => {
    if (values['retry-writes'] !== true) return [];
    return [
      ...(values.interceptor === 'wcf' ? ['"retry-writes" needs "interceptor: workflow": a WCF service has no batch service that would try again'] : []),
      ...(values.transaction === 'ambient' ? ['"retry-writes" with "transaction: ambient": the instance ends at once, so nothing is kept to be tried again; take one of them away'] : []),
    ];
  },
  pool: { function: 'serve', ...answeringPool },
  hop: {
    ...answeringHop,
    records: {
      function: 'record', while: 'intercept', to: 'bam',
      terms: (values) => ({ together: values.transaction === 'ambient', retry: values['retry-writes'] === true ? values['write-retry'] : 0 }),
    },
  },
});
