/**
 * The BAM Event Bus service (TDDS): members move tracking data from MessageBoxes to one database.
 *
 * A session is one MessageBox with the destination; one member owns it at a time, one member may own many. Members find each other in a
 * configuration database, where each signs at its beats. An event leaves its MessageBox and is there in the destination in one
 * transaction. Not modelled: batches, the open transaction that pauses a decoder, interceptors, what is made of the data afterwards.
 */
import { constant } from '../../kernel/index.js';
import { choice, distribution, duration, kind, plainFaults, plainLife, rate, reference } from '../../model/index.js';
import type { LifecycleTable, NeedDeclaration } from '../../model/index.js';
import { oneMoreThanMessageBoxes } from './shared/rules.js';

const SECOND = 1_000_000;

const platform: NeedDeclaration = { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the server it runs on' };

const plain = plainLife('process', ['platform']);
const lifecycle: LifecycleTable = {
  ...plain,
  states: {
    ...plain.states,
    lost: { meaning: 'its server failed', offers: 'none', depth: 'process', work: 'dropped' },
    waiting: { meaning: 'its server is back; a person has to start the service', offers: 'none', depth: 'process', operator: true },
  },
  transitions: [
    { from: ['up', 'hung', 'stopped', 'down', 'waiting'], on: 'platform-lost', when: { parameter: 'after-server-loss', is: 'operator' }, to: 'lost' },
    { from: 'lost', when: { all: [{ held: false }, { hosted: true }] }, to: 'waiting' },
    { from: 'waiting', on: 'operator', to: 'up' },
    ...plain.transitions,
  ],
};

export const bamEventBus = kind({
  name: 'bam-event-bus',
  summary: 'Moves tracking data from MessageBoxes to a BAM or tracking database; its members share the MessageBoxes out among themselves.',
  omits: 'batches, decoders that wait for an open transaction, interceptors, and what is made of the data afterwards',
  placement: { on: { meaning: 'members', required: true } },
  parameters: {
    sources: reference('MessageBoxes that it moves data from: each is one session.', { offers: ['track'], many: true, required: true }),
    destination: reference('The database that it moves data to.', { offers: ['sql'], required: true }),
    config: reference('The database in which the members find each other. While it is away nobody gets a session; who has one goes on until `session-timeout` after the last sign of life.', {
      offers: ['sql'], absent: 'the destination (bam-event-bus-service-stored-procedures: the procedures are in the BAM database)',
    }),
    refresh: duration('Time between two signs of life of a member. At each it also looks for sessions without an owner.', {
      min: '60s', default: '60s', source: 'managing-the-bam-event-bus-service: every minute; the page of the stored procedures says more than 60 s',
    }),
    'session-timeout': duration('After the last sign of life of its owner another member may take a session. More than twice `refresh`.', {
      default: '300s', source: 'assumption: 300 s; no page gives the default, only that it is more than twice `refresh`',
    }),
    rate: rate('Events a second that its owner moves out of one MessageBox.', { default: '500/s', source: 'assumption: hundreds of events a second' }),
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
        platform,
        { name: 'destination', way: 'requires', from: { at: 'parameter', parameter: 'destination' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the database it moves data to' },
      ],
    },
    coordinate: {
      meaning: 'gives signs of life, keeps its sessions and gets others',
      needs: [
        platform,
        {
          name: 'config', way: 'requires', from: [{ at: 'parameter', parameter: 'config' }, { at: 'parameter', parameter: 'destination', unless: 'config' }], function: 'sql', when: 'always', reaction: 'pause',
          meaning: 'the database in which the members find each other',
        },
      ],
    },
  },
  lifecycle,
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    slow: { meaning: 'moving an event takes `factor` times longer', depth: 'function' },
  },
  gauges: { sessions: { meaning: 'sessions that the member owns', unit: 'sessions' } },
  pool: {
    function: 'move',
    slots: (values) => values.sources.length,
    waiting: () => Infinity,
    leases: {
      from: 'sources', ahead: () => 0, renews: () => 0,
      sessions: (values) => ({ function: 'coordinate', refresh: values.refresh, timeout: values['session-timeout'], ratePerSecond: values.rate }),
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
  rules: [oneMoreThanMessageBoxes],
});
