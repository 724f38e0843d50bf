/** What lost, doubled, rejected or suspended messages, by cause path: `sql1-dies > erp-port@bts2 > put, not settled`. */
import type { CauseCount, ExperimentResult } from '../../experiment/result.js';
import { count } from '../figures.js';
import type { Paint } from '../paint.js';
import { left, right, table } from '../table.js';

const LONGEST = 6;

/** Cause paths with their counts over all replications, most frequent first. */
export function totalCauses(result: ExperimentResult): readonly CauseCount[] {
  const totals = new Map<string, CauseCount>();
  for (const cause of result.replications.flatMap((replication) => replication.causes)) {
    const key = `${cause.flow}\n${cause.effect}\n${cause.path}`;
    totals.set(key, { ...cause, count: cause.count + (totals.get(key)?.count ?? 0) });
  }
  // Ties in the order of their text, compared by code unit: the order must not depend on a locale.
  const keyed = [...totals.entries()].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  return keyed.map(([, cause]) => cause);
}

export function causeSection(result: ExperimentResult, paint: Paint): string[] {
  const causes = totalCauses(result);
  if (causes.length === 0) return [];
  const replications = result.replications.length;
  const rows = causes.slice(0, LONGEST).map((cause) => [count(cause.count / replications), cause.effect, cause.flow, cause.path]);
  const [, ...lines] = table([right(''), left(''), left(''), left('')], rows);
  const rest = causes.length - rows.length;
  return [
    paint.title('Why') + paint.dim(replications > 1 ? ' (messages per replication)' : ' (messages)'),
    ...lines,
    ...(rest > 0 ? [paint.dim(`  … ${String(rest)} more cause paths; --json lists all`)] : []),
  ];
}
