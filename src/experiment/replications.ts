/**
 * Replications of a definition: one by number, or all that are wanted, one after the other.
 *
 * Not here: several at a time, which is a matter of threads, and how they are added up (`assemble.ts`).
 */
import type { KindDeclaration, ModelDefinition } from '../model/index.js';
import { assemble } from './assemble.js';
import { delayQuantile } from './delay-pool.js';
import type { EngineFactory } from './engine.js';
import type { Expectation } from './expectation.js';
import { Gathering } from './gathering.js';
import { measureReplication } from './measure.js';
import type { TraceSink } from './measures/trace.js';
import { StoppingRule } from './precision.js';
import type { Precision } from './precision.js';
import type { ExperimentResult, ReplicationResult } from './result.js';
import type { Sampled } from './samples.js';
import { openAccount } from './twins/account.js';
import { attribute } from './twins/attribution.js';
import type { Attribution, Evidence } from './twins/attribution.js';
import { gaugeRequestsOf } from './verdict.js';

export interface ReplicationOptions {
  /** Compare occurrences of faults with their twins, at most so many in a replication. */
  readonly attribute?: number | null;
  /** Takes the events and gauges of replication 1. */
  readonly trace?: TraceSink;
  /** Told the share of the simulated time that is over; false stops it. */
  readonly onProgress?: (fraction: number) => boolean;
}

/** The replication of this number, from 1; null when it was stopped. The first one keeps timeline and story, too. */
export function runReplication(
  definition: ModelDefinition, catalogue: readonly KindDeclaration[], factory: EngineFactory, expectations: readonly Expectation[],
  replication: number, options: ReplicationOptions = {},
): ReplicationResult | null {
  const { horizon, drain } = definition.run;
  const first = replication === 1;
  const trace = first ? options.trace : undefined;
  const limit = options.attribute ?? null;
  const engine = factory(definition, catalogue, { replication, traceSteps: trace !== undefined });
  let stopped = false;
  /** Of so many runs this is the one after `done` others. */
  const progressOf = (done: number, runs: number) => (simulatedTime: number): boolean => {
    stopped ||= options.onProgress?.((done + simulatedTime / (horizon + drain)) / runs) === false;
    return !stopped;
  };
  const compare = (evidence: Evidence): Attribution | null => {
    const { occurrences } = evidence.map;
    // The run itself, a twin for each, and the one without any.
    const runs = 1 + Math.min(limit ?? 0, occurrences.length) + (occurrences.length > 1 ? 1 : 0);
    let done = 1;
    return stopped ? null : attribute(evidence, (without, from) => {
      const twin = factory(definition, catalogue, { replication, without });
      const account = openAccount(twin, definition.run, from);
      twin.run(progressOf(done++, runs));
      return stopped ? null : account;
    }, limit ?? 0);
  };
  const result = measureReplication(engine, definition, {
    replication, gaugeRequests: gaugeRequestsOf(expectations), timeline: first, ...(trace === undefined ? {} : { trace }),
    onProgress: progressOf(0, limit === null ? 1 : 2 + definition.faults.length), ...(limit === null ? {} : { attribute: compare }),
  });
  return stopped ? null : result;
}

export interface ExperimentOptions {
  readonly trace?: TraceSink;
  /** Replicate until this is reached; `replications` of the definition is then the most there may be. */
  readonly precision?: Precision;
  /** Replication under way (from 1), how many there may be, and the share of its simulated time that is over. */
  readonly onProgress?: (replication: number, replications: number, fraction: number) => void;
  /** Asked before every replication and at every report of progress; a replication that is stopped is thrown away. */
  readonly shouldStop?: () => boolean;
}

/** All replications one after the other. Stopped early, it holds the replications that were completed. */
export function runExperiment(
  definition: ModelDefinition, catalogue: readonly KindDeclaration[], factory: EngineFactory, expectations: readonly Expectation[],
  { trace, precision, onProgress, shouldStop = () => false }: ExperimentOptions = {},
): ExperimentResult {
  const limit = definition.run.replications;
  const rule = precision === undefined ? null : new StoppingRule(precision, expectations);
  const gathering = new Gathering<never>(limit, rule);
  for (let replication = 1; !gathering.over && !shouldStop(); replication += 1) {
    const look = (fraction: number): boolean => {
      onProgress?.(replication, limit, fraction);
      return !shouldStop();
    };
    const result = runReplication(definition, catalogue, factory, expectations, replication, { ...(trace === undefined ? {} : { trace }), onProgress: look });
    if (result === null) break;
    gathering.put(result);
  }
  return assemble(definition, expectations, gathering.done, gathering.complete, rule?.outcome(gathering.done, limit) ?? null);
}

/** The names under which delays are needed message by message: what expectations and the wanted precision ask of quantiles. */
export function delaysAskedFor(expectations: readonly Expectation[], precision: Precision | null): Set<string> {
  const metrics = (precision?.of ?? []).flatMap((target) => ('metric' in target ? [target.metric] : []));
  const asked: readonly Sampled[] = [...expectations, ...metrics];
  return new Set(asked.filter(({ subject, column }) => subject.type === 'flow' && delayQuantile(column.name) !== null).map(({ subject }) => subject.name));
}
