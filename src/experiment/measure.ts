/**
 * One replication measured: an engine is given all readers, and their rows are taken.
 *
 * Not here: who builds an engine, and how replications are added up.
 */
import type { ModelDefinition, ModelMap } from '../model/index.js';
import type { Engine } from './engine.js';
import { BatchCourse } from './measures/batches.js';
import { Bundle } from './measures/bundle.js';
import { CauseMeasure } from './measures/causes.js';
import { ComponentMeasure } from './measures/components.js';
import { DigestMeasure } from './measures/digest.js';
import { FaultMeasure } from './measures/faults.js';
import { FlowMeasure } from './measures/flows.js';
import { GaugeMeasure } from './measures/gauges.js';
import { InstantMeasure } from './measures/instants.js';
import type { GaugeRequest } from './measures/gauges.js';
import { OperationMeasure } from './measures/operations.js';
import { StoryMeasure } from './measures/story.js';
import { TimelineMeasure } from './measures/timeline.js';
import { TraceMeasure } from './measures/trace.js';
import type { TraceSink } from './measures/trace.js';
import type { ReplicationResult, TwinReport } from './result.js';
import { openAccount } from './twins/account.js';
import type { Attribution, Evidence } from './twins/attribution.js';

export interface MeasureOptions {
  /** From 1. */
  readonly replication: number;
  readonly gaugeRequests?: readonly GaugeRequest[];
  /** Keep the timeline and the story (replication 1). */
  readonly timeline?: boolean;
  /** Takes every event and every change of a gauge (replication 1). */
  readonly trace?: TraceSink;
  /** Compares the run with its twins when it is over. */
  readonly attribute?: (evidence: Evidence) => Attribution | null;
  /** Told how far the engine is, µs; false stops it. */
  readonly onProgress?: (simulatedTime: number) => boolean;
}

/** Runs an engine that was just built, with every measure listening. */
export function measureReplication(engine: Engine, definition: ModelDefinition, options: MeasureOptions): ReplicationResult {
  const { map } = engine;
  const { run } = definition;
  const { replication } = options;
  const flows = new FlowMeasure(map, run, replication);
  const faults = new FaultMeasure(map, run, replication);
  const components = new ComponentMeasure(map, run, replication);
  const operations = new OperationMeasure(map, replication);
  const causes = new CauseMeasure(map, run);
  const digest = new DigestMeasure(map);
  const requests = options.gaugeRequests ?? [];
  const gauges = requests.length > 0 ? new GaugeMeasure(map, requests) : null;
  const instants = requests.some(({ of }) => of !== undefined) ? new InstantMeasure(map, requests) : null;
  const timeline = options.timeline === true ? new TimelineMeasure(map, run) : null;
  const story = options.timeline === true ? new StoryMeasure(map) : null;
  const trace = options.trace === undefined ? null : new TraceMeasure(map, options.trace);
  new Bundle({ digest, flows, faults, components, causes, timeline }).listenTo(engine);
  for (const reader of [operations, gauges, instants, story, trace]) if (reader !== null) engine.read(reader);
  const account = options.attribute === undefined ? null : openAccount(engine, run, null);
  const batches = run.batches === undefined ? null : new BatchCourse(run, run.batches, (time) => [...flows.sums(time), ...components.sums(time)]);
  engine.run(options.onProgress, batches ?? undefined);
  const evidence = account === null ? null : {
    map, replication, account, effectsOf: (occurrence: number) => faults.effectsOf(occurrence), tollOf: (occurrence: number) => faults.tollOf(occurrence),
  };
  const attribution = evidence === null ? null : (options.attribute?.(evidence) ?? null);
  const states = instants?.values() ?? [];
  return {
    replication, flows: flows.rows(), faults: faults.rows(attribution), components: components.rows(), operations: operations.rows(),
    delays: flows.delays, undelivered: flows.undelivered, gaugeValues: (gauges?.values() ?? []).map((value, index) => value ?? states[index] ?? null), digest: digest.digest,
    events: engine.events, timeline: timeline?.rows() ?? [], causes: causes.causes(), story: story?.story() ?? [],
    ...(batches === null ? {} : { batches: batches.series() }),
    ...(account === null ? {} : { attribution: twinsOf(map, attribution) }),
  };
}

function twinsOf(map: ModelMap, attribution: Attribution | null): TwinReport {
  if (attribution === null) return { rows: [], twinned: 0, occurrences: map.occurrences.length };
  const { rows, twinned, occurrences } = attribution;
  return { rows, twinned, occurrences };
}
