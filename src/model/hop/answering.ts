/** What answers calls and whose work is the effect: pool and hop that several kinds share. Data only. Not here: its life cycle, and what else a kind does with the work. */
import type { Distribution } from '../../kernel/index.js';
import type { SettleOrder, WorkStep } from './declaration.js';

/** Parameters of such a kind. */
interface Answering { readonly work: Distribution; readonly concurrency?: number | undefined; readonly queue?: number | undefined; readonly answer: string }

/** Workers of the function that answers. */
export const answeringPool = {
  slots: ({ concurrency }: Answering): number => concurrency ?? Infinity,
  waiting: ({ queue }: Answering): number => queue ?? Infinity,
} as const;

/** The caller hears of it after the work, or on receipt. */
export const answeringHop = {
  pool: 'own', intake: 'call', output: 'effect', onError: 'refuse',
  order: ({ answer }: Answering): SettleOrder => (answer === 'on-receipt' ? 'settle-first' : 'put-then-settle'),
  steps: ({ work }: Answering): readonly WorkStep[] => [{ work, persist: false }],
} as const;
