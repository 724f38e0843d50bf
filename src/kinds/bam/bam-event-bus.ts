/**
 * The BAM Event Bus service (TDDS): members move tracking data from MessageBoxes to the databases where it is kept.
 *
 * A session is one MessageBox with one destination; one member owns it at a time, one member may own many. Members find each other in a
 * configuration database, where each signs at its beats. Events of a route are moved one by one, rows that a group leaves in its
 * MessageBoxes in batches; what leaves its MessageBox is there in the destination in one transaction.
 * Not modelled: what is made of the data afterwards (aggregation, archives).
 */
import { constant } from '../../kernel/index.js';
import { choice, distribution, duration, integer, kind, onItsServer, plainFaults, plainLife, rate, reference } from '../../model/index.js';
import type { LifecycleTable } from '../../model/index.js';
import { oneMoreThanMessageBoxes, somethingToMove } from './shared/rules.js';

const SECOND = 1_000_000;


const plain = plainLife('process', ['platform']);
const lifecycle: LifecycleTable = {
  ...plain,
  states: {
    ...plain.states,
    lost: { meaning: 'its server failed', offers: 'none', depth: 'process', work: 'dropped' },
    waiting: { meaning: 'its server is back; a person has to start the service', offers: 'none', depth: 'process', operator: true },
    blocked: { meaning: 'waits for a procedure that an open transaction blocks; goes on giving signs of life', offers: ['coordinate'], depth: 'function', work: 'frozen' },
  },
  transitions: [
    { from: 'up', on: 'block', to: 'blocked' },
    { from: 'blocked', on: 'crash', to: 'down' },
    { from: 'blocked', on: 'stop', to: 'stopped' },
    { from: 'blocked', on: 'hang', to: 'hung' },
    { from: 'blocked', on: 'platform-left', to: 'stopped' },
    { from: ['up', 'hung', 'stopped', 'down', 'waiting', 'blocked'], on: 'platform-lost', when: { parameter: 'after-server-loss', is: 'operator' }, to: 'lost' },
    { from: 'lost', when: { all: [{ held: false }, { hosted: true }] }, to: 'waiting' },
    { from: 'waiting', on: 'operator', to: 'up' },
    { from: 'blocked', on: 'platform-lost', to: 'down' },
    { from: 'blocked', when: { held: false }, to: 'up' },
    ...plain.transitions,
  ],
};

export const bamEventBus = kind({
  name: 'bam-event-bus',
  summary: 'Moves tracking data from MessageBoxes to the BAM and tracking databases; its members share the sessions out among themselves.',
  omits: 'what is made of the data afterwards (aggregation, archives)',
  placement: { on: { meaning: 'members', required: true } },
  parameters: {
    sources: reference('MessageBoxes that it moves data from, beside those of the groups that name it as `event-bus`. Each with each destination is one session.', { offers: ['track'], many: true, absent: 'only those of groups' }),
    destination: reference('The databases that it moves data to: of several the BAM import database first, the tracking database (DTA) last. Events of a route go to the first.', { offers: ['sql'], many: true, required: true }),
    config: reference('The database in which the members find each other. While it is away nobody gets a session; who has one goes on until `session-timeout` after the last sign of life.', {
      offers: ['sql'], absent: 'the first destination (bam-event-bus-service-stored-procedures: the procedures are in the BAM database)',
    }),
    refresh: duration('Time between two signs of life of a member. At each it also looks for sessions without an owner.', {
      min: '60s', default: '60s', source: 'managing-the-bam-event-bus-service: every minute; the page of the stored procedures says more than 60 s',
    }),
    'session-timeout': duration('After the last sign of life of its owner another member may take a session. More than twice `refresh`.', {
      default: '300s', source: 'assumption: 300 s; no page gives the default, only that it is more than twice `refresh`',
    }),
    rate: rate('Events or rows a second that its owner moves in one session.', { default: '500/s', source: 'assumption: hundreds of events a second' }),
    batch: integer('Rows of a group that are moved in one transaction at most; after so many the next batch follows at once.', { min: 1, default: 500, source: 'assumption: a second of work' }),
    look: duration('An owner that found fewer rows than a batch looks again at this period.', { min: '1ms', default: '1s', source: 'assumption: a common poll' }),
    'after-server-loss': choice('When its server has crashed and is back: a person starts the service again (`operator`), or it starts with the server.', ['operator', 'automatic'], {
      default: 'operator', source: 'assumption: the failed server of the description of the failover stays away',
    }),
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: '1m', source: 'host-instance-service-properties-in-services: restart after 1 min',
    }),
  },
  functions: {
    move: {
      meaning: 'moves data of the sessions it owns',
      needs: [
        onItsServer,
        { name: 'destination', way: 'any-of', from: { at: 'parameter', parameter: 'destination' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'a database it moves data to; without one of several only the sessions with that one stand still' },
      ],
    },
    coordinate: {
      meaning: 'gives signs of life, keeps its sessions and gets others',
      needs: [
        onItsServer,
        {
          name: 'config', way: 'requires', from: [{ at: 'parameter', parameter: 'config' }, { at: 'parameter', parameter: 'destination', part: 'first', unless: 'config' }], function: 'sql', when: 'always', reaction: 'pause',
          meaning: 'the database in which the members find each other',
        },
      ],
    },
  },
  lifecycle,
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    outage: { meaning: 'a procedure that moves data is blocked by an open transaction: nothing is moved, and owners keep their sessions', depth: 'function', event: 'block' },
    slow: { meaning: 'moving an event takes `factor` times longer', depth: 'function' },
  },
  gauges: {
    sessions: { meaning: 'sessions that the member owns', unit: 'sessions' },
    moved: { meaning: 'rows of groups that the member has moved since the beginning', unit: 'rows' },
    'tracking-rows': { meaning: 'rows of groups that wait to be moved, all sessions together', unit: 'rows', whole: true },
  },
  pool: {
    function: 'move',
    slots: (values) => values.sources?.length ?? 0,
    waiting: () => Infinity,
    leases: {
      from: 'sources', ahead: () => 0, renews: () => 0,
      sessions: (values) => ({
        function: 'coordinate', refresh: values.refresh, timeout: values['session-timeout'], ratePerSecond: values.rate, to: { parameter: 'destination', function: 'sql' }, batch: values.batch, look: values.look,
      }),
    },
  },
  hop: {
    pool: 'own',
    intake: 'store',
    order: () => 'one-transaction',
    steps: (values) => [{ work: constant(SECOND / values.rate), persist: false }],
    output: 'effect',
    onError: 'refuse',
  },
  check: (values) => (values['session-timeout'] > 2 * values.refresh ? [] : ['"session-timeout" must be more than twice "refresh": an owner that missed one sign of life would lose its sessions']),
  rules: [oneMoreThanMessageBoxes, somethingToMove],
});
