/**
 * Life-cycle tables that several kinds share: data, composed by functions that return data.
 *
 * Not here: tables that only one kind has (they stand in the kind's file), and the interpreter (`lifecycle.ts`).
 */
import type { Branch, Depth, FaultDeclaration, LifecycleTable } from '../kind.js';
import type { FaultKind } from '../definition.js';

/**
 * A thing that is up, or down for as long as a fault holds it. Needs with reaction `pause` only make it wait;
 * those named in `hosts` (reaction `stop`) take it with them, and it is back when they are.
 */
export function plainLife(depth: Depth, hosts: readonly string[] = [], hungDepth: Depth = 'function'): LifecycleTable {
  return {
    initial: 'up',
    absent: 'absent',
    states: {
      up: { meaning: 'works', offers: 'all', normal: true },
      down: { meaning: 'failed, or what carries it failed', offers: 'none', depth, silent: depth === 'host', work: 'dropped' },
      stopped: { meaning: 'shut down cleanly', offers: 'none', depth, silent: depth === 'host', work: 'released', clean: true },
      hung: { meaning: 'up, but answers nothing', offers: 'none', depth: hungDepth, silent: true, work: 'frozen' },
      absent: { meaning: 'not there yet', offers: 'none', depth: 'host', clean: true },
    },
    transitions: [
      { from: ['up', 'hung', 'stopped'], on: 'crash', to: 'down' },
      { from: ['up', 'hung'], on: 'stop', to: 'stopped' },
      { from: 'up', on: 'hang', to: 'hung' },
      ...hosts.map((need) => ({ from: ['up', 'hung', 'stopped'], on: `${need}-lost`, to: 'down' })),
      ...hosts.map((need) => ({ from: ['up', 'hung'], on: `${need}-left`, to: 'stopped' })),
      { from: ['down', 'stopped', 'hung'], when: { all: [{ held: false }, { hosted: true }] }, to: 'up' },
    ],
  };
}

/** The usual faults of a thing with `plainLife`. */
export function plainFaults(what: string, repair: string | undefined, depth: Depth): Partial<Record<FaultKind, FaultDeclaration>> {
  const ends = repair === undefined ? {} : { repair };
  return {
    crash: { meaning: `${what} fails`, depth, event: 'crash', ...ends },
    stop: { meaning: `${what} is shut down cleanly`, depth, event: 'stop', ...ends },
    restart: { meaning: `${what} is shut down cleanly and started again`, depth, event: 'stop', repair: repair ?? 'own' },
    hang: { meaning: `${what} is up but answers nothing`, depth: 'function', event: 'hang' },
    outage: { meaning: `${what} is away for a time; what it keeps is kept`, depth, event: 'crash', ...ends },
  };
}

/**
 * One instance on the active server of a cluster: detection, restart in place, move, recovery; back only by hand.
 *
 * Needs named `holder` (the active server) and, where there is one, `disk` and `quorum`. Parameters: `detection` (server lost),
 * `service-detection` (process gone), `hang-detection`, `restart`, `failover`, `crash-recovery`; trip `restarts`.
 */
