/** Faults become known to the mechanisms that recover from them: each once. */
import type { Context } from './context.js';
import type { CauseSetId } from './ledger.js';

export function tellNoticed({ causes, occurrences, ledger, sim }: Context, set: CauseSetId): void {
  for (const id of causes.of(set)) {
    const occurrence = occurrences[id];
    if (occurrence.noticed) continue;
    occurrence.noticed = true;
    for (const reader of ledger.to.noticed) reader.noticed(sim.now, id);
  }
}
