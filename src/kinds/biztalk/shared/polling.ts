/**
 * What receive locations have in common that poll a source: parameters, life, faults, and the hop from the source to the MessageBox.
 *
 * Each instance of the host looks at the source at polls of its own, publishes what it finds, and deletes it at the source afterwards;
 * what it had in hand when it ended is still at the source. Polls in vain are counted; at a threshold the location is disabled.
 * Not here: what the source lets several readers do (`sources/`), rules of topology (`polling-rules.ts`).
 */
import { distribution, duration, flag, integer, reference } from '../../../model/index.js';
import type { Distribution } from '../../../kernel/index.js';
import type { Branch, FaultDeclaration, FaultKind, HopDeclaration, LifecycleTable, NeedDeclaration, SettleOrder, StateDeclaration } from '../../../model/index.js';

/** Of all that poll. */
export const pollParameters = {
  host: reference('The host whose instances run it.', { offers: ['run'], required: true }),
  'first-poll': duration('The first poll after time 0, of every instance; then each poll period.', { absent: 'each instance has a time of its own, drawn by its name' }),
  work: distribution('Fetching, pipeline, map and publishing of one message.', { default: '20ms', source: 'assumption: pipeline and publish 20 ms' }),
  'fault-tolerance': flag('Only the instance that reached the threshold gives up, and it tries again; else the location is disabled for all instances.', {
    default: false, source: 'how-to-enable-receive-location-fault-tolerance: 2020 and later, off by default; group-settings can be read as one instance even when off',
  }),
  'tolerance-retry': duration('With `fault-tolerance`: time between two tries of the instance that gave up.', { default: '60s', source: 'how-to-enable-receive-location-fault-tolerance: each 60 s' }),
} as const;

/** Of those that delete at the source what they have published. */
export const pollingParameters = {
  ...pollParameters,
  deletion: distribution('From the commit in the MessageBox until the message is deleted at the source. An instance that ends in between leaves it there, and it is read again.', {
    default: '10ms', source: 'assumption: one short round trip',
  }),
} as const;

/** The first poll is on the grid of the others. */
export const pollingCheck = ({ poll, 'first-poll': first }: { readonly poll: number; readonly 'first-poll': number | undefined }): readonly string[] =>
  (first !== undefined && first > poll ? ['`first-poll` is later than one `poll` period: an instance that polls so often has polled before'] : []);

/** @param source what the documentation says of it */
export const errorThreshold = <const N extends number>(threshold: N, source: string) => integer('Polls in vain, one after the other, after which it is disabled; 0: never.', { min: 0, default: threshold, source });

/** @param from the function that a source of this sort offers */
export const pollingNeeds = (from: string): readonly [NeedDeclaration, NeedDeclaration] => [
  { name: 'host', way: 'requires', from: { at: 'parameter', parameter: 'host' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the host instance on the same server' },
  { name: 'source', way: 'requires', from: { at: 'parameter', parameter: 'from' }, function: from, when: 'always', reaction: 'pause', meaning: 'the source that it polls' },
];

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
  /** Functions that an instance goes on with while its source is away: what it has taken is its own. Absent: it drops what it has in hand. */
  readonly goesOnWith?: readonly string[];
}

/**
 * Needs `host` and `source` (`pollingNeeds`); parameters `error-threshold`, or, with `retries`, `retry.interval` and `retry.count`: a source
 * found away at a poll is then tried again at those intervals, whatever the poll period.
 */
export function pollingLife({ retries, goesOnWith }: PollingLifeOptions): LifecycleTable {
  const inVain: Pick<StateDeclaration, 'offers' | 'depth' | 'work'> = { offers: goesOnWith ?? 'none', depth: 'function', work: goesOnWith === undefined ? 'dropped' : 'kept' };
  const working = ['up', 'away', 'withdrawn', ...(retries ? ['retrying'] : [])];
  return {
    initial: 'up',
    absent: 'absent',
    states: {
      up: { meaning: 'polls', offers: 'all', normal: true },
      away: { meaning: 'its source is away: polls in vain are counted', ...inVain },
      ...(retries ? { retrying: { meaning: 'its source was away at a poll: tries again at longer intervals', ...inVain } } : {}),
      withdrawn: { meaning: 'this instance has given up for the time being; others go on', ...inVain },
      disabled: { meaning: 'disabled after too many errors; only an operator enables it', offers: 'none', depth: 'function', work: 'released', operator: true },
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

export const pollingFaults = {
  stop: { meaning: 'the location is disabled by somebody', depth: 'function', event: 'stop' },
  slow: { meaning: 'its work takes `factor` times longer', depth: 'function' },
  'ack-loss': { meaning: 'the message is published, and cannot be deleted at the source', depth: 'function', steps: ['settled'] },
  error: { meaning: 'the message fails in the pipeline and stays at the source', depth: 'function', steps: ['worked'] },
} as const satisfies Partial<Record<FaultKind, FaultDeclaration>>;

export const pollingOperations = {
  enable: { meaning: 'a location that was disabled after errors is enabled again', event: 'enable' },
  deploy: { meaning: 'a change of its configuration, by way of its group', by: ['host', 'in'] },
} as const;

/** Takes from the source and publishes. */
export const pollingHop = {
  pool: 'own', intake: 'store', output: 'publish', onError: 'refuse',
} as const satisfies Partial<HopDeclaration>;

/** Each instance looks at the source at polls of its own. */
export const pollingLeases = { from: 'from', renews: () => 0, polls: { period: 'poll', first: 'first-poll' } } as const;

interface Deleting { readonly work: Distribution; readonly deletion: Distribution }

/** The message stays at the source until it is published, and a little longer. */
export const putThenDelete = {
  ...pollingHop, order: (): SettleOrder => 'put-then-settle', steps: (values: Deleting) => [{ work: values.work, persist: false }], settling: (values: Deleting) => values.deletion,
} as const;

/**
 * A location that lists what is there, fetches one after the other, publishes each and deletes it. Its parameters: `pollingParameters`, `from`,
 * `poll`, `error-threshold` and `concurrency`.
 *
 * @param from the function that its source offers
 */
export const fetching = (from: string) => ({
  placement: { follows: 'host' },
  functions: { receive: { meaning: 'polls and publishes', needs: pollingNeeds(from) } },
  lifecycle: pollingLife({ retries: false }),
  faults: pollingFaults,
  operations: pollingOperations,
  check: pollingCheck,
  pool: { function: 'receive', slots: (values: { readonly concurrency: number }) => values.concurrency, waiting: () => Infinity, leases: { ...pollingLeases, ahead: () => Infinity } },
  hop: putThenDelete,
} as const);
