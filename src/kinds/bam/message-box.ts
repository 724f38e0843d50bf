/**
 * A MessageBox as the source of a BAM Event Bus: what happens is written into its tracking tables and stays there until it is moved.
 *
 * The row is written with the work that it tells of, so it takes no time of its own. A group can name it as its MessageBox: then its
 * messages lie here, too. Not modelled: the size of rows, and blocking by open transactions.
 */
import { constant } from '../../kernel/index.js';
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';

export const messageBox = kind({
  name: 'message-box',
  summary: 'A MessageBox database: keeps the messages of a group, and tracking data until the BAM Event Bus moves it.',
  omits: 'the size of rows, blocking by open transactions',
  placement: { in: { offers: ['sql'], meaning: 'containment', required: true } },
  parameters: {
    restart: distribution('Time to be online again after a failure of the database alone, when the fault names no duration.', {
      default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: as the start of the service',
    }),
  },
  functions: {
    sql: {
      meaning: 'answers queries and commits transactions',
      needs: [{ name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the database server it lies in' }],
    },
    track: {
      meaning: 'takes tracking data, keeps it and gives it out',
      needs: [{ name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the database server it lies in' }],
    },
  },
  lifecycle: plainLife('process'),
  faults: {
    ...plainFaults('the database', 'restart', 'process'),
    'disk-loss': { meaning: 'its data is gone; it is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: {
    messages: { meaning: 'events of routes that wait to be moved', unit: 'messages', whole: true },
    'tracking-rows': { meaning: 'rows of tracking data of a group that wait to be moved', unit: 'rows', whole: true },
  },
  store: { function: 'sql', keeps: () => 'committed' },
  pool: { function: 'track', slots: () => Infinity, waiting: () => Infinity },
  buffer: {
    function: 'track',
    terms: () => ({
      lock: Infinity, deliveries: Infinity, pause: 0, timeToLive: Infinity, keepsExpired: false, window: 0, capacity: Infinity, capacityBytes: Infinity, spread: 'in-turn', reroute: 0,
    }),
  },
  hop: {
    pool: 'own',
    intake: 'call',
    order: () => 'put-then-settle',
    steps: () => [{ work: constant(0), persist: false }],
    output: 'publish',
    onError: 'refuse',
  },
});
