/**
 * How far V8 goes in putting small functions into the functions that call them.
 *
 * A message passes through hundreds of small functions. With a larger budget V8 compiles them into fewer and larger ones, which makes a
 * message about a tenth cheaper and compiling dearer; so only a run that is long enough to win it back asks for it (decision 098). It
 * changes no result. Not here: anything that a result depends on.
 */
import { setFlagsFromString } from 'node:v8';
import { meanRate } from '../../model/index.js';
import type { ModelDefinition } from '../../model/index.js';

/** Messages of a whole run from which it pays. */
const LONG = 1_000_000;

/** Bytes of bytecode that may be put into one function; the default of Node.js 20 is 920. */
const BUDGET = 2000;

const SECOND = 1_000_000;

/** Messages that are offered in all replications, as far as their number is not limited. */
export function messagesOf({ flows, run }: ModelDefinition): number {
  return flows.reduce((sum, { arrivals }) => sum + meanRate(arrivals), 0) * (run.horizon / SECOND) * run.replications;
}

/** For the whole process: call before the first of these messages. */
export function prepareFor(messages: number): void {
  if (messages >= LONG) setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${String(BUDGET)}`);
}
