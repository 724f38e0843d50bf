/** The end of a run: the fate of every message that has none yet. Not here: fates that are final before (`fates.ts`). */
import { CopyState } from './copies.js';
import { worstLeg } from './fates.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import { openInOrder } from './records.js';
import { liesInSomethingDown } from './stranded.js';
import type { Work } from './work.js';

/** Bits about the copies of a leg. */
const Where = { reachable: 1, deadLettered: 2 } as const;

/** The run is over: what is left is what it is. @param stuck whether a transaction that nobody ends holds a copy */
export function closeAll(fates: Fates, work: Work, pools: readonly Pool[], stuck: (copy: number) => boolean): void {
  const whereabouts = whereaboutsOf(fates, (copy) => stuck(copy) || liesInSomethingDown(copy, work, fates, pools));
  fates.records.forEach((records, flow) => {
    // By message, not by slot: the order must not tell how slots were reused.
    for (const slot of openInOrder(records)) {
      let anyStranded = false;
      for (let leg = 0; leg < records.legs; leg++) {
        const at = slot * records.legs + leg;
        if (records.legFate[at] !== 0) continue;
        if (records.legCopies[at] === 0) {
          // Only an image that will be restored still holds it.
          anyStranded = true;
          fates.closeLeg(flow, slot, leg, 'in_flight', 0, true);
          continue;
        }
        const where = whereabouts[flow][at];
        const held = (where & Where.deadLettered) !== 0 ? 'dead_lettered' : 'suspended';
        const fate = records.effects.get(at) > 0 ? 'delivered' : records.legSuspended.get(at) === records.legCopies[at] ? held : 'in_flight';
        // Stranded only when every copy of the leg is.
        const isStranded = fate === 'in_flight' && (where & Where.reachable) === 0;
        anyStranded ||= isStranded;
        fates.closeLeg(flow, slot, leg, fate, fate === held ? records.legCause.get(at) : 0, isStranded);
      }
      const { fate, cause } = worstLeg(records, slot);
      fates.writeClosed(flow, slot, fate, cause, fate === 'in_flight' && anyStranded);
    }
  });
}

/** By flow and leg of a message: where its copies lie. `down`: whether a copy lies inside something that is down. */
function whereaboutsOf({ copies, nodes, records }: Fates, down: (copy: number) => boolean): readonly Uint8Array[] {
  const found = records.map(({ bound, legs }) => new Uint8Array(bound * legs));
  for (let copy = 0; copy < copies.bound; copy++) {
    if (copies.state[copy] === CopyState.free) continue;
    const node = nodes[copies.node[copy]];
    const where = (down(copy) ? 0 : Where.reachable) | (copies.state[copy] === CopyState.suspended && node.handling !== null ? Where.deadLettered : 0);
    const first = copies.slot[copy] * node.records.legs;
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) found[node.flow][first + leg] |= where;
  }
  return found;
}
