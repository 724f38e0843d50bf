/**
 * Two lines per fault: how long until it was noticed and until all was back, and what it took down.
 *
 * `≥` stands before a time that some occurrence had not reached by the end of the run: it is a lower bound.
 */
import type { Column } from '../../experiment/columns.js';
import { FAULT_COLUMNS, metricOf } from '../../experiment/columns.js';
import { gatherParts } from '../../experiment/part-names.js';
import type { ExperimentResult, Row } from '../../experiment/result.js';
import { figure, NOTHING, plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { rowsOf } from '../rows.js';
import { left, right, table } from '../table.js';
import { columnNamed } from './means.js';
import type { Means } from './means.js';

/** Faults beyond this stand in `faults.csv` only. */
const LONGEST = 6;
/** Names of affected components that are listed. */
const MOST_NAMES = 12;
/** Subject of a fault in `summary.csv`. */
const subjectOf = (fault: string): string => `faults.${fault}`;
const column = (name: string): Column => columnNamed(FAULT_COLUMNS, name);
const [DETECT, STOP, RESTORE, RECOVER] = ['detect_s', 'stop_s', 'restore_s', 'recover_s'].map(column);
const [LOST, DUPLICATES] = ['lost', 'duplicates'].map(column);

export function faultSection(result: ExperimentResult, means: Means, paint: Paint): string[] {
  const byFault = groupByFault(rowsOf(result, 'faults'));
  if (byFault.size === 0) return [];
  const faults = [...byFault].slice(0, LONGEST);
  const heads = [
    left('fault'), right('times'), right('detect'), right('stop'), right('restore'), left('95% CI'), right('p95'), right('max'), right('recover'),
    left('scope'), right('lost'), right('duplicates'),
  ];
  const [head, ...lines] = table(heads, faults.map(([fault, rows]) => cellsOf(fault, rows, means, paint)), { paintHeader: paint.dim });
  const rest = byFault.size - faults.length;
  return [
    paint.title('Faults') + paint.dim(` (means over occurrences, times from the start of the fault${twinned(result) ? '; messages: this run minus its twin' : ''})`),
    head,
    ...faults.flatMap(([, rows], i) => [lines[i], ...downLine(rows, paint)]),
    ...(rest > 0 ? [paint.dim(`  … ${plural(rest, 'more fault')} in faults.csv`)] : []),
  ];
}

function twinned({ replications }: ExperimentResult): boolean {
  return replications.some(({ attribution }) => attribution !== undefined && attribution.twinned > 0);
}

function groupByFault(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(String(row.fault));
    if (group === undefined) groups.set(String(row.fault), [row]);
    else group.push(row);
  }
  return groups;
}

function cellsOf(fault: string, rows: readonly Row[], means: Means, paint: Paint): string[] {
  const open = new Set(rows.flatMap((row) => String(row.open ?? '').split(/[\s;,]+/)));
  const time = (of: Column, statistic: 'mean' | 'p95' | 'max' = 'mean'): string => {
    const text = figure(means.of(subjectOf(fault), of, statistic), 's');
    return text !== NOTHING && (open.has(of.name) || open.has(metricOf(of))) ? paint.warn(`≥${text}`) : text;
  };
  const several = rows.length > 1;
  return [
    paint.strong(fault), String(rows.length), time(DETECT), time(STOP), time(RESTORE), several ? interval(fault, means) : '',
    several ? time(RESTORE, 'p95') : '', several ? time(RESTORE, 'max') : '', time(RECOVER), distinct(rows, 'scope'),
    figure(means.of(subjectOf(fault), LOST), 'count'), figure(means.of(subjectOf(fault), DUPLICATES), 'count'),
  ];
}

function interval(fault: string, means: Means): string {
  const low = means.of(subjectOf(fault), RESTORE, 'ci95_low');
  const high = means.of(subjectOf(fault), RESTORE, 'ci95_high');
  return low === null || high === null ? '' : `[${figure(low, 's')}, ${figure(high, 's')}]`;
}

/** `group`, or `group 18, system 2` where occurrences differ. */
function distinct(rows: readonly Row[], name: string): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = String(row[name] ?? '');
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size <= 1) return [...counts.keys()][0] ?? NOTHING;
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([text, times]) => `${text} ${String(times)}`).join(', ');
}

/** What was hit and what the first occurrence took down; the others are in the file. */
function downLine(rows: readonly Row[], paint: Paint): string[] {
  // What overlapping faults add together has no target.
  if (rows[0].target === null) return [];
  const names = gatherParts(String(rows[0].blast_radius ?? '').split(' ').filter((name) => name !== ''));
  const masked = rows.filter((row) => row.effective === 0).length;
  const affected = names.length === 0 ? 'nothing else' : names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${String(names.length - MOST_NAMES)} more`;
  const note = masked === 0 ? '' : `; without effect ${masked === rows.length ? 'always' : `${plural(masked, 'time')}`}: it was down already`;
  return [paint.dim(`    ${String(rows[0].kind)} of ${String(rows[0].target)}; affected: ${affected}${note}`)];
}
