/**
 * Replications, wherever they ran, put together to the result of an experiment.
 *
 * Works on rows alone: no engine, no definition of a topology.
 */
import type { FlowDefinition, ModelDefinition } from '../model/index.js';
import type { Expectation } from './expectation.js';
import { digestOf } from './measures/hash.js';
import { objectiveOutcomes } from './objectives.js';
import type { ExperimentResult, PrecisionOutcome, ReplicationResult } from './result.js';
import { summaryRows } from './summary.js';
import { judge } from './verdict.js';

/** What of a definition a result needs: plain data, so that it can be told to another thread. */
export interface Subject extends Pick<ModelDefinition, 'name' | 'seed'> {
  readonly flows: readonly Pick<FlowDefinition, 'name' | 'objectives'>[];
}

/** The result of an experiment from its replications, in their order. */
export function assemble(
  subject: Subject, expectations: readonly Expectation[], replications: readonly ReplicationResult[], complete: boolean,
  precision: PrecisionOutcome | null = null,
): ExperimentResult {
  return {
    name: subject.name, seed: subject.seed, replications, summary: summaryRows(replications),
    expectations: judge(expectations, replications), objectives: objectiveOutcomes(subject.flows, replications),
    digest: digestOf(replications.map(({ digest }) => digest)), complete,
    ...(precision === null ? {} : { precision }),
  };
}
