/**
 * A destination: answers calls, and its work is what the sender wanted done.
 *
 * The effect happens when its work ends, whether or not the caller still listens; if it enlists in the transaction of its caller, with
 * the commit. Not modelled: what it does with its own failures.
 */
import { answeringHop, answeringPool, choice, distribution, flag, inItsSite, integer, kind, onItsServer, plainFaults, plainLife, record } from '../../model/index.js';

export const application = kind({
  name: 'application',
  summary: 'A destination that is called and does the work: it can be slow, down, or lose the answer.',
  omits: 'its own storage and its own redundancy; requests in work are forgotten when it crashes',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    work: distribution('Time that one request takes.', { default: '50ms', source: 'assumption: send and answer of a line-of-business system' }),
    concurrency: integer('Requests worked on at once, per member.', { min: 1, absent: 'every request is worked on at once' }),
    queue: integer('Requests that may wait for a free worker, per member; one more is refused.', { min: 0, absent: 'any number may wait' }),
    answer: choice('When the caller is told "accepted": after the work (at least once) or on receipt (a crash during the work loses it).', ['after-work', 'on-receipt'], {
      default: 'after-work', source: 'assumption: a synchronous call',
    }),
    enlists: flag('It takes part in the transaction of a caller that has one: its work takes effect with the commit, or not at all.', {
      absent: 'it works outside of transactions',
    }),
    remember: record('Ids of messages whose work is done: one that comes again has no further effect.', {
      ids: integer('Ids remembered, the oldest is forgotten first.', { min: 1, required: true }),
    }, { absent: 'it does not know a message again' }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start, as a host instance',
    }),
  },
  functions: {
    serve: {
      meaning: 'answers calls',
      needs: [inItsSite, onItsServer],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the application', 'restart', 'process'),
    slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the work is done, the answer is lost', depth: 'function', steps: ['settled'] },
    error: { meaning: 'the request is refused (`taken`), or fails after its work without effect (`worked`)', depth: 'function', steps: ['worked', 'taken'] },
  },
  check: (values) => (values.enlists === true && values.answer === 'on-receipt' ? ['it cannot enlist in a transaction and answer on receipt: the answer must wait for the work'] : []),
  pool: { function: 'serve', ...answeringPool },
  hop: {
    ...answeringHop,
    enlists: (values) => (values.enlists === true ? 'serve' : undefined),
    remembers: (values) => (values.remember === undefined ? undefined : { ids: values.remember.ids, durable: false }),
  },
});
