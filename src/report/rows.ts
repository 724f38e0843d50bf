/** Rows of a result under the columns of their file: all replications one after the other. Nothing is computed here. */
import type { ExperimentResult, JudgedExpectation, ReplicationResult, Row } from '../experiment/result.js';

type Block = 'flows' | 'faults' | 'components' | 'operations';

/** The rows of one table over all replications, in their order. */
export function rowsOf(result: ExperimentResult, block: Block): readonly Row[] {
  return result.replications.flatMap((replication) => replication[block]);
}

/** The replication that carries timeline, trace and story. */
export function firstReplication(result: ExperimentResult): ReplicationResult | undefined {
  return result.replications[0];
}

/** A judged expectation as a row under EXPECTATION_COLUMNS. */
export function expectationRow(judged: JudgedExpectation): Row {
  return {
    expectation: judged.text,
    verdict: judged.verdict,
    value: judged.value,
    ci95_low: judged.ci95Low,
    ci95_high: judged.ci95High,
    bound: judged.bound,
    samples: judged.samples,
  };
}
