/**
 * The life of a receive location that polls: polls in vain are counted, and at a threshold the location is disabled, for all its instances or,
 * with fault tolerance, for the one that reached it. Data only. Not here: who enables it again (the operator, an operation).
 */
import type { Branch, LifecycleTable, StateDeclaration } from '../../../model/index.js';

const answers = { need: 'source', met: true } as const;
/** Enough is enough: for this instance, or for all. */
const gaveUp: readonly Branch[] = [
  { when: { parameter: 'fault-tolerance', is: true }, to: 'withdrawn' },
  { to: 'disabled', do: [{ do: 'tell-members', event: 'disable' }] },
];
const open: readonly Branch[] = [{ when: { hosted: true }, to: 'up' }, { to: 'off' }];

export interface PollingLifeOptions {
  /** A source found away at a poll is tried again at intervals of its own. */
  readonly retries: boolean;
  /** What an instance has taken is its own: it goes on with it while its source is away. What it works on must not need the source. Absent: it drops it. */
  readonly keepsWhatItTook?: boolean;
}

/**
 * Needs `host` and `source` (`pollingNeeds`); parameters `error-threshold`, or, with `retries`, `retry.interval` and `retry.count`: a source
 * found away at a poll is then tried again at those intervals, whatever the poll period.
 */
export function pollingLife({ retries, keepsWhatItTook = false }: PollingLifeOptions): LifecycleTable {
  const inVain: Pick<StateDeclaration, 'offers' | 'depth' | 'work'> = { offers: 'none', depth: 'function', work: keepsWhatItTook ? 'kept' : 'dropped' };
  const working = ['up', 'away', 'withdrawn', ...(retries ? ['retrying'] : [])];
  return {
    initial: 'up',
    absent: 'absent',
    states: {
      up: { meaning: 'polls', offers: 'all', normal: true },
      away: { meaning: 'its source is away: polls in vain are counted', ...inVain },
      ...(retries ? { retrying: { meaning: 'its source was away at a poll: tries again at longer intervals', ...inVain } } : {}),
      withdrawn: { meaning: 'this instance has given up for the time being; others go on', ...inVain },
      disabled: { meaning: 'disabled after too many errors; only an operator enables it', ...inVain, work: keepsWhatItTook ? 'kept' : 'released', operator: true },
      off: { meaning: 'its host instance is gone', offers: 'none', work: 'dropped' },
      stopped: { meaning: 'its host instance was stopped cleanly, or it was disabled by somebody', offers: 'none', work: 'released', clean: true },
      absent: { meaning: 'not there yet', offers: 'none', clean: true },
    },
    transitions: [
      { from: working, on: 'host-lost', to: 'off' },
      { from: working, on: 'host-left', to: 'stopped' },
      { from: working, on: 'stop', to: 'stopped' },
      { from: [...working, 'off', 'stopped'], on: 'disable', to: 'disabled' },
      { from: 'up', when: { need: 'source', met: false }, to: 'away' },
      { from: 'away', when: answers, to: 'up' },
      ...(retries
        ? [
            { from: 'away', polls: 1, to: 'retrying' },
            { from: 'retrying', every: 'retry.interval', when: answers, to: 'up' },
            { from: 'retrying', after: 'retry.interval', times: 'retry.count', to: [{ when: answers, to: 'up' }, ...gaveUp], noticed: true },
          ]
        : [{ from: 'away', polls: 'error-threshold', to: gaveUp, noticed: true }]),
      { from: 'withdrawn', every: 'tolerance-retry', when: answers, to: 'up' },
      { from: 'disabled', on: 'enable', to: open },
      { from: 'disabled', on: 'operator', do: [{ do: 'tell-members', event: 'enable' }], to: open },
      { from: ['off', 'stopped'], when: { all: [{ held: false }, { hosted: true }] }, to: 'up' },
    ],
  };
}
