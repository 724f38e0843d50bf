/**
 * The two ways from a source to the MessageBox: what is read is published and then deleted there, or it is taken, in the transaction of the
 * publishing or for good. Each instance of the host looks at the source at polls of its own. Data only.
 */
import type { Distribution } from '../../../kernel/index.js';
import type { HopDeclaration, NeedDeclaration, SettleOrder } from '../../../model/index.js';
import { pollingCheck, pollingFaults, pollingNeeds, pollingOperations } from './polling.js';
import { pollingLife } from './polling-life.js';

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

interface Taking { readonly batch: number; readonly transactional: boolean; readonly work: Distribution }

/**
 * A location that takes from a queue in batches: each in a transaction with its publishing, or for good when it is handed out. What it has taken
 * is its own, so it goes on publishing while the queue is away. Its parameters: `pollParameters`, `from`, `poll`, `error-threshold`,
 * `transactional` and `batch`.
 *
 * @param from the function that its queue offers
 * @param source how it finds the queue, where that is more than its name
 */
export const taking = (from: string, source: Partial<NeedDeclaration> = {}) => {
  const [host, queue] = pollingNeeds(from);
  return {
    placement: { follows: 'host' },
    functions: { receive: { meaning: 'polls and takes', needs: [host, { ...queue, ...source }] }, publish: { meaning: 'publishes what it has taken', needs: [host] } },
    lifecycle: pollingLife({ retries: false, keepsWhatItTook: true }),
    faults: { stop: pollingFaults.stop, slow: pollingFaults.slow },
    operations: pollingOperations,
    check: pollingCheck,
    pool: { function: 'publish', slots: (values: Taking) => values.batch, waiting: () => Infinity, leases: { ...pollingLeases, ahead: () => 0 } },
    hop: {
      ...pollingHop,
      order: (values: Taking): SettleOrder => (values.transactional ? 'one-transaction' : 'settle-first'),
      together: (values: Taking) => values.transactional,
      steps: (values: Taking) => [{ work: values.work, persist: false }],
    },
  } as const;
};
