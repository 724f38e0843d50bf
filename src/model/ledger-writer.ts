/**
 * Hands every ledger entry to every reader.
 *
 * One list of readers per entry, holding only those that want it, so that an entry nobody reads costs one empty loop. The lists are
 * fields and not looked up by name: a message writes some twenty entries.
 */
import type { LedgerReader } from './ledger.js';

type Entry = keyof LedgerReader;
type Wants<E extends Entry> = LedgerReader & Required<Pick<LedgerReader, E>>;
type Lists = { readonly [E in Entry]: Wants<E>[] };

export class LedgerWriter {
  /** The readers of each kind of entry; the arrays stay the same while readers are added. */
  readonly to: Lists = {
    offered: [], sent: [], accepted: [], received: [], effect: [], suppressed: [], delivered: [], suspended: [], legClosed: [], closed: [],
    worked: [], busy: [], booked: [], waiting: [], queued: [], step: [], functionChanged: [], slowed: [], lifecycle: [], failover: [],
    believed: [], flowChanged: [], acceptChanged: [], gauge: [], faultStarted: [], faultEnded: [], noticed: [], operation: [], sessionMoved: [], ended: [],
  };

  add(reader: LedgerReader): void {
    for (const [entry, list] of Object.entries(this.to)) if (reader[entry as Entry] !== undefined) (list as LedgerReader[]).push(reader);
  }
}
