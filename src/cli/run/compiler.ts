/**
 * What V8 is told before a long run: how far to put small functions into those that call them, and how long to watch a function before
 * it compiles it.
 *
 * A message passes through hundreds of small functions. A larger budget compiles them into fewer and larger ones, which makes a message
 * up to a fifth cheaper and compiling dearer; so only a run that is long enough to win it back asks for it (decision 099). Of many
 * replications every thread compiles for itself, so they ask for less, and rather watch for longer than compile twice (decision 100).
 * Nothing of it changes a result. Not here: anything that a result depends on.
 */
import { setFlagsFromString } from 'node:v8';
import { meanRate } from '../../model/index.js';
import type { ModelDefinition } from '../../model/index.js';

/** Bytes of bytecode; the defaults of Node.js 20 are 920, 4600 and 67 584. */
export interface Budget {
  /** That may be put into one function, of what is called often. */
  readonly often: number;
  /** That may be put into one function, in all. */
  readonly all: number;
  /** That a function runs through between two looks at whether it is worth compiling. */
  readonly watched: number;
}

/** Messages of one replication from which a budget pays, and of all from which preparing pays at all. */
const LONGEST = 4_000_000;
const LONG = 1_000_000;

const SECOND = 1_000_000;
const WATCHED = 67_584;

/** Messages that are offered in one replication, as far as their number is not limited. */
export function messagesOf({ flows, run }: ModelDefinition): number {
  return flows.reduce((sum, { arrivals }) => sum + meanRate(arrivals), 0) * (run.horizon / SECOND);
}

/** Null: what Node.js does by itself is best. */
export function budgetFor(longest: number, inAll: number): Budget | null {
  if (longest >= LONGEST) return { often: 8000, all: 20_000, watched: WATCHED };
  if (longest >= LONG) return { often: 4000, all: 10_000, watched: WATCHED };
  return inAll >= LONG ? { often: 2500, all: 7000, watched: 3 * WATCHED } : null;
}

/**
 * For the whole process: call before the first of these messages.
 * @param longest messages of the longest replication
 * @param inAll messages of all replications
 * @returns whether they are worth a rehearsal: of a single replication V8 knows every object, and after another one it no longer does
 */
export function prepareFor(longest: number, inAll: number): boolean {
  const budget = budgetFor(longest, inAll);
  if (budget === null) return false;
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${String(budget.often)}`);
  setFlagsFromString(`--max-inlined-bytecode-size-absolute=${String(budget.all)}`);
  setFlagsFromString(`--interrupt-budget=${String(budget.watched)}`);
  return inAll > longest;
}
