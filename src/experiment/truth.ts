/**
 * Comparison of a value that is known only within limits with a bound: met, missed or undecided.
 *
 * Used for confidence intervals and for times not reached by the end, which are known only from below.
 */
import type { Comparison } from './expectation.js';
import type { Cell, Verdict } from './result.js';

/** What is known of a value: it lies in [low, high]; equal ends: it is known. `high` Infinity: nobody knows how large, or never. */
export interface Known { readonly low: number; readonly high: number }

/** Comparisons of a value with a bound; `~` compares a mean with its true value (`agreement.ts`). */
export type Order = Exclude<Comparison, '~'>;

/** What became of an expectation, and why. */
export interface Judged { readonly verdict: Verdict; readonly value: Cell; readonly samples: number; readonly reason: string; readonly low?: Cell; readonly high?: Cell }

export type Truth = Exclude<Verdict, 'no-data'>;

/** met: every value within the limits satisfies the comparison; missed: none does. `upper`: upper end of `between`, included. */
export function truthOf(known: Known, comparison: Order, bound: number, upper = bound): Truth {
  const { low, high } = known;
  switch (comparison) {
    case '<': return decide(high < bound, low >= bound);
    case '<=': return decide(high <= bound, low > bound);
    case '>': return decide(low > bound, high <= bound);
    case '>=': return decide(low >= bound, high < bound);
    case '==': return decide(low === bound && high === bound, low > bound || high < bound);
    case '!=': return decide(low > bound || high < bound, low === bound && high === bound);
    case 'between': return decide(low >= bound && high <= upper, low > upper || high < bound);
  }
}

/** What must hold in each: missed if one is missed, else undecided if one is. */
export function truthOfAll(truths: readonly Truth[]): Truth {
  return truths.includes('missed') ? 'missed' : truths.includes('undecided') ? 'undecided' : 'met';
}

function decide(met: boolean, missed: boolean): Truth {
  return met ? 'met' : missed ? 'missed' : 'undecided';
}
