/**
 * One replication measured, and an experiment of several in one process.
 *
 * `measureReplication` gives an engine all readers and takes their rows; `assemble` adds up replications wherever they ran.
 * Not here: who builds an engine, other processes, files.
 */
import type { KindDeclaration, ModelDefinition } from '../model/index.js';
import type { Engine, EngineFactory } from './engine.js';
import type { Expectation } from './expectation.js';
import { CauseMeasure } from './measures/causes.js';
import { ComponentMeasure } from './measures/components.js';
import { DigestMeasure } from './measures/digest.js';
import { FaultMeasure } from './measures/faults.js';
import { FlowMeasure } from './measures/flows.js';
import { GaugeMeasure } from './measures/gauges.js';
import type { GaugeRequest } from './measures/gauges.js';
import { digestOf } from './measures/hash.js';
import { OperationMeasure } from './measures/operations.js';
import { StoryMeasure } from './measures/story.js';
import { TimelineMeasure } from './measures/timeline.js';
import { TraceMeasure } from './measures/trace.js';
import { objectiveOutcomes } from './objectives.js';
import type { ExperimentResult, ReplicationResult } from './result.js';
import { summaryRows } from './summary.js';
import { gaugeRequestsOf, judge } from './verdict.js';

export interface MeasureOptions {
  /** From 1. */
  readonly replication: number;
  readonly gaugeRequests?: readonly GaugeRequest[];
  /** Keep the timeline and the story (replication 1). */
  readonly timeline?: boolean;
  /** Keep events and gauges, at most this many rows of each if it is a number (replication 1). */
  readonly trace?: boolean | number;
  /** Told how far the engine is, µs; false stops it. */
  readonly onProgress?: (simulatedTime: number) => boolean;
}

/** Runs an engine that was just built, with every measure listening. */
export function measureReplication(engine: Engine, definition: ModelDefinition, options: MeasureOptions): ReplicationResult {
  const { map } = engine;
  const { run } = definition;
  const { replication, trace: traced = false } = options;
  const flows = new FlowMeasure(map, run, replication);
  const faults = new FaultMeasure(map, run, replication);
  const components = new ComponentMeasure(map, run, replication);
  const operations = new OperationMeasure(map, replication);
  const causes = new CauseMeasure(map, run);
  const digest = new DigestMeasure(map);
  const requests = options.gaugeRequests ?? [];
  const gauges = requests.length > 0 ? new GaugeMeasure(map, requests) : null;
  const timeline = options.timeline === true ? new TimelineMeasure(map, run) : null;
  const story = options.timeline === true ? new StoryMeasure(map) : null;
  const trace = traced === false ? null : new TraceMeasure(map, traced === true ? undefined : traced);
  for (const reader of [flows, faults, components, operations, causes, digest, gauges, timeline, story, trace]) {
    if (reader !== null) engine.read(reader);
  }
  engine.run(options.onProgress);
  return {
    replication, flows: flows.rows(), faults: faults.rows(), components: components.rows(), operations: operations.rows(),
    delays: flows.delays, undelivered: flows.undelivered, gaugeValues: gauges?.values() ?? [], digest: digest.digest,
    events: engine.events, timeline: timeline?.rows() ?? [], causes: causes.causes(), story: story?.story() ?? [],
    ...(trace === null ? {} : { trace: { events: trace.events, gauges: trace.gauges } }),
  };
}

/** The result of an experiment from its replications, in their order. */
export function assemble(
  definition: ModelDefinition, expectations: readonly Expectation[], replications: readonly ReplicationResult[], complete: boolean,
): ExperimentResult {
  return {
    name: definition.name, seed: definition.seed, replications, summary: summaryRows(replications),
    expectations: judge(expectations, replications), objectives: objectiveOutcomes(definition, replications),
    digest: digestOf(replications.map(({ digest }) => digest)), complete,
  };
}

export interface ExperimentOptions {
  readonly trace?: boolean | number;
  /** Replication under way (from 1) of so many, and the share of its simulated time that is over. */
  readonly onProgress?: (replication: number, replications: number, fraction: number) => void;
  /** Asked before every replication and at every report of progress; a replication that is stopped is thrown away. */
  readonly shouldStop?: () => boolean;
}

/** All replications one after the other. Stopped early, it holds the replications that were completed. */
export function runExperiment(
  definition: ModelDefinition, catalogue: readonly KindDeclaration[], factory: EngineFactory, expectations: readonly Expectation[],
  options: ExperimentOptions = {},
): ExperimentResult {
  const { horizon, drain, replications: count } = definition.run;
  const gaugeRequests = gaugeRequestsOf(expectations);
  const done: ReplicationResult[] = [];
  let stopped = false;
  const stop = (): boolean => (stopped ||= options.shouldStop?.() ?? false);
  for (let replication = 1; replication <= count && !stop(); replication += 1) {
    const first = replication === 1;
    const trace = first ? (options.trace ?? false) : false;
    const engine = factory(definition, catalogue, { replication, traceSteps: trace !== false });
    const onProgress = (simulatedTime: number): boolean => {
      options.onProgress?.(replication, count, simulatedTime / (horizon + drain));
      return !stop();
    };
    const result = measureReplication(engine, definition, { replication, gaugeRequests, timeline: first, trace, onProgress });
    if (!stopped) done.push(result);
  }
  return assemble(definition, expectations, done, done.length === count);
}
