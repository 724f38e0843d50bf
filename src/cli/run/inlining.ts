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

interface Budget {
  /** Messages of a whole run from which it pays. */
  readonly from: number;
  /** Bytes of bytecode that may be put into one function, of what is called often, and in all; the defaults of Node.js 20 are 920 and 4600. */
  readonly often: number;
  readonly all: number;
}

const BUDGETS: readonly Budget[] = [{ from: 4_000_000, often: 8000, all: 20_000 }, { from: 1_000_000, often: 4000, all: 10_000 }];

const SECOND = 1_000_000;

/** Messages that are offered in all replications, as far as their number is not limited. */
export function messagesOf({ flows, run }: ModelDefinition): number {
  return flows.reduce((sum, { arrivals }) => sum + meanRate(arrivals), 0) * (run.horizon / SECOND) * run.replications;
}

/** For the whole process: call before the first of these messages. */
export function prepareFor(messages: number): void {
  const budget = BUDGETS.find(({ from }) => messages >= from);
  if (budget === undefined) return;
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${String(budget.often)}`);
  setFlagsFromString(`--max-inlined-bytecode-size-absolute=${String(budget.all)}`);
}
