/**
 * Any system that takes messages and works on them: a queue, so many workers, a time of service; then a sink, or on to the next.
 *
 * What a crash, a hang or a more urgent message does to what waits and to what is in work follows from where the queue is kept and from
 * when the caller is told. Not modelled: dead-letter queues, and a queue that several members share (a member has its own).
 */
import { byFlow, choice, distribution, duration, flag, integer, kind, onItsServer, plainFaults, plainLife, record, reference } from '../../model/index.js';
import type { NeedDeclaration } from '../../model/index.js';

/** Functions that a service may be declared to need; of a component that is named, all that it offers. */
const NEEDED = ['serve', 'carry', 'run', 'sql', 'storage', 'names', 'logon', 'balance', 'site'];

const needs: readonly NeedDeclaration[] = [
  { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power and network of the site' },
  onItsServer,
  {
    name: 'others', way: 'requires', from: NEEDED.map((one) => ({ at: 'parameter', parameter: 'needs', function: one })), function: 'serve', when: 'always', reaction: 'pause',
    meaning: 'the components that it cannot work without',
  },
];

export const service = kind({
  name: 'service',
  summary: 'Takes messages, lets them wait, works on them, and is a sink or passes them on.',
  omits: 'dead-letter queues, a queue that several members share, growth of its work with its load',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' }, cluster: {} },
  parameters: {
    work: distribution('Time of service: how long one message keeps a worker, before it is passed on.', { required: true }),
    workers: integer('Messages worked on at once, per member.', { min: 1, default: 1, source: 'assumption: one server, as in the simplest queueing station' }),
    capacity: integer('Messages that one member holds, in work and waiting together; one more is refused.', { min: 1, absent: 'any number may wait' }),
    queue: choice('Where messages wait: in the memory of the process (`volatile`: a crash loses them), on a disk beside it (`durable`: they are there again when it is), or in something of its own that also takes them while the service is away (`apart`).', ['volatile', 'durable', 'apart'], {
      default: 'volatile', source: 'assumption: a process that keeps nothing',
    }),
    interrupted: choice('Work that a crash (with a queue that is kept) or a more urgent message interrupts goes on where it was, or begins anew.', ['repeat', 'resume'], {
      default: 'repeat', source: 'assumption: nothing is saved in the middle of the work',
    }),
    priorities: byFlow('Urgency of the flows through it: a smaller number is taken first, one that is not named comes last. Equals: first come, first served.', { type: 'integer', meaning: 'its urgency, 1 is the highest', min: 1 }, {
      absent: 'first come, first served',
    }),
    preemptive: flag('A more urgent message takes the worker of a less urgent one.', { absent: 'who has a worker keeps it' }),
    'time-to-live': distribution('A message that no worker has taken up after this time is given up (`expired`).', { absent: 'messages wait for ever' }),
    answer: choice('When the caller is told "accepted": after the work, that of the next component included (at least once), or on receipt (whether a crash then loses it, the queue decides).', ['after-work', 'on-receipt'], {
      default: 'after-work', source: 'assumption: a synchronous call',
    }),
    to: reference('The component that gets the message when its work is done; the worker waits for the answer.', { offers: ['serve', 'carry', 'receive'], absent: 'it is a sink: its work is the effect' }),
    retry: record('What happens when the next component does not accept it.', {
      count: integer('Attempts after the first; then it is given up: the caller is told, or, if it was told "accepted", the message is lost.', { min: 0, absent: 'until it succeeds' }),
      interval: distribution('Wait before each of them; the worker waits with it.', { default: '1s', source: 'assumption: a short pause' }),
    }, { absent: 'it is given up after one attempt' }),
    timeout: duration('How long it waits for an answer of the next component.', { min: '1us', default: '30s', source: 'assumption: a common time-out of a call' }),
    balancer: reference('What spreads calls over its members.', { offers: ['balance'], absent: 'callers take the members in turn, blindly' }),
    needs: reference('Components that it cannot work without, besides where it stands.', { offers: NEEDED, many: true, absent: 'it needs nothing else' }),
    remember: record('Ids of messages whose work is done: one that comes again has no further effect.', {
      ids: integer('Ids remembered, the oldest is forgotten first.', { min: 1, required: true }),
    }, { absent: 'it does not know a message again' }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start',
    }),
  },
  functions: { serve: { meaning: 'works on messages', needs } },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the work is done, the answer is lost', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the message is refused (`taken`), or its work fails without effect (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  check: ({ capacity, workers, priorities, preemptive, to, retry, remember, interrupted, queue }) => [
    ...(capacity !== undefined && capacity < workers ? [`a capacity of ${String(capacity)} leaves ${String(workers - capacity)} of ${String(workers)} workers without work for ever: capacity counts what is in work, too`] : []),
    ...(preemptive === true && priorities === undefined ? ['"preemptive" without "priorities": nothing is more urgent than anything else'] : []),
    ...(retry !== undefined && to === undefined ? ['"retry" without "to": there is nobody to call again'] : []),
    ...(remember !== undefined && to !== undefined ? ['"remember" with "to": only a sink knows which work is done'] : []),
    ...(interrupted === 'resume' && queue === 'volatile' && preemptive !== true ? ['"interrupted: resume" has nothing to resume: a crash loses what is in work, and nothing is preemptive; say queue: durable'] : []),
  ],
  pool: { function: 'serve', slots: (values) => values.workers, waiting: () => Infinity },
  hop: {
    pool: 'own',
    intake: 'call',
    through: 'balancer',
    order: (values) => (values.answer === 'on-receipt' ? 'settle-first' : 'put-then-settle'),
    steps: (values) => [{ work: values.work, persist: false }],
    output: (values) => (values.to === undefined ? 'effect' : 'call'),
    to: ['to'],
    ladder: ({ to, retry, timeout, work }) => (to === undefined ? undefined : {
      rungs: [{ to, tries: retry === undefined ? 1 : (retry.count ?? Infinity) + 1, interval: retry?.interval ?? work }],
      timeout, exhausted: 'reject', waits: 'worker',
    }),
    station: (values) => ({
      capacity: values.capacity ?? Infinity, keeps: values.queue === 'volatile' ? 'nothing' : 'all', takesAlways: values.queue === 'apart',
      interrupted: values.interrupted, urgency: values.priorities ?? {}, preempts: values.preemptive === true, patience: values['time-to-live'],
    }),
    onError: 'refuse',
    remembers: (values) => (values.remember === undefined ? undefined : { ids: values.remember.ids, durable: values.queue !== 'volatile' }),
  },
});
