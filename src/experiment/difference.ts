/**
 * What differs between two tables of texts: which column of which row, from what to what.
 *
 * Rows are matched by the columns that identify them, so that a row that is new does not make all rows after it differ. Rows that
 * are alike in those columns are matched in their order. Cells are compared as they are written: equal runs give equal bytes.
 *
 * Not here: where tables come from, and how a difference is shown.
 */

export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Difference {
  /** The values of the columns that identify the row, `flow orders`; empty: the table as a whole. */
  readonly row: string;
  /** Null: the row as a whole; with an empty `row`, the order of the rows. */
  readonly column: string | null;
  /** Null: was not there. */
  readonly from: string | null;
  /** Null: is no longer there. */
  readonly to: string | null;
}

/** All differences, in the order of the earlier table, what is new last. `identity`: names of the columns that identify a row. */
export function differences(before: TextTable, after: TextTable, identity: readonly string[]): Difference[] {
  const columns = [
    ...before.columns.filter((name) => !after.columns.includes(name)).map((column): Difference => ({ row: '', column, from: column, to: null })),
    ...after.columns.filter((name) => !before.columns.includes(name)).map((column): Difference => ({ row: '', column, from: null, to: column })),
  ];
  const shared = before.columns.flatMap((name, was) => {
    const is = after.columns.indexOf(name);
    return is < 0 ? [] : [{ name, was, is }];
  });
  const old = keyed(before, identity);
  const fresh = keyed(after, identity);
  const moved = [...old].flatMap(([key, { row, shown }]): Difference[] => {
    const other = fresh.get(key);
    if (other === undefined) return [{ row: shown, column: null, from: shown, to: null }];
    return shared
      .filter(({ was, is }) => (row[was] ?? '') !== (other.row[is] ?? ''))
      .map(({ name, was, is }) => ({ row: shown, column: name, from: row[was] ?? '', to: other.row[is] ?? '' }));
  });
  const added = [...fresh].filter(([key]) => !old.has(key)).map(([, { shown }]): Difference => ({ row: shown, column: null, from: null, to: shown }));
  const all = [...columns, ...moved, ...added];
  const keys = [...fresh.keys()];
  const sameOrder = all.length > 0 || [...old.keys()].every((key, at) => key === keys[at]);
  return sameOrder ? all : [{ row: '', column: null, from: 'rows in their order', to: 'rows in another order' }];
}

interface Keyed { readonly row: readonly string[]; readonly shown: string }

function keyed({ columns, rows }: TextTable, identity: readonly string[]): Map<string, Keyed> {
  const at = identity.map((name) => columns.indexOf(name));
  const seen = new Map<string, number>();
  return new Map(rows.map((row) => {
    const values = at.map((place) => row[place] ?? '');
    const key = JSON.stringify(values);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const shown = identity.map((name, i) => (values[i] === '' ? '' : `${name} ${values[i]}`)).filter((text) => text !== '').join(', ');
    return [`${key} ${String(count)}`, { row, shown: count === 1 ? shown : `${shown} (${String(count)})` }];
  }));
}
