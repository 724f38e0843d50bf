/**
 * The syphon of paired namespaces: moves messages from backlog queues to the queue they were meant for, while that accepts.
 *
 * It takes under a lock and settles after the send: what it moves may come twice when it crashes in between, and is never lost by it.
 * Sessions and order are not kept. Not modelled: the long poll (a message is taken as soon as it is there and the queue accepts).
 */
import { distribution, duration, inItsSite, integer, kind, onItsServer, plainFaults, plainLife, reference } from '../../model/index.js';
import type { NeedDeclaration } from '../../model/index.js';
import { habitsOf, tokenHabits } from './shared/tokens.js';

const SECOND = 1_000_000;

const ground: readonly NeedDeclaration[] = [
  inItsSite,
  onItsServer,
];

export const syphon = kind({
  name: 'syphon',
  summary: 'Moves messages from backlog queues to the queue they were meant for; members share the work.',
  omits: 'the long poll of an idle syphon',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    from: reference('The backlog queues that it empties.', { offers: ['deliver'], many: true, required: true }),
    to: reference('The queue or topic that their messages were meant for.', { offers: ['accept'], required: true }),
    concurrency: integer('Messages that one member moves at once.', { min: 1, default: 10, source: 'assumption: one for each backlog queue' }),
    timeout: duration('Of one send with all its tries.', { default: '30s', source: 'assumption: half of the lock of a backlog queue' }),
    work: distribution('Time in the client before a message is sent.', { default: '0s', source: 'assumption: none' }),
    ...tokenHabits,
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start, as a host instance' }),
  },
  functions: {
    run: { meaning: 'waits for messages and for the queue they were meant for', needs: ground },
    move: {
      meaning: 'takes messages and sends them on',
      needs: [
        ...ground,
        { name: 'target', way: 'requires', from: { at: 'parameter', parameter: 'to' }, function: 'accept', when: 'always', reaction: 'pause', meaning: 'the queue that the messages were meant for' },
      ],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the syphon', 'restart', 'process'),
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'a message is sent on, and the backlog queue does not hear of it', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the work fails, and the message is given back', depth: 'function', steps: ['worked'] },
  },
  check: (values) => (values.from.includes(values.to) ? ['it cannot empty a queue into itself'] : []),
  pool: {
    function: 'move',
    slots: (values) => values.concurrency,
    waiting: () => Infinity,
    leases: { from: 'from', ahead: () => 0, renews: () => 0, busy: () => 10 * SECOND, tokens: (values) => habitsOf(values) },
  },
  hop: {
    pool: 'own',
    intake: 'store',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.work, persist: false }],
    output: 'call',
    sends: (values) => ({
      to: [values.to], mode: 'single', swaps: 'on-success', targets: 1,
      timeout: values.timeout, limit: values.timeout, retries: 10, base: SECOND, cap: 30 * SECOND, busy: 10 * SECOND, tokens: habitsOf(values),
    }),
    onError: 'refuse',
    to: ['to'],
  },
});
