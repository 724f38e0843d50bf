/**
 * Life-cycle tables that several kinds share: data, composed by functions that return data.
 *
 * Not here: what moves between servers (`role-life.ts`), tables that only one kind has (they stand in the kind's file), and the
 * interpreter (`lifecycle.ts`).
 */
import type { Depth, FaultDeclaration, LifecycleTable } from '../kind.js';
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
