/** Ties who takes messages, and who asks whether a target is back, to the network between them. Not here: what is cut (`fault/partitions.ts`). */
import type { Partitions } from '../fault/partitions.js';
import type { WorkQueue } from '../hop/queue.js';
import type { Standbys } from '../hop/standby.js';

/** Whoever is cut off from where messages lie takes none, and asks in vain whether a target is back. */
export function connectNetwork({ between, listeners }: Partitions, queues: Iterable<WorkQueue>, standbys: Standbys): void {
  standbys.network = between;
  listeners.push(() => { standbys.rewired(); });
  for (const queue of queues) {
    for (const lane of queue.lanes) lane.network = between;
    listeners.push(() => { queue.arm(); });
  }
}
