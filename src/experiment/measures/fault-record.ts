/**
 * One occurrence of a fault and the row of `faults.csv` about it.
 *
 * Times are seconds from its start. What was not reached by the end is named in `open`, and its cell holds the time to the end;
 * what did not happen at all is empty. Besides the columns, a row carries `effective` (1, or 0 for a masked occurrence), so
 * that a verdict can tell "nothing was lost" from "nothing was hit".
 */
import type { Microseconds, ModelMap } from '../../model/index.js';
import { FAULT_COLUMNS } from '../columns.js';
import type { Cell, Row } from '../result.js';
import { rowOf, seconds } from './cells.js';
import type { FlowEffect } from './flow-effect.js';

/** Name in the column `fault` of the row for what overlapping faults add together. */
export const INTERACTION = '(interaction)';

/** Messages that an occurrence, or several together, are accountable for. */
export class Toll {
  lost = 0;
  duplicates = 0;
  late = 0;
  rejected = 0;
  suspended = 0;

  get any(): boolean {
    return this.lost !== 0 || this.duplicates !== 0 || this.late !== 0 || this.rejected !== 0 || this.suspended !== 0;
  }

  subtract(other: Toll): void {
    this.lost -= other.lost;
    this.duplicates -= other.duplicates;
    this.late -= other.late;
    this.rejected -= other.rejected;
    this.suspended -= other.suspended;
  }

  cells(): Record<string, Cell> {
    return { lost: this.lost, duplicates: this.duplicates, late: this.late, rejected: this.rejected, suspended: this.suspended };
  }
}

export class FaultRecord {
  effective = true;
  end: Microseconds | null = null;
  noticed: Microseconds | null = null;
  readonly toll = new Toll();

  /** `normalBacklogs`: per flow, the backlog that counted as normal when it came. */
  constructor(readonly occurrence: number, readonly normalBacklogs: readonly number[]) {}

  /** `toll`: what it is accountable for, if that is known better than by cause path. */
  row(map: ModelMap, replication: number, effects: readonly FlowEffect[], blast: Record<string, Cell>, end: Microseconds, toll = this.toll): Row {
    const { fault, kind, number, start, targetText } = map.occurrences[this.occurrence];
    const since = (time: Microseconds | null): Cell => (time === null ? null : seconds(time - start));
    const stops = effects.filter(({ stopped }) => stopped);
    const open: string[] = [];
    /** The last of several instants; null if there is none; the end, and the column open, if one was not reached. */
    const last = (column: string, instants: readonly (Microseconds | null)[]): Cell => {
      if (instants.length === 0) return null;
      if (!instants.includes(null)) return since(Math.max(...(instants as readonly number[])));
      open.push(column);
      return since(end);
    };
    const cells = {
      replication, fault: map.faults[fault].id, occurrence: number, kind, target: targetText,
      start_s: seconds(start), end_s: this.end === null ? null : seconds(this.end), detect_s: since(this.noticed),
      stop_s: stops.length === 0 ? null : since(Math.min(...stops.map(({ firstStop }) => firstStop))),
      restore_s: last('restore_s', stops.map(({ lastStop, stillStopped }) => (stillStopped ? null : lastStop))),
      full_s: last('full_s', effects.map(({ fullAt }) => fullAt)),
      recover_s: last('recover_s', effects.map(({ recoveredAt }) => recoveredAt)),
      flows_stopped: stops.length, flows_degraded: effects.length - stops.length,
      capacity_lost_s: seconds(effects.reduce((sum, { capacityLost }) => sum + capacityLost, 0)),
      ...toll.cells(), ...blast,
    };
    // In place: a year of faults has many rows, and copies of them are what a run without messages is busy with.
    const row = rowOf(FAULT_COLUMNS, Object.assign(cells, { open: open.length > 0 ? open.join(' ') : null })) as Record<string, Cell>;
    row.effective = this.effective ? 1 : 0;
    return row;
  }
}

/** The row for what no single occurrence is accountable for. */
export function interactionRow(replication: number, toll: Toll): Row {
  return rowOf(FAULT_COLUMNS, { replication, fault: INTERACTION, ...toll.cells() });
}
