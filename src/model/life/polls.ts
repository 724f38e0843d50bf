/** When a transition comes that counts polls in vain: they are not made, only the one that counts is waited for. Not here: polls that find something (`hop/queue.ts`). */
import { gridAtOrAfter } from '../hop/pool.js';
import type { Microseconds } from '../parameter.js';
import { valueAt } from '../values.js';
import type { Member } from '../world.js';
import type { TransitionDeclaration } from './declaration.js';

/** The so-many-th poll of the member from now on; Infinity: never, or the transition does not lead out of this state. */
export function pollOf({ polls, from }: TransitionDeclaration, state: string, { component, pool }: Member, now: Microseconds): Microseconds {
  if (polls === undefined || pool === null || pool.polling === null || ![from].flat().includes(state)) return Infinity;
  const nth = Number(typeof polls === 'number' ? polls : valueAt(component.values, polls));
  const { period, phase } = pool.polling;
  return nth <= 0 ? Infinity : gridAtOrAfter(now, period, phase) + (nth - 1) * period;
}
