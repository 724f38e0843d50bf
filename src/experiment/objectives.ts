/**
 * Objectives of flows beside what was measured: the worst replication counts, and nothing is judged by chance.
 *
 * rto against the longest uninterrupted stop, rpo against the age of what one fault lost (rpo 0 also asks that nothing was lost),
 * availability against the share of time not stopped; times in seconds. A deadline is met when no message is late: its bound is
 * the deadline in seconds, its measured figure the number of late messages. No exit code hangs on these.
 */
import type { FlowDefinition } from '../model/index.js';
import { seconds } from './measures/cells.js';
import type { ObjectiveOutcome, ReplicationResult } from './result.js';

type Objectives = Pick<FlowDefinition, 'name' | 'objectives'>;

/** Outcomes in the order of the flows; only what a flow declares. `measured` is null when there is no replication to look at. */
export function objectiveOutcomes(flows: readonly Objectives[], replications: readonly ReplicationResult[]): ObjectiveOutcome[] {
  return flows.flatMap((flow) => outcomesOf(flow, replications));
}

function outcomesOf(flow: Objectives, replications: readonly ReplicationResult[]): ObjectiveOutcome[] {
  const { rto, rpo, deadline, availability } = flow.objectives;
  const rows = replications.flatMap(({ flows }) => flows.filter((row) => row.flow === flow.name));
  const cells = (column: string): number[] => rows.map((row) => row[column]).filter((cell): cell is number => typeof cell === 'number');
  const worst = (column: string): number | null => (cells(column).length === 0 ? null : Math.max(...cells(column)));
  const outcomes: ObjectiveOutcome[] = [];
  const add = (objective: ObjectiveOutcome['objective'], bound: number, measured: number | null, met: boolean): void => {
    outcomes.push({ flow: flow.name, objective, bound, measured, met: measured !== null && met });
  };
  if (rto !== undefined) {
    const measured = worst('rta_s');
    add('rto', seconds(rto), measured, measured! <= seconds(rto));
  }
  if (rpo !== undefined) {
    const measured = worst('rpa_s');
    // A message offered after the fault and lost has no age, but with an rpo of 0 it must not be lost either.
    add('rpo', seconds(rpo), measured, measured! <= seconds(rpo) && (rpo > 0 || worst('rpa_msgs') === 0));
  }
  if (deadline !== undefined) {
    const measured = worst('late');
    add('deadline', seconds(deadline), measured, measured === 0);
  }
  if (availability !== undefined) {
    const shares = cells('availability');
    const measured = shares.length === 0 ? null : Math.min(...shares);
    add('availability', availability, measured, measured! >= availability);
  }
  return outcomes;
}
