/** Faults that did nothing in any replication. They must not pass for faults that did no harm. */
import type { ReplicationResult } from './result.js';

export interface IdleFault {
  readonly fault: string;
  /** Its moment did not come before the end of the run; or what it hit was down already, each time. */
  readonly why: 'never-came' | 'no-effect';
}

/** `ids`: the faults of the scenario, in its order. */
export function idleFaults(ids: readonly string[], replications: readonly ReplicationResult[]): IdleFault[] {
  const rows = replications.flatMap(({ faults }) => faults);
  const came = new Set(rows.map(({ fault }) => fault));
  const effective = new Set(rows.filter((row) => row.effective !== 0).map(({ fault }) => fault));
  return ids.filter((id) => !effective.has(id)).map((fault) => ({ fault, why: came.has(fault) ? 'no-effect' : 'never-came' }));
}

/** In one clause. */
export function idleFaultText({ fault, why }: IdleFault): string {
  return why === 'never-came'
    ? `the fault "${fault}" never happened: its moment did not come before the end of the run`
    : `the fault "${fault}" had no effect: what it hit was down already`;
}
