/**
 * The life of a service that keeps its data in a database of others.
 *
 * It starts in tries to reach the database; a start that failed is tried again later. Running, it looks at the database on a grid of its
 * own, refuses everything when the last good look is too long ago, and is back at the first good look.
 *
 * Needs by name: `platform` and other `hosts` (reaction `stop`), `database` (leased: the last good look), `connection` (`when: start`,
 * the database now); further needs of `when: start` are asked for at the end of each start.
 * Parameters by name: those of `connectedParameters`.
 * Not here: what else the service keeps (copies, secrets); its kind adds states for that.
 */
import { distribution, duration, integer, record } from '../declare.js';
import type { Branch, Guard, LifecycleTable, StateDeclaration, TransitionDeclaration } from '../kind.js';

export interface ConnectedLife {
  readonly hosts: readonly string[];
  /** Where a start leads that found all it needs; the last branch without a guard. */
  readonly ready: readonly Branch[];
  /** Further states in which the service runs, those in which it does not, and what leads from and to them; tried before the others. */
  readonly states?: Readonly<Record<string, StateDeclaration>>;
  readonly asleep?: Readonly<Record<string, StateDeclaration>>;
  readonly transitions?: readonly TransitionDeclaration[];
  /** Only a person can help when it is down for good. */
  readonly operator?: boolean;
}

/** The parameters that go with it, as the single sign-on service has them. */
export const connectedParameters = {
  check: duration('Time between two looks at the database.', { default: '30s', source: 'single-sign-on-event-10590: every 30 s' }),
  'offline-after': duration('Without the database for so long it refuses requests, counted from the last good look.', { default: '5m', source: 'single-sign-on-event-10590: usually 5 min' }),
  connect: record('Tries of a start to reach the database.', {
    tries: integer('Tries until the start fails.', { min: 1, default: 12, source: 'single-sign-on-event-10513: 12 tries' }),
    interval: duration('Time between two tries.', { default: '5s', source: 'single-sign-on-event-10513: 5 s' }),
  }, { default: {}, source: 'single-sign-on-event-10513' }),
  'start-up': distribution('Time of a start that finds its database.', { default: '0s', source: 'assumption: included in the restart' }),
  retry: duration('Wait after a start that failed until the next one.', { default: '60s', source: 'assumption: the service manager tries again each minute' }),
} as const;

const reachable: Guard = { need: 'connection', met: true };

export function connectedLife({ hosts, ready, states = {}, asleep = {}, transitions = [], operator = false }: ConnectedLife): LifecycleTable {
  const alive = ['online', 'connecting', 'starting', 'start-failed', 'offline', 'hung', ...Object.keys(states)];
  const launched = ready.map(({ when, ...branch }) => ({ ...branch, when: when === undefined ? { launchable: true } : { all: [{ launchable: true }, when] } }));
  return {
    initial: 'online',
    absent: 'absent',
    appears: 'down',
    states: {
      online: { meaning: 'answers requests', offers: 'all', normal: true },
      connecting: { meaning: 'starts: tries to reach its database', offers: 'none', work: 'dropped' },
      starting: { meaning: 'starts: the database is there', offers: 'none', work: 'dropped' },
      'start-failed': { meaning: 'a start failed; the next one is tried later', offers: 'none', work: 'dropped' },
      offline: { meaning: 'runs, but its database has been away too long: refuses requests', offers: 'none', work: 'dropped' },
      hung: { meaning: 'up, but answers nothing', offers: 'none', depth: 'function', silent: true, work: 'frozen' },
      ...states,
      ...asleep,
      down: { meaning: 'failed, or what carries it failed', offers: 'none', work: 'dropped', ...(operator ? { operator } : {}) },
      stopped: { meaning: 'shut down cleanly', offers: 'none', work: 'released', clean: true },
      absent: { meaning: 'not there yet', offers: 'none', depth: 'host', clean: true },
    },
    transitions: [
      ...transitions,
      { from: [...alive, 'stopped'], on: 'crash', to: 'down' },
      { from: alive, on: 'stop', to: 'stopped' },
      { from: 'online', on: 'hang', to: 'hung' },
      ...hosts.map((need) => ({ from: [...alive, 'stopped'], on: `${need}-lost`, to: 'down' })),
      ...hosts.map((need) => ({ from: alive, on: `${need}-left`, to: 'stopped' })),
      { from: ['down', 'stopped'], when: { all: [{ held: false }, { hosted: true }] }, to: [{ when: reachable, to: 'starting' }, { to: 'connecting' }] },
      { from: 'hung', when: { all: [{ held: false }, { hosted: true }] }, to: 'online' },
      { from: 'connecting', every: 'connect.interval', when: reachable, to: 'starting' },
      { from: 'connecting', after: 'connect.interval', times: 'connect.tries', to: 'start-failed' },
      { from: 'starting', after: 'start-up', to: [...launched, { to: 'start-failed' }] },
      { from: 'start-failed', every: 'retry', when: { launchable: true }, to: 'starting' },
      { from: 'start-failed', every: 'retry', when: { not: reachable }, to: 'connecting' },
      { from: 'online', when: { need: 'database', met: false }, to: 'offline' },
      { from: 'offline', every: 'check', when: reachable, to: 'online' },
    ],
  };
}
