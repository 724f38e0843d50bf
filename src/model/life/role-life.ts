/**
 * The life of one instance that several servers can carry: detection, restart in place, move, limits of both, back only by hand.
 *
 * Data: a table, and the parameters, needs and trips that go with it. Not here: faults and operations of such an instance
 * (`tables.ts`), who holds the role (`role.ts`), which servers hold all data (`fault/data-copies.ts`).
 */
import { choice, duration, integer, record, reference } from '../declare.js';
import type { Branch, Guard, LifecycleTable, NeedDeclaration, TripDeclaration } from '../kind.js';

/** Parameters of the policy of a cluster towards one group. Beside them a kind has `restarts: { count, per }` with its own defaults. */
export const rolePolicy = {
  failovers: record('Failovers before the group is left as it is.', {
    count: integer('Failovers allowed within `per`; moves in order do not count.', { min: 0, absent: 'one less than there are servers (general knowledge: N-1)' }),
    per: duration('Window of the count.', { default: '6h', source: 'FailoverPeriod: 6 h' }),
  }, { default: {}, source: 'group failover limit, default policy' }),
  'after-failure': choice('When restarts and failovers are used up: tried again after `retry-after`, or only by an operator (2003).', ['retry', 'operator'], {
    default: 'retry', source: 'clustered resource (2008 and later); `operator`: 2003, with `restarts: {count: 3}`',
  }),
  'retry-after': duration('Wait until a new series of restarts, when all attempts have failed.', { default: '1h', source: 'how-to-configure-a-biztalk-host-as-a-cluster-resource1: 1:00 h' }),
  domain: reference('The directory that its network name logs on to at every start; what serves goes on without it.', { offers: ['logon'], absent: 'logon always works' }),
} as const;

export const roleTrips = {
  restarts: { meaning: 'restarts on the same server', threshold: 'restarts.count', window: 'restarts.per' },
  failovers: { meaning: 'failovers of the group', threshold: 'failovers.count', window: 'failovers.per', wakes: true },
} as const satisfies Readonly<Record<string, TripDeclaration>>;

