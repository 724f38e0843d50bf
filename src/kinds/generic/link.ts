/**
 * A line between a caller and the next component: time on the way, requests that never arrive, answers that never come back.
 *
 * It passes on what it carries and the answer to it, keeps nothing, and while it is down nobody hears anything. Not modelled: bandwidth,
 * order on the line, and the way back of an answer (it takes no time: put the whole round trip into `delay`).
 */
import { distribution, duration, kind, plainFaults, plainLife, reference, share } from '../../model/index.js';

export const link = kind({
  name: 'link',
  summary: 'A line in the way of calls: it takes time, and it may lose requests and answers.',
  omits: 'bandwidth, order on the line, the time of the way back',
  placement: { in: { offers: ['site'], meaning: 'containment' } },
  parameters: {
    to: reference('The component at its other end.', { offers: ['serve', 'carry', 'receive'], required: true }),
    delay: distribution('Time from the caller to the other end.', { default: '0s', source: 'assumption: a local network' }),
    loss: share('Share of requests that never arrive: the caller hears nothing, and nothing was done.', { default: '0%', source: 'assumption: a reliable transport' }),
    'answer-loss': share('Share of answers that never come back: the work is done, and the caller hears nothing.', { default: '0%', source: 'assumption: a reliable transport' }),
    idle: duration('How long it keeps the place of a request that nobody answers; longer than callers wait.', { min: '1us', default: '5m', source: 'assumption: a connection without traffic is dropped after minutes' }),
  },
  functions: {
    carry: {
      meaning: 'carries calls and their answers',
      needs: [{ name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of what it runs through' }],
    },
  },
  // Nobody refuses on its behalf: what is sent into it is not answered.
  lifecycle: plainLife('host', ['site'], 'host'),
  faults: {
    ...plainFaults('the line', undefined, 'host'),
    slow: { meaning: 'the way takes `factor` times longer', depth: 'function' },
    'ack-loss': { meaning: 'the answer is lost on the way back', depth: 'function', steps: ['settled'] },
  },
  check: ({ loss, 'answer-loss': answers, idle }) => [
    ...(loss === 1 ? ['with a loss of 100 % nothing ever arrives: to cut the line for a time, let it suffer an outage'] : []),
    ...(answers === 1 ? ['with an answer-loss of 100 % no caller ever hears anything: for a time, let it suffer ack-loss'] : []),
    ...(idle === 0 ? ['"idle" of 0 waits for no answer'] : []),
  ],
  pool: { function: 'carry', slots: () => Infinity, waiting: () => Infinity },
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: (values) => [{ work: values.delay, persist: false }],
    output: 'call',
    to: ['to'],
    ladder: (values) => ({ rungs: [{ to: values.to, tries: 1, interval: values.delay }], timeout: values.idle, exhausted: 'reject', waits: 'worker' }),
    loses: (values) => ({ requests: values.loss, answers: values['answer-loss'] }),
    onError: 'refuse',
  },
});
