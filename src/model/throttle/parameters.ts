/**
 * The parameters of host throttling, shared by all kinds of hosts.
 *
 * Numbers of a kind are in percent where the documents give percent. Not here: what follows from them (`throttle.ts`).
 */
import { duration, integer, number, record, share, size } from '../declare.js';
import type { Values } from '../parameter.js';

const RESOURCES = 'how-to-modify-resource-based-throttling-settings';
const RATES = 'how-to-modify-rate-based-throttling-settings';

const severity = (when: string, percent: number, source: string): { type: 'number'; meaning: string; min: number; default: number; source: string } =>
  number(`Share of the delay that applies when ${when}, in percent.`, { min: 0, default: percent, source });

const FIELDS = {
  'message-count': integer('Messages in the database above which publishing is held back (state 6): those of the own queue and, each by itself, of the queues of the hosts that this one publishes to; ready, waiting, locked, dehydrated and suspended.', {
    min: 0, default: 50000, source: `${RESOURCES}: message count in database; suspended-messages-included; assumption: which queues count`,
  }),
  'spool-multiplier': integer('Rows in the spool table above which publishing is held back (state 6), as a multiple of `message-count`.', { min: 1, default: 10, source: `${RESOURCES}: spool multiplier 10` }),
  'tracking-multiplier': integer('Rows of tracking data that wait to be moved above which publishing is held back (state 6), as a multiple of `message-count`.', { min: 1, default: 10, source: `${RESOURCES}: tracking multiplier 10` }),
  'in-process-per-cpu': integer('Messages in process per processor above which delivery is held back (state 3). What an instance locks beyond its own cap of messages in process waits in its in-memory queue and does not count.', {
    min: 1, default: 1000, source: `${RESOURCES}: in-process messages per CPU`,
  }),
  'process-memory': share('Share of the memory of the server that a process may use; above it publishing and delivery are held back (state 4).', { default: '25%', source: `${RESOURCES}: process memory usage 25 %` }),
  'memory-base': size('Memory of a process without messages.', { default: '150MiB', source: 'assumption: an idle host instance' }),
  'memory-per-message': size('Memory of each message that an instance holds.', { default: '100KiB', source: 'assumption: a small message with its context' }),
  'system-memory': share('Share of the memory of the server that the host instances on it may use together; above it publishing and delivery are held back (state 5).', { absent: 'off' }),
  'sessions-per-cpu': integer('Database sessions per processor above which publishing is held back (state 8); an instance has one for each message in work. 0: off.', { min: 0, default: 0, source: `assumption: off, as in ${RESOURCES}` }),
  'threads-per-cpu': integer('Threads in use per processor above which publishing and delivery are held back (state 9). 0: off.', { min: 0, default: 0, source: `assumption: off, as in ${RESOURCES}` }),
  rate: record('Comparison of what comes and what is done within a window (state 2 publishing, 1 delivery).', {
    overdrive: number('What comes may be so much of what is done, in percent.', { min: 100, default: 125, source: `${RATES}: overdrive factor 125 %` }),
    window: duration('The window; windows lie on a grid that begins at time 0.', { min: '1ms', default: '15s', source: `${RATES}: sampling window 15 000 ms` }),
    samples: integer('Messages that must come within the window; fewer say nothing.', { min: 1, default: 100, source: 'assumption: 100 samples' }),
  }, { default: {}, source: RATES }),
  'max-delay': duration('The longest delay of one publish or delivery, reached at twice a limit when the severity is 100 percent.', { default: '300s', source: `${RATES}: 300 000 ms; assumption: grows linearly from 0 at the limit` }),
  severity: record('How much of the delay applies, by what is above its limit.', {
    memory: severity('memory is above its limit (states 4 and 5)', 500, `${RESOURCES}: 500`),
    'in-flight': severity('too many messages are in process (state 3)', 75, `${RESOURCES}: 75`),
    'database-size': severity('the database holds too many messages (state 6)', 1, `${RESOURCES}: 1`),
    sessions: severity('there are too many database sessions (state 8)', 100, 'assumption: the full delay'),
    threads: severity('too many threads are in use (state 9)', 100, 'assumption: the full delay'),
    rate: severity('more comes than is done (states 1 and 2)', 0, 'assumption: no page gives a strength; the state is shown and slows nothing'),
  }, { default: {}, source: RESOURCES }),
};

/** The parameter `throttling` of a host. */
export const throttling = record('How this host holds back publishing and delivery when a limit is passed; 0 s of `max-delay` only shows the states.', FIELDS, { default: {}, source: 'how-biztalk-server-implements-host-throttling' });

export type ThrottlingValues = Values<typeof FIELDS>;

/** The gauges that go with it. */
export const throttleGauges = {
  'publishing-throttle': { meaning: 'state of publishing: 0 free, 2 rate, 4 process memory, 5 system memory, 6 database size, 8 sessions, 9 threads', unit: 'state' },
  'delivery-throttle': { meaning: 'state of delivery: 0 free, 1 rate, 3 messages in process, 4 process memory, 5 system memory, 9 threads', unit: 'state' },
} as const;
