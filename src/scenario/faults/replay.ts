/** A recorded history (`replay: faults.csv`) → the rows of the model: when, what, on what, how long. Mistakes are told with their line. */
import { FAULT_KINDS } from '../../model/index.js';
import type { FaultKind, ReplayRow } from '../../model/index.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import { formatDuration, parseDuration } from '../quantities/duration.js';
import type { TableRow } from '../quantities/table.js';
import { child, locate } from '../text/located.js';
import type { Located, LocatedMap, LocatedScalar } from '../text/located.js';
import { textValue } from '../values/scalar.js';
import type { Incidents } from './incidents.js';
import { readTarget, targetText } from './target.js';
import type { Aim } from './target.js';

const COLUMNS = ['at', 'target', 'kind', 'for'] as const;
/** They need more to be said than a row has room for. */
const OF_STEPS: readonly FaultKind[] = ['slow', 'ack-loss', 'error', 'network-partition'];

/** A row and what it aims at, for the question whether the target can suffer it. */
export interface Row extends ReplayRow { readonly aims: readonly Aim[] }

/** In the order of time; undefined when something was reported. `kind` and `target` of the fault hold for rows that name none. */
export function readReplay(node: LocatedMap, { topology, end, filling }: Incidents): readonly Row[] | undefined {
  const { diagnostics, data } = filling;
  const name = child(node, 'replay') as LocatedScalar;
  for (const key of ['for', 'crew', 'priority']) {
    const entry = node.entries.get(key);
    if (entry !== undefined) diagnostics.error('HS065', entry.key, `"${key}" does not go with replay`, { remedy: key === 'for' ? 'the column "for" says how long a fault lasts' : 'a recorded history says itself when repairs ended' });
  }
  const table = data.table(name, COLUMNS);
  if (table === null) return undefined;
  const before = diagnostics.errors;
  const rows = table.rows.flatMap((row) => one(row) ?? []);
  if (diagnostics.errors > before) return undefined;
  const late = end === null ? [] : rows.filter(({ at }) => at >= end);
  if (end !== null && late.length > 0) {
    const told = `${String(late.length)} of ${String(rows.length)} faults of the file would come after the end of the run at ${formatDuration(end)}`;
    if (late.length === rows.length) diagnostics.error('HS064', name.at, told);
    else diagnostics.warning('HS064', name.at, told);
  }
  return rows.sort((a, b) => a.at - b.at);

  function one(row: TableRow): Row | undefined {
    const at = table!.at(row);
    const cell = (column: (typeof COLUMNS)[number], absent?: Located): Located | undefined => {
      const text = row.cells[column] as string | undefined;
      if (text !== undefined) return locate(text, at);
      if (absent === undefined && column !== 'for') diagnostics.error('HS026', at, `there is no "${column}"`, { remedy: `columns are ${COLUMNS.join(', ')}; only "for" may be empty` });
      return absent;
    };
    const when = cell('at');
    const target = cell('target', child(node, 'target'));
    const kind = cell('kind', child(node, 'kind'));
    const lasting = cell('for');
    if (when === undefined || target === undefined || kind === undefined) return undefined;
    const word = textValue(kind) as FaultKind;
    if (!FAULT_KINDS.includes(word)) {
      diagnostics.error('HS013', at, `"${word}" is not a kind of fault`, { suggestions: nearest(word, FAULT_KINDS), remedy: `one of ${enumerate([...FAULT_KINDS])}` });
      return undefined;
    }
    if (OF_STEPS.includes(word)) {
      diagnostics.error('HS065', at, `a recorded history cannot hold "${word}"`, { remedy: `it holds ${enumerate(FAULT_KINDS.filter((known) => !OF_STEPS.includes(known)))}` });
      return undefined;
    }
    if (word === 'disaster' && lasting !== undefined) diagnostics.error('HS065', at, 'disaster is permanent and does not take "for"', { remedy: 'an outage ends' });
    const [instant, length] = [durationIn(when), lasting === undefined ? undefined : durationIn(lasting)];
    const aims = readTarget(target, topology, diagnostics);
    return {
      at: instant, kind: word, targetText: targetText(target), targets: aims.map((aim) => aim.target), aims, ...(length === undefined ? {} : { for: length }),
    };
  }

  function durationIn(node: Located): number {
    const parsed = parseDuration(textValue(node) ?? '');
    if (parsed.ok) return parsed.value;
    diagnostics.error(parsed.code, node.at, parsed.message, parsed);
    return 0;
  }
}
