/**
 * How far V8 goes in putting small functions into the functions that call them.
 *
 * A message passes through hundreds of small functions. With a larger budget V8 compiles them into fewer and larger ones, which makes a
 * message up to a fifth cheaper and compiling dearer; so only a run that is long enough to win it back asks for it (decision 099). It
 * changes no result. Not here: anything that a result depends on.
 */
import { setFlagsFromString } from 'node:v8';
import { meanRate } from '../../model/index.js';
import type { ModelDefinition } from '../../model/index.js';

/** Bytes of bytecode that may be put into one function: of what is called often, and in all; the defaults of Node.js 20 are 920 and 4600. */
export interface Budget { readonly often: number; readonly all: number }

/** Of one replication, and of all: messages from which a budget pays. A replication is compiled for anew in part, as faults come as well. */
const LONG = 4_000_000;
const LONG_IN_ALL = 1_000_000;

const SECOND = 1_000_000;

/** Messages that are offered in one replication, as far as their number is not limited. */
export function messagesOf({ flows, run }: ModelDefinition): number {
  return flows.reduce((sum, { arrivals }) => sum + meanRate(arrivals), 0) * (run.horizon / SECOND);
}

/** Null: what Node.js does by itself is best. */
export function budgetFor(longest: number, inAll: number): Budget | null {
  if (longest >= LONG) return { often: 8000, all: 20_000 };
  return inAll >= LONG_IN_ALL ? { often: 4000, all: 10_000 } : null;
}

/**
 * For the whole process: call before the first of these messages.
 * @param longest messages of the longest replication
 * @param inAll messages of all replications
 */
export function prepareFor(longest: number, inAll: number): void {
  const budget = budgetFor(longest, inAll);
  if (budget === null) return;
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${String(budget.often)}`);
  setFlagsFromString(`--max-inlined-bytecode-size-absolute=${String(budget.all)}`);
}
