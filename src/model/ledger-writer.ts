/**
 * Hands every ledger entry to every reader.
 *
 * One list of readers per entry, holding only those that want it, so that an entry nobody reads costs one empty loop.
 */
import type { LedgerReader } from './ledger.js';

type Entry = keyof LedgerReader;
type Wants<E extends Entry> = LedgerReader & Required<Pick<LedgerReader, E>>;

export class LedgerWriter {
  private readonly readers: LedgerReader[] = [];
  private readonly wanting = new Map<Entry, LedgerReader[]>();

  add(reader: LedgerReader): void {
    this.readers.push(reader);
    for (const [entry, list] of this.wanting) if (reader[entry] !== undefined) list.push(reader);
  }

  /** The readers of one kind of entry; the array stays the same while readers are added. */
  of<E extends Entry>(entry: E): readonly Wants<E>[] {
    let list = this.wanting.get(entry);
    if (list === undefined) {
      list = this.readers.filter((reader) => reader[entry] !== undefined);
      this.wanting.set(entry, list);
    }
    return list as Wants<E>[];
  }
}