export function roleLife(needs: { readonly disk: boolean; readonly quorum: boolean }): LifecycleTable {
  const resources = [
    ...(needs.disk ? [{ need: 'disk', met: true }] : []),
    ...(needs.quorum ? [{ need: 'quorum', met: true }] : []),
  ];
  const resourcesThere = { all: resources };
  const moveOrWait: readonly Branch[] = [
    { when: { held: true }, to: 'held' },
    { when: { all: [{ candidate: true }, resourcesThere] }, to: 'failing-over' },
    { to: 'offline' },
  ];
  const inPlace: Branch = { when: { trip: 'restarts', tripped: false }, to: 'restarting', do: [{ do: 'count', trip: 'restarts' }] };
  const live = ['online', 'host-lost', 'process-lost', 'hung', 'held', 'restarting', 'failing-over', 'recovering', ...(resources.length > 0 ? ['waiting-for-resource'] : [])];
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
      'failing-over': { meaning: 'name, disk and service move to another server', offers: 'none', work: 'dropped' },
      recovering: { meaning: 'started; redo and undo of each database', offers: 'none' },
      ...(resources.length > 0 ? { 'waiting-for-resource': { meaning: 'disk or quorum is away', offers: 'none', work: 'dropped' } as const } : {}),
      offline: { meaning: 'no server can take it', offers: 'none', work: 'dropped' },
      stopped: { meaning: 'taken offline cleanly', offers: 'none', work: 'released', clean: true },
      absent: { meaning: 'not there yet', offers: 'none', clean: true },
    },
    transitions: [
      { from: live, on: 'stop', to: 'stopped' },
      { from: 'online', on: 'switchover', when: { all: [{ candidate: true }, resourcesThere] }, to: 'failing-over' },
      { from: 'stopped', when: { held: false }, to: [{ when: { need: 'holder', met: true }, to: 'restarting' }, ...moveOrWait] },
      { from: ['online', 'hung', 'restarting', 'recovering', 'stopped'], on: 'crash', to: 'process-lost', do: [{ do: 'forget' }] },
      { from: 'online', on: 'hang', to: 'hung' },
      { from: ['online', 'process-lost', 'hung', 'restarting', 'recovering'], on: 'holder-lost', to: 'host-lost', do: [{ do: 'forget' }] },
      // A server that answers nothing sends no heartbeats either.
      { from: ['online', 'process-lost', 'hung', 'restarting', 'recovering'], on: 'holder-hung', to: 'host-lost', do: [{ do: 'forget' }] },
      { from: ['online', 'process-lost', 'hung', 'restarting', 'recovering'], on: 'holder-left', to: moveOrWait, noticed: true },
      ...(resources.length > 0
        ? [
            { from: ['online', 'recovering', 'restarting', 'failing-over'], when: { not: resourcesThere }, to: 'waiting-for-resource' },
            {
              from: 'waiting-for-resource', when: resourcesThere,
              to: [{ when: { all: [{ held: false }, { need: 'holder', met: true }] }, to: 'restarting' }, ...moveOrWait],
            },
          ]
        : []),
      { from: 'host-lost', after: 'detection', noticed: true, to: [...moveOrWait] },
      { from: 'hung', on: 'release', to: 'online' },
      {
        from: 'hung', after: 'hang-detection', noticed: true,
        to: [inPlace, ...moveOrWait],
      },
      {
        from: 'process-lost', after: 'service-detection', noticed: true,
        to: [{ when: { held: true }, to: 'held' }, inPlace, ...moveOrWait],
      },
      { from: 'held', when: { held: false }, to: [{ when: { need: 'holder', met: true }, to: 'restarting' }, ...moveOrWait] },
      { from: 'restarting', after: 'restart', to: 'recovering' },
      {
        from: 'failing-over', after: 'failover', failover: true, do: [{ do: 'take-over' }],
        to: [{ when: { held: true }, to: 'held' }, { when: { need: 'holder', met: true }, to: 'recovering' }, { to: 'offline' }],
      },
      { from: 'offline', when: { held: true }, to: 'held' },
      { from: 'offline', when: { all: [{ need: 'holder', met: true }, resourcesThere] }, to: 'restarting' },
      { from: 'offline', when: { all: [{ candidate: true }, resourcesThere] }, to: 'failing-over' },
      { from: 'recovering', after: 'crash-recovery', to: 'online' },
    ],
  };
}

/** As `plainLife`, but every return passes through a state `recovering` of the length of a parameter. */
export function recoveringLife(depth: Depth, hosts: readonly string[], recovery: string): LifecycleTable {
  const plain = plainLife(depth, hosts);
  return {
    ...plain,
    states: { ...plain.states, recovering: { meaning: 'started; not serving yet', offers: 'none', depth: 'process' } },
    transitions: [
      ...plain.transitions.slice(0, -1).map((transition) => ({ ...transition, from: [...[transition.from].flat(), ...(transition.on === 'hang' ? [] : ['recovering'])] })),
      { from: 'hung', when: { held: false }, to: 'up' },
      { from: ['down', 'stopped'], when: { all: [{ held: false }, { hosted: true }] }, to: 'recovering' },
      { from: 'recovering', after: recovery, to: 'up' },
    ],
  };
}

/** Faults of an instance that moves between servers (`roleLife`). */
export function roleFaults(what: string): Partial<Record<FaultKind, FaultDeclaration>> {
  return {
    crash: { meaning: `the process of ${what} dies on the active server; restart in place, then failover`, depth: 'process', event: 'crash', repair: 'own' },
    stop: { meaning: `${what} is taken offline cleanly`, depth: 'process', event: 'stop' },
    restart: { meaning: `${what} is taken offline cleanly and online again`, depth: 'process', event: 'stop', repair: 'own' },
    hang: { meaning: `${what} is up but answers nothing, until it is noticed`, depth: 'function', event: 'hang', repair: 'own' },
    outage: { meaning: `${what} is away for a time; data is kept`, depth: 'process', event: 'crash', repair: 'own' },
  };
}

/** What an operator can do with it. */
export const roleOperations = {
  switchover: { meaning: 'moves it to another server in order', event: 'switchover' },
  failover: { meaning: 'moves it to another server by force', event: 'switchover' },
} as const;