/** The active server, and the directory for a start. */
export const roleNeeds: readonly NeedDeclaration[] = [
  { name: 'holder', way: 'requires', from: { at: 'holder' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the active server' },
  { name: 'domain', way: 'requires', from: { at: 'parameter', parameter: 'domain' }, function: 'logon', when: 'start', reaction: 'pause', meaning: 'logon of the network name' },
];

export interface RoleLifeOptions {
  /** There are needs named `disk`, `quorum`: without them nothing starts. */
  readonly disk: boolean;
  readonly quorum: boolean;
  /** Each server has a copy of the data: only one that is complete may serve, and a move comes before a restart in place. */
  readonly copies?: boolean;
  /** Parameter: a start or a move that takes longer has failed. */
  readonly pending?: string;
  /** Parameters: until the loss of the server, of the process, and a hang are noticed. */
  readonly detection?: { readonly server: string; readonly process: string; readonly hang: string };
}

/**
 * Needs `holder` and `domain` (`roleNeeds`), trips `restarts` and `failovers` (`roleTrips`). Parameters: those of `detection`,
 * `restart`, `failover`, `crash-recovery`, and `rolePolicy`.
 */
export function roleLife({ disk, quorum, copies = false, pending, detection = { server: 'detection', process: 'service-detection', hang: 'hang-detection' } }: RoleLifeOptions): LifecycleTable {
  const resources: Guard[] = [...(disk ? [{ need: 'disk', met: true }] : []), ...(quorum ? [{ need: 'quorum', met: true }] : [])];
  const resourcesThere: Guard = { all: resources };
  const holderThere: Guard = { all: [{ need: 'holder', met: true }, ...(copies ? [{ current: true }] : [])] };
  const canMove: Guard = { all: [{ candidate: true }, resourcesThere] };
  const retries: Guard = { parameter: 'after-failure', is: 'retry' };
  const held: Branch = { when: { held: true }, to: 'held' };
  const inOrder: readonly Branch[] = [held, { when: canMove, to: 'failing-over' }, { to: 'offline' }];
  const counted: Branch = { when: { all: [canMove, { trip: 'failovers', tripped: false }] }, to: 'failing-over', do: [{ do: 'count', trip: 'failovers' }] };
  const inPlace: Branch = { when: { all: [holderThere, { trip: 'restarts', tripped: false }] }, to: 'restarting', do: [{ do: 'count', trip: 'restarts' }] };
  // All attempts have failed, though there is something to start on.
  const usedUp: readonly Branch[] = [{ when: { all: [holderThere, resourcesThere] }, to: 'failed' }, { when: canMove, to: 'failed' }, { to: 'offline' }];
  const started: readonly Branch[] = [{ when: { need: 'domain', met: true }, to: 'recovering' }, { to: 'waiting-for-directory' }];
  const again: readonly Branch[] = [held, { when: { all: [holderThere, resourcesThere] }, to: 'restarting' }];

  const starting = ['restarting', 'waiting-for-directory', 'recovering'];
  const onServer = ['online', 'process-lost', 'hung', ...starting];
  const live = [...onServer, 'host-lost', 'held', 'failing-over', 'failed', ...(resources.length > 0 ? ['waiting-for-resource'] : [])];
  return {
    initial: 'online',
    absent: 'absent',
    states: {
      online: { meaning: 'serves on the active server', offers: 'all', normal: true },
      'host-lost': { meaning: 'the active server is gone; nobody has noticed yet', offers: 'none', depth: 'host', silent: true, work: 'dropped' },
      'process-lost': { meaning: 'the process is gone; nobody has noticed yet', offers: 'none', depth: 'process', work: 'dropped' },
      hung: { meaning: 'the process answers nothing; nobody has noticed yet', offers: 'none', depth: 'function', silent: true, work: 'frozen' },
      held: { meaning: 'a fault holds it; recovery starts when the fault ends', offers: 'none', work: 'dropped' },
      restarting: { meaning: 'being started again on the same server', offers: 'none', work: 'dropped' },
      'failing-over': { meaning: 'name, data and service move to another server', offers: 'none', work: 'dropped' },
      'waiting-for-directory': { meaning: 'cannot log on: its network name stays offline', offers: 'none', work: 'dropped' },
      recovering: { meaning: 'started; redo and undo of each database', offers: 'none' },
      ...(resources.length > 0 ? { 'waiting-for-resource': { meaning: 'disk or quorum is away', offers: 'none', work: 'dropped' } as const } : {}),
      offline: { meaning: 'no server can take it', offers: 'none', work: 'dropped' },
      failed: { meaning: 'restarts and failovers are used up: waits for the next series, the end of the period, or an operator', offers: 'none', work: 'dropped', operator: true },
      stopped: { meaning: 'taken offline cleanly', offers: 'none', work: 'released', clean: true },
      absent: { meaning: 'not there yet', offers: 'none', clean: true },
    },
    transitions: [
      { from: live, on: 'stop', to: 'stopped' },
      { from: ['online', 'failed'], on: 'switchover', when: canMove, to: 'failing-over' },
      { from: 'stopped', when: { held: false }, to: [{ when: holderThere, to: 'restarting' }, ...inOrder] },
      { from: ['online', 'hung', ...starting, 'stopped'], on: 'crash', to: 'process-lost', do: [{ do: 'forget' }] },
      { from: 'online', on: 'hang', to: 'hung' },
      { from: onServer, on: 'holder-lost', to: 'host-lost', do: [{ do: 'forget' }] },
      // A server that answers nothing sends no heartbeats either.
      { from: onServer, on: 'holder-hung', to: 'host-lost', do: [{ do: 'forget' }] },
      { from: onServer, on: 'holder-left', to: inOrder, noticed: true },
      ...(resources.length > 0
        ? [
            { from: ['online', ...starting, 'failing-over'], when: { not: resourcesThere }, to: 'waiting-for-resource' },
            { from: 'waiting-for-resource', when: resourcesThere, to: [{ when: { all: [{ held: false }, holderThere] }, to: 'restarting' }, ...inOrder] },
          ]
        : []),
      { from: 'host-lost', after: detection.server, noticed: true, to: [held, counted, { when: canMove, to: 'failed' }, { to: 'offline' }] },
      { from: 'hung', on: 'release', to: 'online' },
      { from: 'hung', after: detection.hang, noticed: true, to: copies ? [counted, inPlace, held, ...usedUp] : [inPlace, held, counted, ...usedUp] },
      { from: 'process-lost', after: detection.process, noticed: true, to: copies ? [held, counted, inPlace, ...usedUp] : [held, inPlace, counted, ...usedUp] },
      { from: 'held', when: { held: false }, to: [{ when: holderThere, to: 'restarting' }, ...inOrder] },
      { from: 'restarting', after: 'restart', to: started },
      {
        from: 'failing-over', after: 'failover', failover: true, do: [{ do: 'take-over' }],
        to: [held, { when: { all: [holderThere, { need: 'domain', met: true }] }, to: 'recovering' }, { when: holderThere, to: 'waiting-for-directory' }, { to: 'offline' }],
      },
      ...(pending === undefined
        ? []
        : [
            { from: 'restarting', after: pending, to: [held, inPlace, counted, ...usedUp] },
            { from: 'failing-over', after: pending, failover: true, do: [{ do: 'take-over' } as const], to: [held, inPlace, counted, ...usedUp] },
          ]),
      { from: 'waiting-for-directory', when: { need: 'domain', met: true }, to: 'recovering' },
      { from: 'offline', when: { held: true }, to: 'held' },
      { from: 'offline', when: { all: [holderThere, resourcesThere] }, to: 'restarting' },
      { from: 'offline', when: canMove, to: 'failing-over' },
      { from: 'recovering', after: 'crash-recovery', to: 'online' },
      // A server that comes back, or the end of the period, lets it move; the next series of restarts begins where it is.
      { from: 'failed', when: { all: [{ held: false }, canMove, { trip: 'failovers', tripped: false }, retries] }, to: 'failing-over', do: [{ do: 'count', trip: 'failovers' }] },
      { from: 'failed', after: 'retry-after', when: retries, do: [{ do: 'reset', trip: 'restarts' }], to: [...again, { to: 'failed' }] },
      { from: 'failed', on: 'operator', do: [{ do: 'reset', trip: 'restarts' }], to: [...again, { when: canMove, to: 'failing-over' }, { to: 'offline' }] },
    ],
  };
}
