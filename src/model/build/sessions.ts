/** Ties those who take, and their sessions, to what they decide about and depend on: work in hand, networks. Not here: who owns what (`hop/sessions.ts`). */
import type { Partitions } from '../fault/partitions.js';
import type { Leases } from '../hop/leases.js';
import type { WorkQueue } from '../hop/queue.js';
import type { Sessions } from '../hop/sessions.js';
import type { Standbys } from '../hop/standby.js';

export function connectSessions(all: readonly Sessions[], leases: Leases, partitions: Partitions | null): void {
  for (const sessions of all) {
    sessions.onTaken = ({ lane }) => { leases.passOn(lane); };
    if (partitions === null) continue;
    sessions.network = partitions.between;
    partitions.listeners.push(sessions.rewired);
  }
}

/** Whoever is cut off from where messages lie takes none, and asks in vain whether a target is back. */
export function connectNetwork({ between, listeners }: Partitions, queues: Iterable<WorkQueue>, standbys: Standbys): void {
  standbys.network = between;
  listeners.push(() => { standbys.rewired(); });
  for (const queue of queues) {
    for (const lane of queue.lanes) lane.network = between;
    listeners.push(() => { queue.arm(); });
  }
}
