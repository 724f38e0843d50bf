/**
 * What an impact analysis concludes: single points of failure, what loses messages, and pairs that are worse than their parts.
 *
 * A single point of failure is one member whose failure alone stops a flow for as long as it lasts. One that recovers by itself (a
 * process that is started again, a cluster that fails over) is none while it does; neither is what somebody stops on purpose.
 */
import type { Cell, Row } from '../result.js';
import type { Blow } from './blow.js';
import type { Impact } from './rows.js';

export const SINGLE_POINT = 'single point of failure';
export const LOSES = 'loses messages';

/** A pair may cost this share more capacity than its parts before it is called worse: the two never come at quite the same moment. */
const TOLERANCE = 0.01;
/** And this much in any case, s. */
const LEAST = 1;

/** One target and the faults of it that have the same finding. */
export interface Finding { readonly target: string; readonly faults: readonly string[] }

/** `row`: under FAULT_COLUMNS, of one replication. */
export function isSinglePoint({ single, failure, heals }: Blow, row: Row): boolean {
  if (!single || !failure || !(Number(row.flows_stopped) > 0)) return false;
  if (String(row.open ?? '').split(' ').includes('restore_s')) return true;
  // In whole microseconds, as the clock goes: differences of seconds are not exact.
  return !heals && row.end_s !== null && micro(row.restore_s) >= micro(row.end_s) - micro(row.start_s);
}

const micro = (seconds: Cell): number => Math.round(Number(seconds) * 1e6);

/** Targets of single faults with this finding, the gravest first. */
export function findingsOf(impacts: readonly Impact[], finding: string): Finding[] {
  const byTarget = new Map<string, string[]>();
  for (const { one, row } of impacts) {
    if (one.blows.length > 1 || !String(row.finding ?? '').split('; ').includes(finding)) continue;
    const target = String(row.target);
    byTarget.set(target, [...(byTarget.get(target) ?? []), String(row.fault)]);
  }
  return [...byTarget].map(([target, faults]) => ({ target, faults }));
}

/** In what a pair is worse than its parts together; null: in nothing. */
export function worseThanParts(pair: Impact, parts: readonly Impact[]): string | null {
  const sum = (column: string): number => parts.reduce((total, { row }) => total + Number(row[column] ?? 0), 0);
  const known = new Set(parts.flatMap(({ stopped }) => stopped));
  const stopped = pair.stopped.filter((flow) => !known.has(flow));
  const down = Number(pair.row.components_down ?? 0) - sum('components_down');
  const lost = Number(pair.row.lost ?? 0) - sum('lost');
  const capacity = Number(pair.row.capacity_lost_s ?? 0) - sum('capacity_lost_s');
  const reasons = [
    ...(stopped.length > 0 ? [`stops ${stopped.join(' ')}`] : []),
    ...(down > 0 ? [`takes ${String(down)} more down`] : []),
    ...(lost > 0 ? [`loses ${String(lost)} more`] : []),
    ...(capacity > LEAST && capacity > TOLERANCE * sum('capacity_lost_s') ? [`costs ${String(Math.round(capacity))} s more of capacity`] : []),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
}
